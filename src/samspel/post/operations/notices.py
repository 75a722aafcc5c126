"""Notices: a template and what it is about become a message in HTML and text, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from samspel.kernel import jobs
from samspel.post.models import Mailing, Message, Sender
from samspel.post.operations.messages import NAME_LENGTH, made, write, write_each
from samspel.post.queries import notices
from samspel.post.rules.notices import one_line


@dataclass(frozen=True)
class Addressee:
    """Who gets a notice: address, name, key (a person's, as a value), language, and where paper goes, as lines."""

    address: str
    name: str = ""
    key: UUID | None = None
    language: str = "sv"
    postal_address: str = ""


def send(
    *,
    template: str,
    to: Addressee,
    context: Mapping[str, Any],
    at: datetime,
    kind: str | None = None,
    lane: str = jobs.URGENT,
    sender: Sender | None = None,
    idempotency_key: str | None = None,
    good_for: timedelta | None = None,
    forget_after: timedelta | None = None,
    mailing: Mailing | None = None,
    in_reply_to: str = "",
    reply_to: str = "",
) -> Message:
    """Write a notice to one receiver; it leaves when the caller's transaction is committed.

    template: `<app>/notices/<name>.html`; it extends `post/notice.html`. kind: `<app>.<name>` if nothing is said.
    sender: None is the house itself. idempotency_key: the same deed asked for twice writes one message.
    """
    words = notices.composed(template, context, to_name=to.name, language=_language(to), sender=sender)
    return write(
        kind=kind or kind_of(template),
        to_address=to.address,
        to_name=one_line(to.name)[:NAME_LENGTH],
        to_key=to.key,
        postal_address=to.postal_address,
        language=_language(to),
        subject=words.subject,
        body=words.text,
        body_html=words.html,
        at=at,
        lane=lane,
        sender=sender,
        idempotency_key=idempotency_key,
        good_for=good_for,
        forget_after=forget_after,
        mailing=mailing,
        in_reply_to=in_reply_to,
        reply_to=reply_to,
        template=template,
        template_version=words.version,
    )


def send_each(
    *,
    template: str,
    to: Iterable[tuple[Addressee, Mapping[str, Any]]],
    at: datetime,
    lane: str = jobs.BULK,
) -> list[Message]:
    """One notice to many receivers, each with what it is about to her: two statements however many."""
    return write_each([unsaved(template, one, context, at=at, lane=lane) for one, context in to], lane=lane)


def unsaved(
    template: str,
    to: Addressee,
    context: Mapping[str, Any],
    *,
    at: datetime,
    lane: str = jobs.BULK,
    good_until: datetime | None = None,
    forget_at: datetime | None = None,
) -> Message:
    """A notice to one receiver that is not written yet, for `messages.write_each`. Raises AddressRefused."""
    words = notices.composed(template, context, to_name=to.name, language=_language(to))
    return made(
        kind=kind_of(template),
        to_address=to.address,
        to_name=one_line(to.name)[:NAME_LENGTH],
        to_key=to.key,
        postal_address=to.postal_address,
        language=_language(to),
        lane=lane,
        subject=words.subject,
        body=words.text,
        body_html=words.html,
        reply_to="",
        in_reply_to="",
        template=template,
        template_version=words.version,
        written_at=at,
        due_at=at,
        good_until=good_until,
        forget_at=forget_at,
    )


def kind_of(template: str) -> str:
    """`registry/notices/appointed.html` is of the kind `registry.appointed`."""
    app, _, name = template.partition("/notices/")
    return f"{app}.{name.removesuffix('.html')}"


def _language(to: Addressee) -> str:
    return to.language if to.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
