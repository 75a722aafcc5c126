"""Post's part of the demo: senders, a mailing that leaves, and one of each thing that can become of a mail.

Everybody here is invented; addresses end in .example, and the demo's own mail server keeps all that is sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.working_days import working_day_from
from samspel.post.models import Mailing, Message, MessageState, Sender
from samspel.post.operations import bounces, mailings, notices
from samspel.post.operations.mailings import Draft
from samspel.post.operations.notices import Addressee
from samspel.post.operations.sweeping import WORKER_DIED
from samspel.post.queries import notices as composing

SENDERS = [
    (
        "malarstrands-hogskola",
        "Mälarstrands högskola",
        "natverk@malarstrand.example",
        "#7a1f3d",
        "Nätverken, rum B 214",
    ),
    ("norra-larosatet", "Norra lärosätet", "ruc@norrlarosatet.example", "#1d4f2b", "Regionalt utvecklingscentrum"),
]
MEETING = "post/notices/demo_meeting.html"
KIND = "demo.meeting"
INVITED = [
    ("elin.sandell@bjorkforsen.example", "Elin Sandell"),
    ("karin.ahl@bjorkforsen.example", "Karin Ahl"),
    ("jamila.nur@almvik.example", "Jamila Nur"),
    ("david.lilja@trekanalen.example", "David Lilja"),
    ("sara.blom@glantan.example", "Sara Blom"),
    ("ida.norberg@norrlillan.example", "Ida Norberg"),
    ("hedda.malm@trekanalen.example", "Hedda Malm"),
    ("maja.ekvall@granvik.example", "Maja Ekvall"),
]
ON_PAPER = ("Åsmo friskola", "Ekonomisk förening Åsmo\nSkolbacken 4\n000 09 Åsmo")
GONE = ("oskar.thelin@akersunda.example", "Oskar Thelin")
DOUBTED = ("lisbet.gren@akersunda.example", "Lisbet Gren")
BOUNCE = """From: MAILER-DAEMON@mx.akersunda.example
Subject: Undelivered mail
Message-ID: <demo-{key}@mx.akersunda.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <{key}@localhost>

--b--
"""


@transaction.atomic
def fill() -> None:
    """Add what is not there yet, and nothing twice."""
    at = timezone.now()
    senders = [_sender(*row) for row in SENDERS]
    if Mailing.objects.filter(kind=KIND).exists():
        return
    mailings.write(
        kind=KIND,
        title="Kallelse till nätverksmöte",
        expected=len(INVITED) + 1,
        rows=_invitations(at, senders[0]),
        by=SYSTEM,
        at=at,
        sender=senders[0],
    )
    _come_back(at - timedelta(days=2), senders[0])
    _be_in_doubt(at - timedelta(hours=3), senders[1])


def _sender(slug: str, name: str, address: str, colour: str, signature: str) -> Sender:
    facts = {"name": name, "from_address": address, "reply_to": address, "colour": colour}
    return Sender.objects.get_or_create(slug=slug, defaults={**facts, "signature": f"{name}. {signature}"})[0]


def _context(at: datetime) -> dict[str, object]:
    today = timezone.localdate(at)
    return {
        "on": working_day_from(today + timedelta(days=21)),
        "answer_by": working_day_from(today + timedelta(days=14)),
    }


def _invitations(at: datetime, sender: Sender) -> Iterator[Draft]:
    for address, name in [*INVITED, ("", ON_PAPER[0])]:
        made = composing.composed(MEETING, _context(at), to_name=name, language="sv", sender=sender)
        yield Draft(
            to_address=address,
            to_name=name,
            subject=made.subject,
            body=made.text,
            body_html=made.html,
            postal_address="" if address else ON_PAPER[1],
            template=MEETING,
            template_version=made.version,
        )


def _left(to: tuple[str, str], at: datetime, sender: Sender, **facts: object) -> Message:
    """A message that is not waiting any more; its job, which would send it, finds nothing to do."""
    message = notices.send(
        template=MEETING, to=Addressee(*to), context=_context(at), at=at, sender=sender, kind="demo.question"
    )
    Message.objects.filter(pk=message.pk).update(attempts=1, **facts)
    return message


def _come_back(at: datetime, sender: Sender) -> None:
    message = _left(GONE, at, sender, state=MessageState.SENT, sent_at=at, body="", body_html="")
    bounces.take_in(raw=BOUNCE.format(key=message.key, address=GONE[0]).encode(), at=at + timedelta(minutes=4))


def arrive(*, mailing_key: UUID, at: datetime, come_back: int = 0) -> None:
    """Let a mailing of an app above have left at its time, and so many of its mails have come back since.

    Its jobs, which would send it, find nothing to do.
    """
    _leave(Message.objects.filter(mailing__key=mailing_key), at)
    for message in Message.objects.filter(mailing__key=mailing_key, state=MessageState.SENT).order_by("-pk")[
        :come_back
    ]:
        raw = BOUNCE.format(key=message.key, address=message.to_address)
        bounces.take_in(raw=raw.encode(), at=at + timedelta(minutes=4))


def arrive_alone(*, keys: Collection[UUID], at: datetime) -> None:
    """Let mails that an app above wrote one by one have left at their time."""
    _leave(Message.objects.filter(key__in=keys), at)


def _leave(messages: QuerySet[Message], at: datetime) -> None:
    left = messages.filter(state=MessageState.WAITING)
    left.update(state=MessageState.SENT, sent_at=at, attempts=1, body="", body_html="")


def _be_in_doubt(at: datetime, sender: Sender) -> None:
    _left(DOUBTED, at, sender, state=MessageState.IN_DOUBT, claimed_at=at, failed_because=WORKER_DIED)
