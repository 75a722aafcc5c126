"""Hand in an authorization, from a public page: nobody is logged in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from samspel.kernel.audit import record
from samspel.kernel.files import storing
from samspel.post.operations import notices
from samspel.registry import permissions
from samspel.registry.models import Authorization, Organizer, University
from samspel.registry.operations.authorizations.shelves import keepers
from samspel.registry.operations.entrants import addressee_of, entrant, signer


@transaction.atomic
def submit(
    *,
    content: bytes,
    file_name: str,
    name: str,
    email: str,
    signed_by: str,
    by: Any,
    at: datetime,
    phone: str = "",
    title: str = "",
    organizer: Organizer | None = None,
    university: University | None = None,
    language: str = "sv",
) -> Authorization:
    """Keep the paper and what was typed; an officer judges it, and the sender gets a receipt in her language.

    At an organizer or a university, not both. content: the bytes of a PDF, PNG or JPEG, at most 20 MB.
    Raises FileRefused for any other file, EntrantRefused for what is typed wrongly.
    """
    permissions.TABLE.require(by, permissions.SEND_AUTHORIZATION, at)
    typed = entrant(name=name, email=email, phone=phone, title=title) | {"signed_by": signer(signed_by)}
    made = Authorization.objects.create(
        organizer=organizer,
        university=university,
        file=storing.keep(content, name=file_name, by=by, at=at),
        submitted_at=at,
        **typed,
    )
    record(action="registry.authorization.submitted", on=made, by=by, at=at, file=made.file.key)
    for keeper in keepers:
        keeper(made, by, at)
    notices.send(
        template="registry/notices/authorization_received.html",
        to=addressee_of(made, language=language),
        context={"organization": str(organizer or university), "at": at},
        at=at,
        idempotency_key=f"registry.authorization_received.{made.key}",
    )
    return made
