"""A mailing: many messages that belong together, written as a stream, with a job for every batch of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samspel.kernel import jobs
from samspel.kernel.audit import record
from samspel.post.models import Mailing, Message, MessageState, Sender
from samspel.post.operations.delivery import BATCH, DELIVER_MAILING
from samspel.post.operations.messages import made
from samspel.post.operations.refusals import AddressRefused, MailingRefused

# Rows in memory at a time, however many there are.
_AT_A_TIME = 500


@dataclass(frozen=True)
class Draft:
    """One receiver's mail in a mailing. postal_address: where paper goes, as lines, if mail does not reach her."""

    to_address: str
    subject: str
    body: str
    to_name: str = ""
    to_key: UUID | None = None
    language: str = "sv"
    body_html: str = ""
    postal_address: str = ""
    reply_to: str = ""
    in_reply_to: str = ""
    unsubscribe_url: str = ""
    template: str = ""
    template_version: str = ""
    idempotency_key: str | None = None


@transaction.atomic
def write(
    *,
    kind: str,
    title: str,
    expected: int,
    rows: Iterable[Draft],
    by: Any,
    at: datetime,
    lane: str = jobs.BULK,
    sender: Sender | None = None,
    good_for: timedelta | None = None,
    forget_after: timedelta | None = None,
) -> Mailing:
    """All rows of a mailing and their jobs; all are gone if the transaction is rolled back. Rows may be a generator.

    expected: how many there should be, counted by the caller some other way than from the rows; `samspel post audit`
    compares. A row whose address cannot stand in a mail is written as failed (paper, if it has a postal address), so
    that it is seen. Raises MailingRefused if an address or an idempotency key stands twice.
    """
    mailing = Mailing.objects.create(
        kind=kind, title=title, lane=lane, expected=expected, written_at=at, written_by=by.key
    )
    shared = {
        "kind": kind, "lane": lane, "mailing": mailing, "sender": sender, "written_at": at, "due_at": at,
        "good_until": at + good_for if good_for else None, "forget_at": at + forget_after if forget_after else None,
    }  # fmt: skip
    written = to_send = 0
    for batch in _batches(rows):
        messages = [_message(draft, shared) for draft in batch]
        _save(messages)
        written += len(messages)
        to_send += sum(message.state == MessageState.WAITING for message in messages)
    for _batch in range(0, to_send, BATCH):
        jobs.queue(DELIVER_MAILING, lane=lane, mailing_key=str(mailing.key))
    record(action="post.mailing.written", on=mailing, by=by, at=at, kind=kind, expected=expected, rows=written)
    return mailing


def _batches(rows: Iterable[Draft]) -> Iterator[list[Draft]]:
    drafts = iter(rows)
    while batch := list(islice(drafts, _AT_A_TIME)):
        yield batch


def _message(draft: Draft, shared: dict[str, Any]) -> Message:
    fields = {**vars(draft), **shared}
    try:
        return made(**fields)
    except AddressRefused as refusal:
        return _unsendable(fields, refusal.code)


def _unsendable(fields: dict[str, Any], code: str) -> Message:
    """A row that counts, and that nobody can mail: it keeps neither the address nor the name that were refused."""
    cleaned = fields | {"to_address": "", "to_name": "", "reply_to": "", "in_reply_to": "", "unsubscribe_url": ""}
    subject = " ".join(fields["subject"].split())
    message = made(**cleaned | {"subject": subject, "postal_address": fields["postal_address"] or "-"})
    message.failed_because = code
    if not fields["postal_address"].strip():
        message.state, message.postal_address = MessageState.FAILED, ""
    return message


def _save(messages: list[Message]) -> None:
    try:
        with transaction.atomic():
            Message.objects.bulk_create(messages)
    except IntegrityError as error:
        raise MailingRefused(
            _("The same address stands twice in the mailing, or the mailing has been written before. Nothing is sent."),
            code="address-twice",
        ) from error
