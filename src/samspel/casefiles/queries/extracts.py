"""What case files keep of a person, for her register extract; and why her data cannot be removed yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries.extracts import ExtractPart, Field
from samspel.accounts.queries.people import keys_of
from samspel.casefiles.models import CaseFile, CaseFileState, Document, Question, QuestionState


def documents(person: Person, at: datetime) -> ExtractPart:
    """Documents that she sent or got. Titles are told but for secret ones: they are judged when they are asked for."""
    found = Document.objects.filter(Q(person=person) | Q(person__merged_into=person))
    rows = found.select_related("case_file__series").order_by("-on", "-id")
    return ExtractPart(
        _("Documents in case files that you sent or got"),
        tuple(_document(one) for one in rows),
        "documents",
        _("A document that is marked as secret is named by its number alone. Ask the registrar for it."),
    )


def questions(person: Person, at: datetime) -> Iterator[ExtractPart]:
    """Questions that she asked by mail, and how much is in her hands at the agency."""
    hers = Q(person=person) | Q(from_address__iexact=person.email)
    yield ExtractPart(
        _("Questions that you sent to the shared mailbox"),
        tuple(_question(one) for one in Question.objects.filter(hers).order_by("-received_at", "-id")),
        "questions",
    )
    keys = keys_of(person)
    counts = {
        "questions_owned": Question.objects.filter(owner__in=keys).count(),
        "case_files_handled": CaseFile.objects.filter(handler__in=keys).count(),
    }
    labels = {"questions_owned": _("Questions"), "case_files_handled": _("Case files")}
    row = tuple(Field(key, labels[key], count) for key, count in counts.items())
    yield ExtractPart(_("In your hands at the agency"), (row,) if any(counts.values()) else (), "in_your_hands")


def open_with(person: Person, at: datetime) -> str | None:
    """Why her data are held: a question that is not closed, or a case file in her hands."""
    if Question.objects.filter(Q(person=person) | Q(owner=person.key)).exclude(state=QuestionState.CLOSED).exists():
        return _("A question from her, or in her hands, is not closed.")
    if CaseFile.objects.filter(handler=person.key, state=CaseFileState.OPEN).exists():
        return _("A case file in her hands is open.")
    return None


def _document(one: Document) -> tuple[Field, ...]:
    return (
        Field("number", _("Document number"), f"{one.case_file.diary_number}-{one.number}"),
        Field("on", _("Day"), one.on),
        Field("direction", _("Direction"), one.direction, one.get_direction_display()),
        Field("kind", _("Kind"), one.kind, one.get_kind_display()),
        Field("title", _("Title"), "" if one.is_secret or one.case_file.secrecy_ground else one.title),
    )


def _question(one: Question) -> tuple[Field, ...]:
    return (
        Field("received_at", _("Received"), one.received_at),
        Field("from_address", _("From"), one.from_address),
        Field("from_name", _("Name"), one.from_name),
        Field("subject", _("Subject"), one.subject),
        Field("state", _("Where it stands"), one.state, one.get_state_display()),
    )
