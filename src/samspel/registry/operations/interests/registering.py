"""Register an organizer's interest in a coordinator, from a public page: nobody is logged in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.post.operations import notices
from samspel.registry import permissions
from samspel.registry.models import Interest, InterestState, Organizer
from samspel.registry.operations.entrants import REASON_MOST, addressee_of, entrant
from samspel.registry.queries.entry import has_coordinator


class HasCoordinator(Refusal):
    """The organizer has a coordinator already."""

    code = "has_coordinator"

    def __init__(self) -> None:
        super().__init__(_("This organizer already has a coordinator, and needs no registration."))


@transaction.atomic
def register(
    *,
    organizer: Organizer,
    name: str,
    email: str,
    by: Any,
    at: datetime,
    phone: str = "",
    title: str = "",
    words: str = "",
    language: str = "sv",
) -> Interest:
    """An interest that an officer answers; the sender gets a receipt. The same address twice is there once.

    Raises HasCoordinator, EntrantRefused.
    """
    permissions.TABLE.require(by, permissions.REGISTER_INTEREST, at)
    organizer = Organizer.objects.select_for_update(no_key=True).get(pk=organizer.pk)
    if has_coordinator(organizer, timezone.localdate(at)):
        raise HasCoordinator
    typed = entrant(name=name, email=email, phone=phone, title=title)
    same = Interest.objects.filter(organizer=organizer, email=typed["email"], state=InterestState.NEW).first()
    if same is not None:
        return same
    made = Interest.objects.create(
        organizer=organizer, words=words.replace("\0", "").strip()[:REASON_MOST], received_at=at, **typed
    )
    record(action="registry.interest.registered", on=made, by=by, at=at, organizer=organizer.organization_number)
    notices.send(
        template="registry/notices/interest_received.html",
        to=addressee_of(made, language=language),
        context={"organization": str(organizer), "at": at},
        at=at,
        idempotency_key=f"registry.interest_received.{made.key}",
    )
    return made
