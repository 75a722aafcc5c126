"""Accept or refuse an authorization: one officer judges it, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.operations import add_person
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices
from samspel.registry import permissions
from samspel.registry.models import Authorization, AuthorizationState, Role
from samspel.registry.operations.appointments import enter
from samspel.registry.operations.authorizations import shelves
from samspel.registry.operations.entrants import addressee_of, reason_given


class AuthorizationJudged(Refusal):
    """Somebody has judged it already; `by_key` says who, `state` what came of it."""

    code = "authorization_judged"


@transaction.atomic
def accept(*, authorization: Authorization, by: Any, at: datetime) -> Authorization:
    """She becomes an administrator of her organization from today on, and is told where to log in.

    Somebody who has that very address already is the one. Raises PermissionDenied unless `by` is an officer or
    administrator of the agency, AuthorizationJudged, AppointmentRefused if she holds the role already.
    """
    judged = _locked(authorization, by, at)
    person = add_person(email=judged.email, name=judged.name, phone=judged.phone, by=by, at=at)
    judged.appointment = enter(
        person=person,
        role=Role.ADMINISTRATOR,
        organizer=judged.organizer,
        university=judged.university,
        title=judged.title,
        from_on=timezone.localdate(at),
        by=by,
        at=at,
        is_told=False,
    )
    _judge(judged, AuthorizationState.ACCEPTED, by, at)
    record(
        action="registry.authorization.accepted",
        on=judged,
        by=by,
        at=at,
        person=person.key,
        appointment=judged.appointment.pk,
    )
    _register(judged, by, at)
    _tell(judged, "authorization_accepted", at, address=absolute("account_login"))
    return judged


@transaction.atomic
def refuse(*, authorization: Authorization, reason: str, by: Any, at: datetime) -> Authorization:
    """It is not accepted, and the sender is told why. Raises as `accept` does, and ReasonMissing."""
    judged = _locked(authorization, by, at)
    judged.reason = reason_given(reason)
    _judge(judged, AuthorizationState.REFUSED, by, at)
    record(action="registry.authorization.refused", on=judged, by=by, at=at)
    _register(judged, by, at)
    place = judged.organizer or judged.university
    again = (
        absolute("registry:authorize_organizer", judged.organizer.organization_number)
        if judged.organizer
        else absolute("registry:authorize_university", judged.university.slug)
    )
    _tell(judged, "authorization_refused", at, reason=judged.reason, address=again, place=str(place))
    return judged


def _locked(authorization: Authorization, by: Any, at: datetime) -> Authorization:
    found = (
        Authorization.objects.select_for_update(of=("self",))
        .select_related("organizer", "university")
        .get(pk=authorization.pk)
    )
    permissions.TABLE.require(by, permissions.JUDGE_AUTHORIZATION, at)
    if found.state != AuthorizationState.SUBMITTED:
        raise AuthorizationJudged(
            _("Somebody else judged this authorization just before you. What came of it stands below."),
            by_key=found.judged_by,
            state=found.state,
        )
    return found


def _judge(judged: Authorization, state: str, by: Any, at: datetime) -> None:
    judged.state, judged.judged_at, judged.judged_by = state, at, by.key
    judged.save(update_fields=["state", "judged_at", "judged_by", "reason", "appointment"])


def _register(judged: Authorization, by: Any, at: datetime) -> None:
    for keeper in shelves.judged:
        keeper(judged, by, at)


def _tell(judged: Authorization, word: str, at: datetime, **facts: Any) -> None:
    notices.send(
        template=f"registry/notices/{word}.html",
        to=addressee_of(judged),
        context={"organization": str(judged.organizer or judged.university), "at": judged.submitted_at, **facts},
        at=at,
        idempotency_key=f"registry.{word}.{judged.key}",
    )
