"""What would become of an answer if it went over to the version in use: told before anybody decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, SetAside, Version
from samspel.forms.queries.answers import fields_of, waiting
from samspel.forms.queries.definitions import body_of, in_use
from samspel.forms.queries.differences import between
from samspel.forms.queries.values import as_written
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.differences import carried
from samspel.forms.rules.joining import row_of
from samspel.forms.rules.received import asked_at, label_at


@dataclass(frozen=True)
class Ahead:
    """version: that in use; news: what is new in it, a sentence each; left: (what it answers, what is written) of all
    that would be set aside; goes: how many values go over."""

    version: Version
    news: list[str]
    left: list[tuple[str, str]]
    goes: int


def newer(answer: Answer) -> Version | None:
    """The version in use, if the answer is being written on another and may go over; None otherwise. Two queries.

    A test stays on the version that it tries out, which may be a draft.
    """
    if answer.is_test or answer.state != AnswerState.WRITING or answer.submissions.exists():
        return None
    version = in_use(answer.version.definition.slug)
    return version if version is not None and version.pk != answer.version_id else None


def ahead(answer: Answer, version: Version) -> Ahead:
    """What becomes of the answer on that version."""
    was = body_of(answer.version)
    found = carried(was, body_of(version), fields_of(answer))
    left = [(one.label, as_written(asked, one.value)) for one in found.left if (asked := asked_at(was, one.path))]
    goes = sum(asked_at(was, path) is not None for path in found.fields)
    return Ahead(version, between(answer.version, version), left, goes)


def may_carry_over(person: Any, answer: Answer, at: datetime) -> bool:
    """Whether a person may move it: who writes in it, and who hands out forms."""
    return any(permissions.may(person, deed, answer, at) for deed in (permissions.WRITE, permissions.HAND_OUT))


def homeless(answer: Answer, fields: Mapping[str, Any] | None = None) -> list[tuple[SetAside, str]]:
    """(what is set aside, what it answers) of all that waits without a field to stand at, oldest first: its question,
    column or row is gone. fields: what is answered, if it has been read already. Two queries at most."""
    rows = waiting(answer)
    if not rows:
        return []
    definition = body_of(answer.version)
    fields = fields_of(answer) if fields is None else fields
    return [
        (row, row.label or label_at(definition, row.path)) for row in rows if not _has_field(definition, row, fields)
    ]


def _has_field(definition: Definition, row: SetAside, fields: Mapping[str, Any]) -> bool:
    if asked_at(definition, row.path) is None:
        return False
    at_row = row_of(row.path)
    return not at_row or at_row in fields
