"""Name a deputy for a time, and call her off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.kernel.audit import record
from samspel.kernel.permissions import require
from samspel.kernel.refusals import Refusal
from samspel.registry import permissions
from samspel.registry.models import Appointment, StandIn
from samspel.registry.operations.appointments import telling
from samspel.registry.queries.holdings import at_place, place_of
from samspel.registry.rules.appointments import Span
from samspel.registry.rules.stand_ins import Absence, obstacles

SENTENCES: Final[dict[str, Any]] = {
    "deputy_is_herself": _("Nobody stands in for herself: choose another person."),
    "names_herself": _("Nobody names herself deputy: ask the absent, or somebody else who may."),
    "deputy_unknown_here": _("Only somebody who has a task at the same organization can stand in. Appoint her first."),
    "days_out_of_reach": _("Write days between 1 January 1990 and 31 December 2100."),
    "ends_before_it_begins": _("The last day comes before the first."),
    "absence_over": _("Those days are already over."),
    "outside_the_task": _("The days lie outside the appointment's own. Choose days within it."),
    "deputy_already": _("Somebody already stands in during those days. Call her off first, or choose other days."),
    "not_standing_in": _("Nobody stands in there any more."),
    "account_closed": _("That person's account is closed."),
}


class StandInRefused(Refusal):
    """No deputy was named. `codes` are all the reasons, as in SENTENCES."""

    code = "stand_in_refused"

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(SENTENCES[self.codes[0]], code=self.codes[0])

    def __str__(self) -> str:
        return " ".join(str(SENTENCES[code]) for code in self.codes)


@transaction.atomic
def set_stand_in(
    *,
    appointment: Appointment,
    deputy: Person,
    from_on: date,
    to_on: date,
    by: Any,
    at: datetime,
    is_told: bool = True,
) -> StandIn:
    """A deputy for an appointment, from one day to another (last day included).

    Set by the person herself, or by those who may give that role there. The deputy is somebody with a task at the
    same organization. Raises PermissionDenied, LevelTooLow, StandInRefused with every reason.
    """
    task = _locked(appointment)
    _require(task, by, at)
    absence = Absence(
        span=Span(from_on, to_on),
        task=Span(task.from_on, task.to_on),
        is_over=to_on < timezone.localdate(at),
        is_herself=deputy.pk == task.person_id,
        is_named_by_herself=isinstance(by, Person) and by.pk == deputy.pk,
        is_known_there=is_known_at(task, deputy, from_on, to_on),
    )
    found = obstacles(absence, [Span(one.from_on, one.to_on) for one in task.stand_ins.filter(ended_at=None)])
    if not deputy.is_active:
        found.append("account_closed")
    if found:
        raise StandInRefused(found)
    standing = StandIn.objects.create(
        appointment=task, deputy=deputy, from_on=from_on, to_on=to_on, set_at=at, set_by=by.key
    )
    facts = {"deputy": deputy.key, "from_on": from_on, "to_on": to_on}
    record(action="registry.stand_in.set", on=task, by=by, at=at, **facts)
    if is_told:
        telling.standing_in(standing, by=by, at=at)
    return standing


@transaction.atomic
def cancel(*, stand_in: StandIn, by: Any, at: datetime) -> StandIn:
    """The deputy is called off, from now. By the absent herself, the deputy, or those who may give the role."""
    task = _locked(stand_in.appointment)
    standing = StandIn.objects.select_for_update(of=("self",)).select_related("deputy").get(pk=stand_in.pk)
    if not (isinstance(by, Person) and by.pk == standing.deputy_id):
        _require(task, by, at)
    if standing.ended_at or standing.to_on < timezone.localdate(at):
        raise StandInRefused(["not_standing_in"])
    standing.ended_at = at
    standing.save(update_fields=["ended_at"])
    record(action="registry.stand_in.cancelled", on=task, by=by, at=at, deputy=standing.deputy.key)
    telling.called_off(standing, by=by, at=at)
    return standing


def is_known_at(task: Appointment, deputy: Person, from_on: date, to_on: date) -> bool:
    """Whether the deputy has a task of her own there during all those days."""
    spans = at_place(place_of(task)).filter(person=deputy, from_on__lte=from_on).values_list("from_on", "to_on")
    return any(last is None or last >= to_on for _first, last in spans)


def _locked(appointment: Appointment) -> Appointment:
    related = ("person", "organizer", "school_unit", "university")
    return Appointment.objects.select_for_update(of=("self",)).select_related(*related).get(pk=appointment.pk)


def _require(task: Appointment, by: Any, at: datetime) -> None:
    require(permissions.may_name_deputy(by, whose=task.person, role=task.role, place=place_of(task), at=at))
    permissions.TABLE.require_level(by, permissions.NAME_DEPUTY)
