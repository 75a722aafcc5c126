"""Draft an appointment from what was written in a mail or said on the telephone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from samspel.accounts.queries import addressee
from samspel.kernel.audit import record
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices
from samspel.registry import permissions
from samspel.registry.models import Appointment, AppointmentDraft, Organizer
from samspel.registry.operations.entrants import entrant
from samspel.registry.queries.entry import answer_due, confirmers_of


@transaction.atomic
def draft(
    *,
    organizer: Organizer,
    name: str,
    email: str,
    from_on: date,
    by: Any,
    at: datetime,
    phone: str = "",
    title: str = "",
    replaces: Appointment | None = None,
    origin: str = "",
) -> AppointmentDraft:
    """A coordinator's appointment as a draft, which waits for the organizer to confirm; nobody has got a role.

    origin: where it came from, as a value (the diary number of a document, say). Those who can confirm are told.
    Raises PermissionDenied unless `by` is an officer, administrator or registrar of the agency, or the system itself;
    EntrantRefused for what is typed wrongly, ValueError for an appointment to replace that is another organizer's.
    """
    permissions.TABLE.require(by, permissions.DRAFT_APPOINTMENT, at)
    typed = entrant(name=name, email=email, phone=phone, title=title)
    if replaces is not None and replaces.organizer_id != organizer.pk:
        raise ValueError(f"appointment {replaces.pk} is not of organizer {organizer.pk}")
    made = AppointmentDraft.objects.create(
        organizer=organizer,
        from_on=from_on,
        replaces=replaces,
        origin=origin[:200],
        drafted_at=at,
        drafted_by=by.key,
        **typed,
    )
    record(action="registry.draft.made", on=made, by=by, at=at, organizer=organizer.organization_number)
    for person in confirmers_of(organizer, at):
        notices.send(
            template="registry/notices/draft_waiting.html",
            to=addressee(person),
            context={
                "organization": str(organizer),
                "name": made.name,
                "from_on": from_on,
                "due_on": answer_due(at),
                "address": absolute("registry:draft", made.key),
            },
            at=at,
            idempotency_key=f"registry.draft_waiting.{made.key}.{person.key}",
        )
    return made
