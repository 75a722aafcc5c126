"""Bounces: read whatever the server wrote, counted once, and only what we sent leaves a trace."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from samspel.kernel.audit import SYSTEM
from samspel.kernel.audit.models import AuditEntry
from samspel.post.models import AddressTrouble, BounceSeen, Message, MessageState
from samspel.post.operations import bounces as taking
from samspel.post.queries import addresses
from samspel.post.rules import bounces
from samspel.post.rules.bounces import Bounce, Verdict

from .conftest import NOW
from .somebody import people

__all__ = ["people"]

KEY = UUID("5b6f0c52-7f0e-4a6e-9d0f-0a1b2c3d4e5f")


def dsn(
    status: str = "5.1.1",
    *,
    action: str = "failed",
    key: UUID | None = KEY,
    recipient: str = "Astrid@Kommunen.example",
    diagnosis: str = "smtp; 550 5.1.1 no such user",
    message_id: str = "<bounce@mx.example>",
) -> bytes:
    """A delivery status notification as RFC 3464 has it."""
    returned = f"Message-ID: <{key}@samspel.example>\r\nSubject: Kallelse\r\n" if key else "Subject: x\r\n"
    return (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: studs@samspel.example\r\n"
        f"Subject: Undelivered\r\nMessage-ID: {message_id}\r\nAuto-Submitted: auto-replied\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour mail did not arrive.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {diagnosis}\r\n"
        f"\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{returned}\r\n--b--\r\n"
    ).encode()


def plain(words: str, **headers: str) -> bytes:
    """A bounce as some servers write it, in words alone."""
    mail = EmailMessage()
    mail["From"] = "MAILER-DAEMON@mx.example"
    mail["To"] = "studs@samspel.example"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail.as_bytes()


def test_a_status_notification_tells_message_address_and_code():
    read = bounces.read(dsn())

    assert read.verdict is Verdict.BOUNCE
    assert read.bounces == (Bounce(KEY, "astrid@kommunen.example", is_hard=True, code="5.1.1"),)


@pytest.mark.parametrize(
    ("status", "diagnosis", "is_hard", "code"),
    [
        ("5.1.1", "", True, "5.1.1"),
        ("5.1.10", "", True, "5.1.10"),
        ("5.2.1", "", True, "5.2.1"),
        ("5.4.4", "", True, "5.4.4"),
        ("5.0.0", "smtp; 550 5.1.1 unknown", True, "5.1.1"),
        ("5.0.0", "smtp; 550 User unknown", True, "5.0.0"),
        ("5.0.0", "smtp; 550 go away", False, "5.0.0"),
        ("5.2.2", "smtp; 552 mailbox full", False, "5.2.2"),
        ("5.3.4", "message too big", False, "5.3.4"),
        ("5.7.1", "smtp; 550 5.7.1 looks like junk", False, "5.7.1"),
        ("5.7.1", "smtp; 550 5.7.1 recipient unknown", True, "5.7.1"),
        ("4.4.7", "smtp; 451 expired", False, "4.4.7"),
        ("4.2.2", "", False, "4.2.2"),
        ("", "smtp; 550 gone fishing", False, "smtp-550"),
        ("nonsense", "", False, "unknown"),
    ],
)  # fmt: skip
def test_hard_is_only_what_says_that_the_address_is_gone(status, diagnosis, is_hard, code):
    (bounce,) = bounces.read(dsn(status, diagnosis=diagnosis)).bounces

    assert (bounce.is_hard, bounce.code) == (is_hard, code)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_still_tried_or_arrived_is_no_bounce(action):
    read = bounces.read(dsn("4.4.1", action=action))

    assert (read.verdict, read.bounces) == (Verdict.NEWS, ())


@pytest.mark.parametrize(
    ("raw", "bounce"),
    [
        (
            plain(f"<astrid@kommunen.example>: 550 5.1.1 unknown\n\nMessage-ID: <{KEY}@samspel.example>"),
            Bounce(KEY, "astrid@kommunen.example", True, "5.1.1"),
        ),
        (
            plain("550 no such user here", X_Failed_Recipients="astrid@kommunen.example"),
            Bounce(None, "astrid@kommunen.example", True, "smtp-550"),
        ),
        (
            plain("Okänd mottagare: astrid@kommunen.example.", In_Reply_To=f"<{KEY}@samspel.example>"),
            Bounce(KEY, "astrid@kommunen.example", True, "unknown"),
        ),
        (plain("Sorry.", Delivered_To=f"studs+{KEY.hex}@samspel.example"), Bounce(KEY, "", False, "unknown")),
    ],
)
def test_odd_bounces_are_read_by_what_there_is(raw, bounce):
    assert bounces.read(raw).bounces == (bounce,)


def test_somebody_away_and_ordinary_mail_are_no_bounces():
    away, ordinary = EmailMessage(), EmailMessage()
    for mail in (away, ordinary):
        mail["From"] = "astrid@kommunen.example"
        mail.set_content("Jag är tillbaka 550 5.1.1.")
    away["Auto-Submitted"] = "auto-replied"

    assert bounces.read(away.as_bytes()).verdict is Verdict.AUTO_REPLY
    assert bounces.read(ordinary.as_bytes()).verdict is Verdict.OTHER
    assert bounces.read(b"").verdict is Verdict.UNREADABLE


@hypothesis_settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 700))
def test_a_notification_with_anything_in_it_is_read_without_falling(noise, at):
    raw = dsn()
    at = min(at, len(raw))

    assert isinstance(bounces.read(raw[:at] + noise + raw[at:]).verdict, Verdict)


@pytest.fixture
def sent(db, write):
    """A message that has left."""

    def one(**facts) -> Message:
        message = write(at=NOW, **facts)
        Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=NOW, body="")
        return message

    return one


def test_a_hard_bounce_marks_message_and_address_and_tells_no_name_in_the_audit(sent):
    message = sent()

    taken = taking.take_in(raw=dsn(key=message.key), at=NOW)

    message.refresh_from_db()
    assert (taken.ours, taken.unknown) == (1, 0)
    assert (message.state, message.failed_because) == (MessageState.BOUNCED, "bounce-5.1.1")
    found = addresses.troubled(["Astrid@kommunen.example", "bo@kommunen.example", ""], NOW)
    assert list(found) == ["Astrid@kommunen.example"]
    assert found["Astrid@kommunen.example"].code == "bounce-5.1.1"
    entries = list(
        AuditEntry.objects.filter(action__startswith="post.").order_by("pk").values_list("action", flat=True)
    )
    assert entries == ["post.message.bounced", "post.address.troubled"]
    assert "astrid" not in str(list(AuditEntry.objects.values())).lower()


def test_the_same_bounce_counts_once_however_it_comes(sent):
    message = sent()
    taking.take_in(raw=dsn("4.4.7", key=message.key), at=NOW)

    again = taking.take_in(raw=b"Received: by mx\r\n" + dsn("4.4.7", key=message.key), at=NOW)

    assert again.is_repeat
    assert AddressTrouble.objects.get().soft_count == 1
    assert BounceSeen.objects.count() == 1


def _bounce_softly(sent, days: int) -> None:
    raw = dsn("4.4.7", key=sent().key, message_id=f"<{uuid4()}@mx.example>")
    taking.take_in(raw=raw, at=NOW + timedelta(days=days))


def test_three_soft_bounces_within_two_weeks_count_and_then_cool_off(sent):
    address = "astrid@kommunen.example"
    for days in (0, 5):
        _bounce_softly(sent, days)
    assert addresses.troubled([address], NOW + timedelta(days=5)) == {}

    _bounce_softly(sent, 10)

    assert list(addresses.troubled([address], NOW + timedelta(days=10))) == [address]
    assert list(addresses.troubled([address], NOW + timedelta(days=24))) == [address]
    assert addresses.troubled([address], NOW + timedelta(days=25)) == {}


def test_soft_bounces_far_apart_never_add_up(sent):
    for days in (0, 15, 30, 45):
        _bounce_softly(sent, days)

    assert AddressTrouble.objects.get().soft_count == 1


def test_nobody_puts_an_address_in_doubt_by_writing_to_us(sent, write):
    waiting = write(at=NOW, to_address="bo@kommunen.example")
    for key in (uuid4(), waiting.key, None):
        taken = taking.take_in(raw=dsn(key=key, recipient="bo@kommunen.example", message_id=f"<{key}@x>"), at=NOW)
        assert (taken.ours, taken.unknown) == (0, 1)

    waiting.refresh_from_db()
    assert waiting.state == MessageState.WAITING
    assert not AddressTrouble.objects.exists()


def test_a_bounce_that_names_no_message_is_about_the_last_one_and_only_in_doubt(sent):
    old, last = sent(), sent()
    Message.objects.filter(pk=old.pk).update(sent_at=NOW - timedelta(days=1))

    taken = taking.take_in(raw=dsn(key=None), at=NOW + timedelta(hours=1))

    last.refresh_from_db()
    old.refresh_from_db()
    assert (taken.ours, last.state, old.state) == (1, MessageState.BOUNCED, MessageState.SENT)
    trouble = AddressTrouble.objects.get()
    assert (trouble.hard_at, trouble.soft_count) == (None, 1)


def test_where_bounces_come_to_an_address_with_the_key_one_without_it_counts_for_nothing(sent, settings):
    settings.SAMSPEL_BOUNCES_TO = "studs+{key}@samspel.example"
    message = sent()

    taken = taking.take_in(raw=dsn(key=None), at=NOW + timedelta(hours=1))

    message.refresh_from_db()
    assert (taken.ours, taken.unknown, message.state) == (0, 1, MessageState.SENT)
    assert not AddressTrouble.objects.exists()


def test_an_address_that_works_again_is_cleared_by_the_agency_or_the_system_and_nobody_else(sent, people):
    address = "astrid@kommunen.example"
    for number in range(2):
        taking.note_trouble(address=address, code="smtp-550-5.1.1", is_hard=True, at=NOW)
        with pytest.raises(PermissionDenied):
            taking.clear_trouble(address=address, by=people.outsider, at=NOW)
        assert list(addresses.troubled([address], NOW)) == [address]
        taking.clear_trouble(address=address, by=(people.administrator, SYSTEM)[number], at=NOW)
        assert addresses.troubled([address], NOW) == {}


def test_troubled_addresses_are_asked_for_in_one_query_however_many(sent, django_assert_num_queries):
    for number in range(3):
        taking.note_trouble(address=f"a{number}@x.example", code="x", is_hard=True, at=NOW)

    for asked in (1, 3):
        with django_assert_num_queries(1):
            assert len(addresses.troubled([f"a{number}@x.example" for number in range(asked)], NOW)) == asked


def test_a_new_address_clears_what_was_known_of_the_old_one(people):
    from samspel.accounts.operations import addresses as own

    person, old = people.outsider, people.outsider.email
    taking.note_trouble(address=old, code="smtp-550-5.1.1", is_hard=True, at=NOW)

    own.correct(person=person, new_email="ny@kommunen.example", by=people.administrator, at=NOW)

    assert addresses.troubled([old, "ny@kommunen.example"], NOW) == {}
