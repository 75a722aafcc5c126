"""What a save needs of what stands: as it was on the page it came from, and as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from samspel.forms.models import Answer, Field, FieldChange
from samspel.forms.queries.answers import Their, stood

Typed = Mapping[str, str | Sequence[str]]
# A page that heard nothing sends again after half a minute at most, and waits for an answer no longer than that.
RESENT_WITHIN: Final = timedelta(minutes=2)


@dataclass(frozen=True)
class Sides:
    """The two sides of a save.

    base, now: path to value (rules.joining.join says which paths); theirs: what was changed after the page; since: the
    revision of the page, of those fields.
    """

    base: dict[str, Any]
    now: dict[str, Any]
    theirs: dict[str, Their]
    since: dict[str, int]


def sides(answer: Answer, paths: Collection[str], base: int, bases: Mapping[str, int]) -> Sides:
    """Both sides of a save, in one statement, and one more if anything was changed after the page."""
    oldest = min([base, *bases.values()])
    rows = list(Field.objects.filter(answer=answer).filter(rows_of(paths) | Q(revision__gt=oldest)))
    now = {row.path: row.value for row in rows}
    later = {row.path: row for row in rows if row.revision > bases.get(row.path, base)}
    since = {path: bases.get(path, base) for path in later}
    was = stood(answer, since)
    return Sides(
        base={path: was.get(path) if path in later else value for path, value in now.items()},
        now=now,
        theirs={p: Their(row.value, row.changed_by, row.changed_at, row.revision) for p, row in later.items()},
        since=since,
    )


def knows_its_own(
    both: Sides, answer: Answer, mine: Mapping[str, Any], by: Any, at: datetime, sent: Mapping[str, Collection[Any]]
) -> Sides:
    """The same, where what her page itself sent a moment ago, and heard no answer to, counts as known to it.

    Such a page goes on from the older base. What it had sent is in the field's history, and gives way to what it sends
    now, if nobody else wrote there between. A text that she wrote in another window does not: only one that the page
    says it sent (`sent`: path to values), or that stands whole in what it sends now. One statement, if there are any.
    """
    recent = {
        path: their
        for path, their in both.theirs.items()
        if their.by == by.key and at - their.at < RESENT_WITHIN and path in mine and mine[path] != both.base.get(path)
        if _is_known(their.value, mine[path], sent.get(path, ()))
    }
    if not recent or by.key is None:
        return both
    since = {path: both.since[path] for path in recent}
    changes = FieldChange.objects.filter(answer=answer, path__in=since, revision__gt=min(since.values()))
    others = changes.exclude(changed_by=by.key).values_list("path", "revision")
    touched = {path for path, revision in others if revision > since[path]}
    own = {path: their.value for path, their in recent.items() if path not in touched}
    return replace(both, base={**both.base, **own})


def _is_known(stands: Any, mine: Any, sent: Collection[Any]) -> bool:
    """Only words are lost when they are written over; of what is chosen, the last word counts."""
    if not isinstance(stands, str) or stands in sent:
        return True
    return isinstance(mine, str) and stands in mine


def rows_of(paths: Collection[str]) -> Q:
    """These paths, and every row of the tables among them."""
    tables = sorted({path.partition("/")[0] for path in paths if "/" in path})
    found = Q(path__in=list(paths))
    if tables:
        found |= Q(path__regex=f"^({'|'.join(map(re.escape, tables))})/[^/]+$")
    return found
