"""Sections of an answer: how far each has come, and who has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.forms import permissions
from samspel.forms.models import Answer, SectionMark, SectionStatus
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.taking import take
from samspel.forms.operations.telling import tell
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.people import writers_of
from samspel.kernel.audit import record


@transaction.atomic
def mark(*, answer: Answer, section: str, status: str, by: Any, at: datetime) -> SectionMark:
    """Say how far a section has come. Said again it changes nothing. Raises PermissionDenied, AnswerRefused."""
    answer = take(permissions.WRITE, answer, by=by, at=at)
    if status not in SectionStatus.values:
        raise AnswerRefused(_("Choose how far the section has come."), code="no_status")
    found = _mark_of(answer, section, by, at)
    if found.status == status:
        return found
    left, found.status = found.status, status
    found.changed_at, found.changed_by = at, by.key
    found.save(update_fields=["status", "changed_at", "changed_by"])
    record(action="forms.section.marked", on=answer, by=by, at=at, section=section, left=left, entered=status)
    return found


@transaction.atomic
def give(*, answer: Answer, section: str, to: Person | None, by: Any, at: datetime) -> SectionMark:
    """Give a section to somebody who writes in the answer, and tell her; None: nobody has it.

    Raises PermissionDenied, AnswerRefused: somebody who does not write here.
    """
    answer = take(permissions.SHARE_OUT, answer, by=by, at=at)
    if to is not None and to not in writers_of(answer, at):
        raise AnswerRefused(_("Choose somebody who writes in the form. Bring her in first."), code="not_a_writer")
    found = _mark_of(answer, section, by, at)
    if found.given_to == to:
        return found
    found.given_to, found.changed_at, found.changed_by = to, at, by.key
    found.save(update_fields=["given_to", "changed_at", "changed_by"])
    record(action="forms.section.given", on=answer, by=by, at=at, section=section, to=to.key if to else None)
    if to is not None and to != by:
        title = body_of(answer.version).section(section)
        words = title.title.in_language(to.language) if title else ""
        tell("section_given", answer, [to], at=at, section=words)
    return found


def _mark_of(answer: Answer, section: str, by: Any, at: datetime) -> SectionMark:
    require_section(answer, section)
    defaults = {"changed_at": at, "changed_by": by.key}
    return SectionMark.objects.get_or_create(answer=answer, section=section, defaults=defaults)[0]


def require_section(answer: Answer, section: str) -> None:
    """Raises AnswerRefused unless the form has such a section."""
    if body_of(answer.version).section(section) is None:
        raise AnswerRefused(_("The form has no such section."), code="no_section")
