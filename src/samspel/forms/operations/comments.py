"""What is said beside a section or a question, and that it has been taken care of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import Answer, Comment
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.sections import require_section
from samspel.forms.operations.taking import take
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.values import ValueRefused, clean
from samspel.kernel.audit import record

LONGEST = 4000


@transaction.atomic
def say(*, answer: Answer, section: str, words: str, by: Any, at: datetime, question: str = "") -> Comment:
    """Say something beside a section, or one of its questions.

    Raises PermissionDenied, AnswerRefused: no words, too many, no such place.
    """
    answer = take(permissions.COMMENT, answer, by=by, at=at)
    require_section(answer, section)
    found = body_of(answer.version).section_of.get(question)
    if question and (found is None or found.key != section):
        raise AnswerRefused(_("The section has no such question."), code="no_question")
    given = {"section": section, "question": question, "words": plain(words), "said_at": at, "said_by": by}
    comment = Comment.objects.create(answer=answer, **given)
    record(
        action="forms.comment.said", on=answer, by=by, at=at, section=section, question=question, comment=comment.key
    )
    return comment


@transaction.atomic
def settle(*, comment: Comment, by: Any, at: datetime) -> Comment:
    """Say that a comment is taken care of: those who write, and whoever said it. Again it changes nothing.

    Raises PermissionDenied, AnswerRefused.
    """
    answer = take(permissions.COMMENT, comment.answer, by=by, at=at)
    comment = Comment.objects.select_for_update(of=("self",)).select_related("said_by").get(pk=comment.pk)
    permissions.require(comment.said_by == by or permissions.may(by, permissions.WRITE, answer, at))
    if comment.settled_at is not None:
        return comment
    comment.settled_at, comment.settled_by = at, by.key
    comment.save(update_fields=["settled_at", "settled_by"])
    record(action="forms.comment.settled", on=answer, by=by, at=at, section=comment.section, comment=comment.key)
    return comment


def plain(words: str) -> str:
    """Words as kept. Raises AnswerRefused for none, and for too many."""
    try:
        kept = clean(words).strip()
    except ValueRefused:
        kept = " " * (LONGEST + 1)
    if len(kept) > LONGEST:
        raise AnswerRefused(_("That is too long. Write at most 4,000 characters."), code="too_long")
    if not kept:
        raise AnswerRefused(_("Write something first."), code="no_words")
    return kept
