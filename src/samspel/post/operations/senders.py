"""Senders of one's own: name, address, where answers go, and the look; and a test mail to oneself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import record
from samspel.kernel.permissions import Place, require
from samspel.kernel.refusals import Refusal
from samspel.post import permissions
from samspel.post.models import Message, Sender
from samspel.post.operations import notices
from samspel.post.operations.notices import Addressee
from samspel.post.queries import senders as queries
from samspel.post.rules import senders as rules
from samspel.post.rules.senders import Wished

SENTENCES = {
    "missing": _("Say what the sender is called."),
    "line_break": _("Write it on one line."),
    "looks_like_address": _("A name that looks like a mail address would be taken for the address. Leave out the @."),
    "not_an_address": _("This is not a mail address."),
    "foreign_domain": _(
        "Our mail server may not send for that domain, so the mail would be taken for junk. Ask the one who runs the "
        "system to set the domain up first."
    ),
    "not_read": _("Answers must go to an address that people read."),
    "not_a_colour": _("This is not a colour. Write it as #1b4b66."),
    "too_light": _("White words on this colour cannot be read. Choose a darker one (contrast at least 4.5 to 1)."),
}


class SenderRefused(Refusal):
    """A sender that cannot be; `faults` has a sentence for each field that is wrong."""

    def __init__(self, codes: Mapping[str, str]) -> None:
        super().__init__(_("The sender cannot be as it stands."), code="sender", **codes)
        self.faults = {field: SENTENCES[code] for field, code in codes.items()}


@transaction.atomic
def set_sender(
    *, slug: str, name: str, from_address: str, reply_to: str, colour: str, signature: str = "", by: Any, at: datetime
) -> Sender:
    """Make or change the sender of a place. Raises SenderRefused with every fault, PermissionDenied."""
    permissions.TABLE.require(by, permissions.CHANGE_SENDER, at, place=_place(slug, by, at))
    wished = Wished(name.strip(), from_address.strip().lower(), reply_to.strip(), colour.lower(), signature.strip())
    if faults := rules.faults(wished, domains=settings.SAMSPEL_SENDER_DOMAINS):
        raise SenderRefused(faults)
    sender = Sender.objects.select_for_update().filter(slug=slug).first() or Sender(slug=slug)
    changed = [field for field, value in asdict(wished).items() if sender.pk is None or getattr(sender, field) != value]
    for field in changed:
        setattr(sender, field, getattr(wished, field))
    if changed:
        sender.save()
        record(action="post.sender.changed", on=sender, by=by, at=at, fields=changed)
    return sender


def send_test(*, slug: str, to: Addressee, by: Any, at: datetime) -> Message:
    """A mail to oneself, from the sender as it stands. Raises PermissionDenied, Sender.DoesNotExist."""
    permissions.TABLE.require(by, permissions.CHANGE_SENDER, at, place=_place(slug, by, at))
    sender = Sender.objects.get(slug=slug)
    return notices.send(
        template="post/notices/sender_test.html", to=to, context={"sender": sender, "at": at}, at=at, sender=sender
    )


def _place(slug: str, by: Any, at: datetime) -> Place:
    """Where the right to change it must be held: at the place itself, or at the agency."""
    try:
        place = queries.place_of_sender(slug)
    except KeyError:
        require(False)
        raise
    return permissions.where_counted(by, permissions.CHANGE_SENDER, at, place)
