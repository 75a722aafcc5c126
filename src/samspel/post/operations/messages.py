"""Write a message and its job in the caller's transaction; forget whom it went to in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from samspel.kernel import jobs
from samspel.post import queries
from samspel.post.models import Mailing, Message, MessageState, Sender
from samspel.post.operations.refusals import AddressRefused
from samspel.post.rules import headers

DELIVER = "post.deliver"
SUBJECT_LENGTH = 300
NAME_LENGTH = 200
# What is worth sending for a short time only is what somebody waits for at the screen.
_FIRST = 5


@transaction.atomic
def write(
    *,
    kind: str,
    to_address: str,
    subject: str,
    body: str,
    at: datetime,
    to_key: UUID | None = None,
    to_name: str = "",
    postal_address: str = "",
    language: str = "sv",
    lane: str = jobs.URGENT,
    good_for: timedelta | None = None,
    forget_after: timedelta | None = None,
    idempotency_key: str | None = None,
    mailing: Mailing | None = None,
    sender: Sender | None = None,
    body_html: str = "",
    reply_to: str = "",
    unsubscribe_url: str = "",
    in_reply_to: str = "",
    template: str = "",
    template_version: str = "",
) -> Message:
    """A message row and the job that delivers it; both are gone if the transaction is rolled back.

    good_for: how long it is worth sending (None: for ever). forget_after: when the address is deleted.
    idempotency_key: the same key again changes nothing and gives the first row. Without an address but with a postal
    one it is a letter on paper, and gets no job. Raises AddressRefused for what cannot stand in a mail.
    """
    if idempotency_key is not None and (first := Message.objects.filter(idempotency_key=idempotency_key).first()):
        return first
    message = made(
        kind=kind, to_address=to_address, to_key=to_key, to_name=to_name, postal_address=postal_address,
        language=language, lane=lane, subject=subject, body=body, body_html=body_html, reply_to=reply_to,
        unsubscribe_url=unsubscribe_url,
        in_reply_to=in_reply_to, template=template, template_version=template_version, mailing=mailing, sender=sender,
        idempotency_key=idempotency_key, written_at=at, due_at=at,
        good_until=at + good_for if good_for else None, forget_at=at + forget_after if forget_after else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if idempotency_key is None:
            raise
        return Message.objects.get(idempotency_key=idempotency_key)
    if message.state == MessageState.WAITING:
        queue_delivery(message)
    return message


@transaction.atomic
def write_each(messages: Sequence[Message], *, lane: str) -> list[Message]:
    """Many messages as `made` makes them, due at once and of one lane, and the jobs that deliver them: two statements
    however many."""
    written = Message.objects.bulk_create(messages, batch_size=1_000)
    waiting = [{"message_key": str(one.key)} for one in written if one.state == MessageState.WAITING]
    jobs.queue_each(DELIVER, waiting, lane=lane)
    return written


def queue_delivery(message: Message) -> None:
    """The job that delivers one message when it is due: one waits at a time."""
    jobs.queue(
        DELIVER,
        lane=message.lane,
        not_before=None if message.due_at == message.written_at else message.due_at,
        priority=_FIRST if message.good_until else 0,
        message_key=str(message.key),
    )


def made(*, to_address: str, subject: str, body: str, body_html: str, **fields: Any) -> Message:
    """A message that is not saved yet, each part fit to stand in a mail. Raises AddressRefused."""
    address, subject = headers.folded(to_address), subject.strip()
    _require_heads(fields, address=address, subject=subject)
    if address:
        _require_address(address)
    elif not fields["postal_address"].strip():
        raise AddressRefused(_("There is neither a mail address nor a postal address to send to."), code="no-address")
    return Message(
        to_address=address,
        domain=headers.domain_of(address),
        subject=subject[:SUBJECT_LENGTH],
        body=_text(body),
        body_html=_text(body_html),
        state=MessageState.WAITING if address else MessageState.PAPER,
        **{**fields, "postal_address": _text(fields["postal_address"])},
    )


def _require_heads(fields: dict[str, Any], *, address: str, subject: str) -> None:
    """Nothing that becomes a header holds a line break: it would begin a header of somebody else's choosing."""
    one_line = {
        "address": (address, _("The mail address has a line break or a control character in it.")),
        "subject": (subject, _("The subject has a line break or a control character in it. Write it on one line.")),
        "name": (fields["to_name"], _("The receiver's name has a line break or a control character in it.")),
        "reply-to": (fields["reply_to"], _("The reply address has a line break or a control character in it.")),
        "unsubscribe": (
            fields.get("unsubscribe_url", ""),
            _("The address for unsubscribing has a line break in it."),
        ),
        "in-reply-to": (fields["in_reply_to"], _("The mail that this answers is told with a line break in it.")),
    }
    for part, (text, sentence) in one_line.items():
        if not headers.is_one_line(text):
            raise AddressRefused(sentence, code=f"line-break-{part}")
    if len(fields["to_name"]) > NAME_LENGTH:
        raise AddressRefused(_("The receiver's name is too long."), code="name-too-long")
    if fields["reply_to"]:
        _require_address(fields["reply_to"])


def _require_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise AddressRefused(_("This is not a mail address."), code="not-an-address") from error
    if len(address) > Message._meta.get_field("to_address").max_length:
        raise AddressRefused(_("The mail address is too long."), code="address-too-long")


def _text(words: str) -> str:
    # The database keeps no NUL, and no mail needs one.
    return words.replace("\x00", "")


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Delete to whom messages went, where their time is over, and words kept long enough; counts stay.

    Returns how many addresses were forgotten.
    """
    queries.words_kept_long_enough(at).update(body="", body_html="")
    return queries.to_forget(at).update(
        to_address="", to_name="", to_key=None, postal_address="", reply_to="", unsubscribe_url="",
        body="", body_html="", forget_at=None,
    )  # fmt: skip
