"""Appointments whose last day comes soon: for Att göra, for what is asked of an organization, and for the telling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.kernel.permissions import AGENCY, Place, holdings_of
from samspel.registry import permissions
from samspel.registry.models import Appointment, Role
from samspel.registry.queries.appointments import RELATED
from samspel.registry.queries.appointments import place_of as name_of_place
from samspel.registry.queries.holdings import in_force, place_of
from samspel.registry.queries.organizations import Organization
from samspel.registry.rules import roles
from samspel.registry.rules.appointments import TOLD_BEFORE


def ending_by(on: date) -> QuerySet[Appointment]:
    """Appointments that hold now and whose last day comes within thirty days, with nobody after them; soonest first."""
    soon = Appointment.objects.filter(in_force(on), to_on__lte=on + timedelta(days=max(TOLD_BEFORE)))
    standing = Q(replaced_by__to_on__isnull=True) | Q(replaced_by__to_on__gte=F("replaced_by__from_on"))
    succeeded = soon.filter(standing, replaced_by__isnull=False)
    return soon.exclude(pk__in=succeeded.values("pk")).select_related(*RELATED).order_by("to_on", "pk")


def to_announce(on: date) -> QuerySet[Appointment]:
    """Those of them that may have a telling due; `announce_end` judges each."""
    due = F("to_on") - timedelta(days=min(TOLD_BEFORE))
    told_last = Q(end_announced_for__gte=due)
    return ending_by(on).exclude(told_last)


def to_do(person: Person, at: datetime) -> Iterator[ToDo]:
    """Her own ends, and those she can replace or prolong. One query, whatever she holds."""
    held = holdings_of(person, at)
    giving = {one.place for one in held if one.role in roles.GIVE_OTHERS}
    rows = ending_by(timezone.localdate(at)).filter(Q(person_id=person.pk) | _at_any(giving))
    for one in rows:
        if permissions.allows_at_home(person, one.role, place_of(one), at):
            yield _to_replace(one)
        elif one.person_id == person.pk:
            yield _to_hand_over(one)


def asked(organization: Organization, at: datetime) -> Iterator[ToDo]:
    """What ends soon at an organization."""
    for one in ending_by(timezone.localdate(at)).filter(_at_any({organization.place})):
        yield _to_replace(one)


def _to_replace(one: Appointment) -> ToDo:
    about = {"role": Role(one.role).label, "where": name_of_place(one)}
    return ToDo(
        title=_("%(role)s at %(where)s: somebody new, or longer?") % about,
        address=reverse("registry:appointment", args=[one.pk]),
        because=_("The task of %(name)s ends.") % {"name": one.person.shown_name},
        due_on=one.to_on,
    )


def _to_hand_over(one: Appointment) -> ToDo:
    about = {"role": Role(one.role).label, "where": name_of_place(one)}
    return ToDo(
        title=_("%(role)s at %(where)s: hand over") % about,
        address=reverse("registry:handover", args=[one.pk]),
        because=_("Your task ends."),
        due_on=one.to_on,
    )


def _at_any(places: set[Place]) -> Q:
    return reduce(or_, (_at(place) for place in places), Q(pk__in=[]))


def _at(place: Any) -> Q:
    if place is AGENCY:
        return Q(organizer=None, university=None)
    return Q(**{f"{place[0]}_id": place[1]})
