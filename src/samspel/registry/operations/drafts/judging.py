"""Confirm or decline a draft: by those who run the organizer, once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.accounts.operations import add_person
from samspel.accounts.queries import addressee
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices
from samspel.registry import permissions
from samspel.registry.models import AppointmentDraft, DraftState
from samspel.registry.operations import appointments
from samspel.registry.operations.entrants import entrant, reason_given
from samspel.registry.queries.holdings import organizer_place


class DraftJudged(Refusal):
    """Somebody has confirmed or declined it already."""

    code = "draft_judged"


@transaction.atomic
def confirm(
    *, draft: AppointmentDraft, name: str, email: str, phone: str, title: str, from_on: date, by: Any, at: datetime
) -> AppointmentDraft:
    """The appointment is made as corrected here, or the named coordinator replaced.

    Raises PermissionDenied unless `by` is the organizer's administrator or chief education officer, DraftJudged,
    EntrantRefused, AppointmentRefused with every reason.
    """
    judged = _locked(draft, by, at)
    typed = entrant(name=name, email=email, phone=phone, title=title)
    person = add_person(email=typed["email"], name=typed["name"], phone=typed["phone"], by=by, at=at)
    facts: dict[str, Any] = {"person": person, "from_on": from_on, "title": typed["title"], "by": by, "at": at}
    if judged.replaces is not None:
        judged.appointment = appointments.replace(appointment=judged.replaces, **facts)
    else:
        judged.appointment = appointments.appoint(role=judged.role, organizer=judged.organizer, **facts)
    # What the organizer wrote is what the draft says from now on.
    judged.name, judged.email, judged.phone, judged.title = typed.values()
    judged.from_on = from_on
    _judge(judged, DraftState.CONFIRMED, by, at, appointment=judged.appointment.pk)
    return judged


@transaction.atomic
def decline(*, draft: AppointmentDraft, reason: str, by: Any, at: datetime) -> AppointmentDraft:
    """Nobody is appointed, and whoever drafted it is told why. Raises as `confirm` does, and ReasonMissing."""
    judged = _locked(draft, by, at)
    judged.reason = reason_given(reason)
    _judge(judged, DraftState.DECLINED, by, at)
    return judged


def _locked(draft: AppointmentDraft, by: Any, at: datetime) -> AppointmentDraft:
    found = (
        AppointmentDraft.objects.select_for_update(of=("self",))
        .select_related("organizer", "replaces")
        .get(pk=draft.pk)
    )
    permissions.TABLE.require(by, permissions.CONFIRM_DRAFT, at, place=organizer_place(found.organizer_id))
    if found.state != DraftState.WAITING:
        raise DraftJudged(_("Somebody else answered just before you. What came of it stands below."))
    return found


def _judge(judged: AppointmentDraft, state: str, by: Any, at: datetime, **facts: Any) -> None:
    judged.state, judged.judged_at, judged.judged_by = state, at, by.key
    judged.save()
    record(action=f"registry.draft.{state}", on=judged, by=by, at=at, **facts)
    drafter = Person.objects.filter(key=judged.drafted_by, is_active=True).first()
    if drafter is not None:
        notices.send(
            template=f"registry/notices/draft_{state}.html",
            to=addressee(drafter),
            context={
                "organization": str(judged.organizer),
                "name": judged.name,
                "from_on": judged.from_on,
                "reason": judged.reason,
                "address": absolute("registry:draft", judged.key),
            },
            at=at,
            idempotency_key=f"registry.draft_judged.{judged.key}",
        )
