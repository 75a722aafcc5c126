"""Lists of answers: mine by what waits, those handed out with how far they have come, and what can be begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from samspel.forms import permissions
from samspel.forms.models import (
    Answer,
    AnswerState,
    Definition,
    SectionMark,
    SectionStatus,
    Version,
    VersionState,
)
from samspel.forms.queries import seeing
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules import definitions as rules
from samspel.kernel.permissions import Place, holdings_of
from samspel.kernel.values.sorting import search_key
from samspel.registry.models import Organizer, SchoolUnit, University
from samspel.registry.queries.holdings import ORGANIZER


def mine(person: Any, at: datetime) -> QuerySet[Answer]:
    """The answers that a person takes part in: what is written first, the soonest day first; what is done last."""
    first = Case(When(state=AnswerState.WRITING, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = how_far(seeing.taking_part(person, at))
    return found.order_by(first, F("due_on").asc(nulls_last=True), "-begun_at", "-pk")


def with_deeds(answers: list[Answer], person: Any, at: datetime) -> dict[int, set[str]]:
    """Answer's pk to what a person does in it. One query."""
    rows = permissions.rows_of(person, at).filter(answer__in=answers)
    found: dict[int, set[str]] = {}
    for answer, deed in rows.values_list("answer_id", "deed"):
        found.setdefault(answer, set()).add(deed)
    return found


def how_far(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """With how many sections are ready (`ready`) and how many there are (`sections`). The versions' bodies stay."""
    ready = SectionMark.objects.filter(answer=OuterRef("pk"), status=SectionStatus.READY)
    counted = ready.order_by().values("answer").annotate(number=Count("pk")).values("number")
    length = Func(F("version__body__sections"), function="jsonb_array_length", output_field=IntegerField())
    found = answers.annotate(ready=Coalesce(Subquery(counted), 0), sections=length)
    return found.defer("version__body")


@dataclass(frozen=True)
class Wanted:
    """What is looked for: a form by its slug, a state, words (an organizer's, unit's or university's name), those of
    one handing-out by its key."""

    form: str = ""
    state: str = ""
    words: str = ""
    is_late: bool = False
    hand_out: str = ""


def handed_out(person: Any, at: datetime, wanted: Wanted) -> QuerySet[Answer]:
    """The answers that somebody may know of and that agree with what is looked for; tests left out."""
    found = how_far(seeing.visible_to(person, at).filter(is_test=False))
    if wanted.form:
        found = found.filter(version__definition__slug=wanted.form)
    if wanted.hand_out:
        found = found.filter(hand_out__key=_key(wanted.hand_out))
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.is_late:
        found = found.filter(state=AnswerState.WRITING, due_on__lt=timezone.localdate(at))
    if key := search_key(wanted.words):
        named = Q(organizer__search_key__contains=key) | Q(school_unit__search_key__contains=key)
        found = found.filter(named | Q(university__name__icontains=wanted.words.strip()) | Q(about__icontains=key))
    return found


def came_in(person: Any, at: datetime) -> QuerySet[Answer]:
    """What is submitted and that somebody may know of, the newest first."""
    return handed_out(person, at, Wanted(state=AnswerState.SUBMITTED)).order_by("-submitted_at", "-pk")


def _key(text: str) -> UUID:
    """The key that is written; one that nothing has where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def forms_answered() -> list[Definition]:
    """The forms that there are answers to, by name."""
    return list(Definition.objects.filter(versions__answers__is_test=False).distinct())


def to_hand_out() -> list[Definition]:
    """The forms in use that are about an organizer, its units or a university, by name."""
    subjects = ("organizer", "school_unit", "preschool_unit", "university")
    in_use = Version.objects.filter(state=VersionState.PUBLISHED, definition__ended_on=None)
    versions = in_use.filter(Q(body__subject__in=subjects) | ~Q(body__has_key="subject"))
    return [version.definition for version in versions.select_related("definition").order_by("definition__sort_key")]


@dataclass(frozen=True)
class Offer:
    """A form that somebody may begin, about whom: a subject, or None for herself or nothing."""

    version: Version
    subject: Organizer | SchoolUnit | University | None

    @property
    def key(self) -> str:
        """What names it on a page."""
        kinds: dict[type, str] = {Organizer: "organizer", SchoolUnit: "school_unit", University: "university"}
        about = f"{kinds[type(self.subject)]}:{self.subject.pk}" if self.subject else ""
        return f"{self.version.definition.slug}|{about}"


def offers(person: Any, at: datetime) -> list[Offer]:
    """What a person may begin by herself, form by form. Five queries however many."""
    held = holdings_of(person, at)
    in_use = Version.objects.filter(state=VersionState.PUBLISHED, definition__ended_on=None)
    versions = list(in_use.select_related("definition").order_by("definition__sort_key"))
    places = {one.place for one in held if one.place is not None}
    organizers = {
        ("organizer", one.pk): one
        for one in Organizer.objects.filter(pk__in=[pk for kind, pk in places if kind == ORGANIZER])
    }
    universities = {
        ("university", one.pk): one
        for one in University.objects.filter(pk__in=[pk for kind, pk in places if kind != ORGANIZER])
    }
    units = list(SchoolUnit.objects.filter(organizer__in=organizers.values(), ended_on=None).order_by("sort_key", "pk"))
    known: dict[Place, Any] = {**organizers, **universities}
    return [
        Offer(version, subject) for version in versions for subject in _subjects(body_of(version), held, known, units)
    ]


def _subjects(body: rules.Definition, held: Any, known: dict[Place, Any], units: list[SchoolUnit]) -> list[Any]:
    asked = {*body.writers, *body.submitters}
    places = list(dict.fromkeys(one.place for one in held if one.role in asked))
    if body.subject in ("", "person"):
        return [None] if places else []
    here = [known[place] for place in places if place in known]
    if body.subject == "university":
        return [one for one in here if isinstance(one, University)]
    organizers = [one for one in here if isinstance(one, Organizer)]
    if body.subject in ("organizer", "preschool_unit"):
        return list(organizers)
    return [unit for unit in units if unit.organizer_id in {one.pk for one in organizers}]
