"""What forms keep of a person, for her register extract. Others are never named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries.extracts import ExtractPart, Field
from samspel.accounts.queries.people import keys_of
from samspel.forms.models import (
    Answer,
    AnswerState,
    Comment,
    DifferingView,
    FieldChange,
    HandedIn,
    Participant,
    Reopening,
    Submission,
)
from samspel.forms.queries.people import on_day
from samspel.forms.queries.seeing import about_whom, form_name, with_subject


def parts(person: Person, at: datetime) -> Iterator[ExtractPart]:
    """Where she takes part, what she has said, what is about her, and how much she has written."""
    yield ExtractPart(_("Forms that you take part in"), tuple(_participations(person)), "form_participations")
    yield ExtractPart(_("Comments that you have made in forms"), tuple(_comments(person)), "form_comments")
    yield ExtractPart(_("What you have said that you see otherwise"), tuple(_views(person)), "form_differing_views")
    yield ExtractPart(_("Forms about you"), tuple(_about(person)), "forms_about_you")
    yield ExtractPart(
        _("What you have done in forms"),
        tuple(_done(person)),
        "form_deeds",
        _("What you have written stands in the forms, which you reach as long as you take part in them."),
    )


def takes_part(person: Person, at: datetime) -> str | None:
    """Why her data are held: a form that is being written by her."""
    rows = Participant.objects.filter(on_day(timezone.localdate(at)), person=person)
    if rows.filter(answer__state=AnswerState.WRITING, answer__is_test=False).exists():
        return _("She takes part in a form that is being written.")
    return None


def _named(answer: Answer) -> tuple[Field, Field]:
    return (Field("form", _("Form"), form_name(answer)), Field("about", _("About"), about_whom(answer)))


def _answers(rows: Any) -> dict[int, Answer]:
    found: dict[int, Answer] = with_subject(Answer.objects.filter(pk__in={row.answer_id for row in rows})).in_bulk()
    return found


def _participations(person: Person) -> Iterator[tuple[Field, ...]]:
    rows = list(Participant.objects.filter(person=person).order_by("-from_on", "-pk"))
    answers = _answers(rows)
    for row in rows:
        yield (
            *_named(answers[row.answer_id]),
            Field("deed", _("What you do"), row.deed, row.get_deed_display()),
            Field("from_on", _("From"), row.from_on),
            Field("to_on", _("To"), row.to_on),
        )


def _comments(person: Person) -> Iterator[tuple[Field, ...]]:
    rows = list(Comment.objects.filter(said_by=person).order_by("-said_at", "-pk"))
    answers = _answers(rows)
    for row in rows:
        yield (
            *_named(answers[row.answer_id]),
            Field("said_at", _("Said"), row.said_at),
            Field("words", _("Words"), row.words),
        )


def _views(person: Person) -> Iterator[tuple[Field, ...]]:
    rows = list(DifferingView.objects.filter(person=person).order_by("-said_at", "-pk"))
    answers = _answers(rows)
    for row in rows:
        yield (
            *_named(answers[row.answer_id]),
            Field("said_at", _("Said"), row.said_at),
            Field("words", _("Words"), row.words),
        )


def _about(person: Person) -> Iterator[tuple[Field, ...]]:
    for answer in with_subject(Answer.objects.filter(person=person)):
        state = Field("state", _("Where it stands"), answer.state, answer.get_state_display())
        yield (Field("form", _("Form"), form_name(answer)), Field("begun_at", _("Begun"), answer.begun_at), state)


def _done(person: Person) -> Iterator[tuple[Field, ...]]:
    keys = keys_of(person)
    counts = {
        "changes": (_("Changes of fields"), FieldChange.objects.filter(changed_by__in=keys)),
        "submissions": (_("Forms submitted"), Submission.objects.filter(submitted_by__in=keys)),
        "reopenings": (_("Forms opened again"), Reopening.objects.filter(decided_by__in=keys)),
        "pdfs": (_("Filled PDFs handed in"), HandedIn.objects.filter(came_by__in=keys)),
    }
    row = tuple(Field(key, label, rows.aggregate(n=Count("pk"))["n"]) for key, (label, rows) in counts.items())
    if any(one.value for one in row):
        yield row
