"""What is asked of the ways in: authorizations, invitations, interests and drafts, each for those who may see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.kernel.permissions import Place, places_of
from samspel.kernel.values.working_days import working_days_after
from samspel.registry import permissions
from samspel.registry.models import (
    Appointment,
    AppointmentDraft,
    Authorization,
    AuthorizationState,
    DraftState,
    Interest,
    InterestState,
    Invitation,
    InvitationState,
    Organizer,
    Role,
)
from samspel.registry.queries.holdings import ORGANIZER, in_force, organizer_place

ANSWERED_WITHIN: Final = 5
"""Working days from what came in to its answer."""
_HEADS: Final = (Role.ADMINISTRATOR, Role.CHIEF_EDUCATION_OFFICER)
_SHOWN: Final = 10
_EXPIRED_SHOWN: Final = timedelta(days=30)


def answer_due(came_at: datetime) -> date:
    """By when something from outside is answered."""
    return working_days_after(timezone.localdate(came_at), ANSWERED_WITHIN)


def has_coordinator(organizer: Organizer, on: date) -> bool:
    """Whether an organizer has a coordinator on a day, or one who is to begin."""
    standing = Q(to_on__isnull=True) | Q(to_on__gte=on)
    return Appointment.objects.filter(standing, organizer=organizer, role=Role.COORDINATOR).exists()


def has_administrator(authorization: Authorization, on: date) -> bool:
    """Whether an organization has an administrator already."""
    place = {"organizer": authorization.organizer_id, "university": authorization.university_id}
    return Appointment.objects.filter(in_force(on), role=Role.ADMINISTRATOR, **place).exists()


def confirmers_of(organizer: Organizer, at: datetime) -> list[Person]:
    """Those who can confirm a drafted appointment: its administrators and chief education officers."""
    held = Appointment.objects.filter(in_force(timezone.localdate(at)), organizer=organizer, role__in=_HEADS)
    return list(Person.objects.filter(is_active=True, pk__in=held.values("person")).order_by("pk"))


def authorizations_visible_to(person: Any, at: datetime) -> QuerySet[Authorization]:
    """Those who judge them see all; nobody else sees any."""
    rows = Authorization.objects.select_related("organizer", "university", "file", "appointment__person")
    rows = rows.annotate(is_hidden=_hidden(AuthorizationState.SUBMITTED))
    return rows if permissions.TABLE.allows(person, permissions.JUDGE_AUTHORIZATION, at) else rows.none()


def interests_visible_to(person: Any, at: datetime) -> QuerySet[Interest]:
    """Those who answer them see all; nobody else sees any."""
    rows = Interest.objects.select_related("organizer").annotate(is_hidden=_hidden(InterestState.NEW, has_task=False))
    return rows if permissions.TABLE.allows(person, permissions.ANSWER_INTEREST, at) else rows.none()


def _hidden(open_state: str, *, has_task: bool = True) -> Q:
    """Rows that tell of somebody with protected identity and are dealt with: until then, who deals with it must see."""
    hers = Q(email=OuterRef("email"))
    if has_task:
        hers |= Q(appointments=OuterRef("appointment"))
    return Q(Exists(Person.objects.filter(hers, is_protected=True))) & ~Q(state=open_state)


def invitation_places(person: Any, at: datetime) -> list[Place]:
    """The organizations that a person invites to."""
    held = places_of(person, at, *_HEADS)
    return [place for place in held if place and permissions.TABLE.allows(person, permissions.INVITE, at, place=place)]


def invitations_visible_to(person: Any, at: datetime) -> QuerySet[Invitation]:
    """Those of the organizations that she invites to."""
    rows = Invitation.objects.select_related("organizer", "university", "school_unit")
    rows = rows.annotate(is_hidden=_hidden(InvitationState.OPEN))
    return rows.filter(_at(invitation_places(person, at)))


def drafts_visible_to(person: Any, at: datetime) -> QuerySet[AppointmentDraft]:
    """The agency's drafters see all, those who run an organizer its own."""
    rows = AppointmentDraft.objects.select_related("organizer", "replaces__person", "appointment__person")
    rows = rows.annotate(is_hidden=_hidden(DraftState.WAITING))
    if permissions.TABLE.allows(person, permissions.DRAFT_APPOINTMENT, at):
        return rows
    return rows.filter(organizer__in=run_by(person, at))


