"""What is to be known of values that were put aside: whose window they come from, and what a file is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from samspel.forms.models import Answer, Field, SetAsideWhy
from samspel.forms.rules.definitions import Definition, Type
from samspel.forms.rules.received import asked_at
from samspel.kernel.files.models import StoredFile


def own_windows(answer: Answer, rows: Sequence[Any]) -> set[int]:
    """Those whose place a text of the same person has, from another window of hers. One query, if there are any."""
    mine = {row.path: row for row in rows if row.why == SetAsideWhy.CONFLICT}
    if not mine:
        return set()
    stands = dict(Field.objects.filter(answer=answer, path__in=list(mine)).values_list("path", "changed_by"))
    return {row.pk for row in rows if row.path in mine and row.written_by and stands.get(row.path) == row.written_by}


def is_file(definition: Definition, path: str) -> bool:
    """Whether a path is that of a file question."""
    asked = asked_at(definition, path)
    return asked is not None and asked.type == Type.FILE


def file_names(definition: Definition, values: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Key to name, of the files among (path, kept value). One query, if there are any."""
    keys = {str(value) for path, value in values if value and is_file(definition, path)}
    if not keys:
        return {}
    return {str(key): name for key, name in StoredFile.objects.filter(key__in=keys).values_list("key", "name")}
