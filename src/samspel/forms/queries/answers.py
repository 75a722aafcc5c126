"""What stands in an answer, as it stands now or stood at a revision, and what waits beside it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from samspel.forms.models import Answer, Field, FieldChange, SetAside, SetAsideState
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.joining import standing
from samspel.forms.rules.received import label_at


@dataclass(frozen=True)
class Their:
    """What somebody else made of a field: its value now (None: emptied, or a row taken away), who, when, and the
    answer's revision. is_merged: her words and mine stand there together."""

    value: Any
    by: UUID | None
    at: datetime
    revision: int
    is_merged: bool = False


def fields_of(answer: Answer) -> dict[str, Any]:
    """Path to kept value, of all that is answered. Cells of rows that were taken away are left out."""
    return standing(dict(Field.objects.filter(answer=answer).values_list("path", "value")))


def fields_at(answer: Answer, revision: int) -> dict[str, Any]:
    """The same, as it stood at a revision."""
    changes = FieldChange.objects.filter(answer=answer, revision__lte=revision)
    last = changes.order_by("path", "-revision", "-pk").distinct("path")
    return standing(dict(last.values_list("path", "value")))


def changes_since(answer: Answer, revision: int) -> dict[str, Their]:
    """Path to what stands there now, of all that was changed after a revision."""
    found = Field.objects.filter(answer=answer, revision__gt=revision)
    return {one.path: Their(one.value, one.changed_by, one.changed_at, one.revision) for one in found}


def stood(answer: Answer, bases: Mapping[str, int]) -> dict[str, Any]:
    """Path to the value that stood there at its own revision, of those that had one. One statement."""
    if not bases:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STOOD, [list(bases), list(bases.values()), answer.pk])
        return {path: json.loads(value) for path, value in cursor.fetchall() if value is not None}


_STOOD = """
SELECT asked.path, was.value::text FROM unnest(%s::text[], %s::bigint[]) AS asked(path, base)
CROSS JOIN LATERAL (
    SELECT value FROM forms_fieldchange
    WHERE answer_id = %s AND path = asked.path AND revision <= asked.base ORDER BY revision DESC, id DESC LIMIT 1
) AS was
"""


def waiting(answer: Answer, paths: Collection[str] | None = None) -> list[SetAside]:
    """What is set aside and waits for somebody to decide, oldest first, each with what its question is called."""
    found = SetAside.objects.filter(answer=answer, state=SetAsideState.WAITING)
    if paths is not None:
        found = found.filter(path__in=paths)
    rows, language = list(found.order_by("written_at", "pk")), get_language() or "sv"
    for one in rows:
        one.answer = answer
        one.label = label_at(body_of(answer.version), one.path, language) or one.label
    return rows
