"""Bounces: a mail that tells of one that did not arrive is taken in once, and leaves a trace on message and address."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.permissions import AGENCY, Place
from samspel.post import permissions
from samspel.post.models import AddressTrouble, BounceSeen, Message, MessageState
from samspel.post.rules import bounces
from samspel.post.rules.bounces import Bounce, Verdict
from samspel.post.rules.headers import folded

# A bounce that names no message of ours is held to be about the last mail to that address, if it is this new.
RECENT = timedelta(days=5)
# What has left, or may have.
_LEFT = (MessageState.SENT, MessageState.IN_DOUBT)


@dataclass(frozen=True)
class Taken:
    """What became of one mail: what it was, whether it was known already, and how many of its bounces were ours."""

    verdict: Verdict
    is_repeat: bool = False
    ours: int = 0
    unknown: int = 0


@transaction.atomic
def take_in(*, raw: bytes, at: datetime) -> Taken:
    """Read a mail from the mailbox of bounces; whatever comes, and however often, it counts once and never raises.

    A bounce has an effect only on a message that we sent. One that does not tell its key, which strangers cannot know,
    never stops mail to an address; and where all bounces come to addresses with a key in them, it counts for nothing.
    """
    found = bounces.read(raw)
    if found.verdict is not Verdict.BOUNCE:
        return Taken(found.verdict)
    _seen, is_new = BounceSeen.objects.get_or_create(digest=_digest(raw, found), defaults={"seen_at": at})
    if not is_new:
        return Taken(found.verdict, is_repeat=True)
    ours = sum(_note(bounce, at) for bounce in found.bounces)
    return Taken(found.verdict, ours=ours, unknown=len(found.bounces) - ours)


@transaction.atomic
def note_trouble(*, address: str, code: str, is_hard: bool, at: datetime) -> None:
    """An address did not take a mail, for good or for now. Three times for now within two weeks count as for good."""
    trouble, _made = AddressTrouble.objects.select_for_update().get_or_create(address=folded(address))
    trouble.because = code[:100]
    if is_hard:
        trouble.hard_at = at
    else:
        is_lately = trouble.soft_at is not None and at - trouble.soft_at <= timedelta(days=bounces.SOFT_DAYS)
        trouble.soft_count = trouble.soft_count + 1 if is_lately else 1
        trouble.soft_at = at
    trouble.save(update_fields=["because", "hard_at", "soft_at", "soft_count"])
    record(action="post.address.troubled", on=trouble, by=SYSTEM, at=at, code=code[:100], is_hard=is_hard)


@transaction.atomic
def clear_trouble(*, address: str, by: Any, at: datetime, place: Place = AGENCY) -> None:
    """Somebody says that an address works (again), or it is no longer anybody's; the next bounce puts it back.

    place: the organization whose address it is, as the caller knows it. Raises PermissionDenied.
    """
    permissions.require_clear(by, at, place)
    trouble = AddressTrouble.objects.select_for_update().filter(address=folded(address)).first()
    if trouble is not None:
        record(action="post.address.cleared", on=trouble, by=by, at=at, code=trouble.because)
        trouble.delete()


def _note(bounce: Bounce, at: datetime) -> bool:
    """Whether the bounce is about a message of ours; if so it is marked, and its address put in doubt."""
    message = _message(bounce, at)
    if message is None:
        return False
    if message.state == MessageState.BOUNCED:
        return True
    is_hard = bounce.is_hard and bounce.key is not None
    code = f"bounce-{bounce.code}"
    message.state, message.failed_because = MessageState.BOUNCED, code
    message.save(update_fields=["state", "failed_because"])
    record(action="post.message.bounced", on=message, by=SYSTEM, at=at, code=code, is_hard=is_hard)
    # Where a mail was sent on to is the receiver's own affair: it is the address we know that does not work.
    if message.to_address:
        note_trouble(address=message.to_address, code=code, is_hard=is_hard, at=at)
    return True


def _message(bounce: Bounce, at: datetime) -> Message | None:
    left = Message.objects.select_for_update(of=("self",))
    if bounce.key is not None:
        return left.filter(key=bounce.key, state__in=[*_LEFT, MessageState.BOUNCED]).first()
    if "{key}" in settings.SAMSPEL_BOUNCES_TO:
        return None
    recent = left.filter(to_address=bounce.recipient, state__in=_LEFT, sent_at__gt=at - RECENT, sent_at__lte=at)
    return recent.order_by("-sent_at").first() if bounce.recipient else None


def _digest(raw: bytes, found: bounces.Read) -> str:
    """The same bounce from a mailbox and from a file differs in its heads of transport; its own id does not."""
    told = repr((found.message_id, found.bounces)).encode() if found.message_id else raw
    return hashlib.sha256(told).hexdigest()
