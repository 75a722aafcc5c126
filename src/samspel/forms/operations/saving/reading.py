"""What a save needs of what stands: as it was on the page it came from, and as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from samspel.forms.models import Answer, Field
from samspel.forms.queries.answers import Their, stood

Typed = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Sides:
    """base, now: path to value (rules.joining.join says which paths); theirs: what was changed after the page."""

    base: dict[str, Any]
    now: dict[str, Any]
    theirs: dict[str, Their]


def sides(answer: Answer, paths: Collection[str], base: int, bases: Mapping[str, int]) -> Sides:
    """Both sides of a save, in one statement, and one more if anything was changed after the page."""
    oldest = min([base, *bases.values()])
    rows = list(Field.objects.filter(answer=answer).filter(rows_of(paths) | Q(revision__gt=oldest)))
    now = {row.path: row.value for row in rows}
    later = {row.path: row for row in rows if row.revision > bases.get(row.path, base)}
    was = stood(answer, {path: bases.get(path, base) for path in later})
    return Sides(
        base={path: was.get(path) if path in later else value for path, value in now.items()},
        now=now,
        theirs={p: Their(row.value, row.changed_by, row.changed_at, row.revision) for p, row in later.items()},
    )


def rows_of(paths: Collection[str]) -> Q:
    """These paths, and every row of the tables among them."""
    tables = sorted({path.partition("/")[0] for path in paths if "/" in path})
    found = Q(path__in=list(paths))
    if tables:
        found |= Q(path__regex=f"^({'|'.join(map(re.escape, tables))})/[^/]+$")
    return found
