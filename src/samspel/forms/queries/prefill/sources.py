"""Sources that forms know themselves: the registers on who an answer is about, and the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.forms.models import Answer
from samspel.forms.queries.handed import PrefillSource
from samspel.forms.queries.registers import kind_of
from samspel.forms.rules.definitions import Question
from samspel.forms.rules.values import ValueRefused, parse
from samspel.kernel.values.terms import Term
from samspel.registry.models import Municipality, Organizer, SchoolUnitForm, UnitStatus


def _organizer(answer: Answer) -> Organizer | None:
    """Whom the answer is about, or whose school unit."""
    return answer.school_unit.organizer if answer.organizer is None and answer.school_unit else answer.organizer


def _municipality(answer: Answer) -> Municipality | None:
    """Where it lies: of an organizer its seat, or the one municipality it serves."""
    if answer.school_unit is not None:
        return answer.school_unit.municipality
    organizer = answer.organizer
    if organizer is None or organizer.municipality is not None:
        return organizer.municipality if organizer else None
    members = list(organizer.members.all()[:2])
    return members[0] if len(members) == 1 else None


def _registered(kind: str, thing: Callable[[Answer], Any], code: str, name: str = "name") -> PrefillSource:
    """Something in a register: its code where the question refers to that register, else its name."""

    def source(answer: Answer, question: Question, _at: datetime) -> Any:
        found = thing(answer)
        wanted = kind_of(question)
        if found is None or wanted not in ("", kind):
            return None
        return _kept(question, str(getattr(found, code if wanted else name) or ""))

    return source


def _said(text: Callable[[Answer, datetime], Any]) -> PrefillSource:
    """Something that stands as text, as it would be typed."""

    def source(answer: Answer, question: Question, at: datetime) -> Any:
        found = text(answer, at)
        return None if found is None or kind_of(question) else _kept(question, str(found))

    return source


def _kept(question: Question, text: str) -> Any:
    try:
        return parse(question, text)
    except ValueRefused:
        return None


def _county(answer: Answer) -> Any:
    organizer = answer.organizer
    if organizer is not None and organizer.county is not None:
        return organizer.county
    municipality = _municipality(answer)
    return municipality.county if municipality else None


def _pupils_of_organizer(answer: Answer, _at: datetime) -> int | None:
    return _pupils(Q(unit__organizer=answer.organizer_id)) if answer.organizer_id else None


def _pupils_of_unit(answer: Answer, _at: datetime) -> int | None:
    return _pupils(Q(unit=answer.school_unit_id)) if answer.school_unit_id else None


def _pupils(which: Q) -> int | None:
    """Pupils as the register has them; None where a number is not told, since a part is not the whole."""
    forms = SchoolUnitForm.objects.filter(which).exclude(unit__status=UnitStatus.ENDED)
    counted = forms.aggregate(told=Sum("pupils"), untold=Count("pk", filter=Q(pupils=None)))
    return None if counted["untold"] else counted["told"]


def _person(answer: Answer, _at: datetime) -> str | None:
    return answer.person.shown_name if answer.person else None


SOURCES: Final[dict[str, PrefillSource]] = {
    "organizer.name": _registered("organizer", _organizer, "organization_number"),
    "organizer.number": _registered("organizer", _organizer, "organization_number", "written_number"),
    "organizer.municipality": _registered("municipality", _municipality, "code"),
    "organizer.county": _registered("county", _county, "code"),
    "organizer.pupils": _said(_pupils_of_organizer),
    "school_unit.name": _registered("school_unit", lambda answer: answer.school_unit, "code"),
    "school_unit.code": _registered("school_unit", lambda answer: answer.school_unit, "code", "code"),
    "school_unit.pupils": _said(_pupils_of_unit),
    "university.name": _registered("university", lambda answer: answer.university, "slug"),
    "person.name": _said(_person),
    "term.current": _said(lambda _answer, at: Term.of(timezone.localdate(at)).label),
    "today": _said(lambda _answer, at: timezone.localdate(at).isoformat()),
}

NAMES: Final[dict[str, Any]] = {
    "organizer.name": _("The organizer's name"),
    "organizer.number": _("The organizer's number"),
    "organizer.municipality": _("The organizer's municipality"),
    "organizer.county": _("The organizer's county"),
    "organizer.pupils": _("The organizer's pupils, a number"),
    "school_unit.name": _("The school unit's name"),
    "school_unit.code": _("The school unit's code"),
    "school_unit.pupils": _("The school unit's pupils, a number"),
    "university.name": _("The university's name"),
    "person.name": _("The person's name"),
    "term.current": _("The term that is now"),
    "today": _("The day it is begun"),
}