def may_confirm(person: Any, draft: AppointmentDraft, at: datetime) -> bool:
    """Whether she may confirm or decline this draft."""
    place = organizer_place(draft.organizer_id)
    return permissions.TABLE.allows(person, permissions.CONFIRM_DRAFT, at, place=place)


def run_by(person: Any, at: datetime) -> list[int]:
    """The organizers that she runs, as their keys."""
    return [place[1] for place in places_of(person, at, *_HEADS) if place and place[0] == ORGANIZER]


def _at(places: list[Place]) -> Q:
    """Rows at any of the places; none at all for no place."""
    found = Q(pk__in=[])
    for place in places:
        if place:
            found |= Q(**{f"{place[0]}_id": place[1]})
    return found


def waiting_authorizations(person: Person, at: datetime) -> Iterator[ToDo]:
    """To judge, oldest first."""
    rows = list(authorizations_visible_to(person, at).filter(state=AuthorizationState.SUBMITTED)[: _SHOWN + 1])
    for one in rows[:_SHOWN]:
        yield ToDo(
            title=_("Judge an authorization: %(organization)s") % {"organization": one.organizer or one.university},
            address=reverse("registry:authorization", args=[one.key]),
            because=_("An organization has named its first administrator."),
            due_on=answer_due(one.submitted_at),
        )
    if len(rows) > _SHOWN:
        yield _more(_("Judge more authorizations"), "registry:authorizations", rows[_SHOWN].submitted_at)


def waiting_interests(person: Person, at: datetime) -> Iterator[ToDo]:
    """To answer, oldest first."""
    rows = list(interests_visible_to(person, at).filter(state=InterestState.NEW)[: _SHOWN + 1])
    for one in rows[:_SHOWN]:
        yield ToDo(
            title=_("Answer an interest in a coordinator: %(organization)s") % {"organization": one.organizer},
            address=reverse("registry:interest", args=[one.key]),
            because=_("Somebody registered it on the public page."),
            due_on=answer_due(one.received_at),
        )
    if len(rows) > _SHOWN:
        yield _more(_("Answer more interests in a coordinator"), "registry:interests", rows[_SHOWN].received_at)


def _more(title: str, url_name: str, came_at: datetime) -> ToDo:
    return ToDo(title=title, address=reverse(url_name), because=_("More are waiting."), due_on=answer_due(came_at))


def waiting_drafts(person: Person, at: datetime) -> Iterator[ToDo]:
    """To confirm or decline, at the organizers that she runs."""
    if not (run := run_by(person, at)):
        return
    rows = AppointmentDraft.objects.filter(organizer__in=run, state=DraftState.WAITING).select_related("organizer")
    for one in rows[:_SHOWN]:
        yield ToDo(
            title=_("Confirm a coordinator: %(organization)s") % {"organization": one.organizer},
            address=reverse("registry:draft", args=[one.key]),
            because=_("The agency has drafted the appointment from what it was told."),
            due_on=answer_due(one.drafted_at),
        )


def sent_invitations(person: Person, at: datetime) -> Iterator[ToDo]:
    """Her own that have expired of late, and those that wait for an answer."""
    open_ones = Invitation.objects.filter(
        invited_by=person.key, state=InvitationState.OPEN, expires_at__gt=at - _EXPIRED_SHOWN
    )
    ends = list(open_ones.values_list("expires_at", flat=True))
    address = reverse("registry:invitations")
    if over := sum(end <= at for end in ends):
        yield ToDo(
            title=ngettext(
                "%(count)d invitation expired without an answer",
                "%(count)d invitations expired without an answer",
                over,
            )
            % {"count": over},
            address=address,
            because=_("Send it anew, or withdraw it."),
        )
    if waiting := [end for end in ends if end > at]:
        yield ToDo(
            title=ngettext(
                "%(count)d invitation waits for an answer", "%(count)d invitations wait for an answer", len(waiting)
            )
            % {"count": len(waiting)},
            address=address,
            because=_("You may remind or withdraw."),
            due_on=timezone.localdate(min(waiting)),
            is_waiting_for_others=True,
        )
