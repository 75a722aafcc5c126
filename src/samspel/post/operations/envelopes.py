"""A message as the mail that is handed to the server."""

from __future__ import annotations

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from samspel.post.models import Message


def mail(message: Message) -> EmailMultiAlternatives:
    """The mail of a message. Its Message-ID is always the same, so that a repeat is known as one."""
    headers = {
        "From": _from(message),
        "Message-ID": message_id(message),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.in_reply_to:
        headers |= {"In-Reply-To": message.in_reply_to, "References": message.in_reply_to}
    if message.unsubscribe_url:
        headers |= {
            "List-Unsubscribe": f"<{message.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    made = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=_bounces_to(message),
        to=[formataddr((message.to_name, message.to_address)) if message.to_name else message.to_address],
        reply_to=[answers] if (answers := _reply_to(message)) else None,
        headers=headers,
    )
    if message.body_html:
        made.attach_alternative(message.body_html, "text/html")
    return made


def message_id(message: Message) -> str:
    """`<key@domain>`, by which an answer or a bounce finds its message."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "samspel"
    return f"<{message.key}@{domain}>"


def _from(message: Message) -> str:
    sender = message.sender
    return formataddr((sender.name, sender.from_address)) if sender else settings.DEFAULT_FROM_EMAIL


def _reply_to(message: Message) -> str:
    house = settings.SAMSPEL_REPLY_TO if settings.SAMSPEL_REPLY_TO != settings.DEFAULT_FROM_EMAIL else ""
    return message.reply_to or (message.sender.reply_to if message.sender else house)


def _bounces_to(message: Message) -> str:
    """Where the receiving servers tell that it did not arrive (the envelope's sender), not shown to her who reads."""
    return settings.SAMSPEL_BOUNCES_TO.replace("{key}", message.key.hex) or _from(message)
