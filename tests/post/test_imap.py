"""A mailbox by IMAP: each mail is handed over once, what cannot be taken is kept in sight, no password is told."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from samspel.post import tasks
from samspel.post.models import Message, MessageState
from samspel.post.operations import fetching
from samspel.post.operations.fetching import Fetched, Mailbox, MailboxRefused

from .conftest import NOW
from .test_bounces import dsn

FIRST, SECOND = b"Subject: ett\r\n\r\nHej\r\n", b"Subject: tv\xc3\xa5\r\n\r\nd\xc3\xa5\r\n"


def test_every_mail_is_handed_over_once_as_it_came_and_counts_as_read(imap):
    box, taken = Mailbox.of(imap.address), []
    imap.append(FIRST)
    imap.append(SECOND)

    assert fetching.fetch(box, taken.append) == Fetched(taken=2)
    assert fetching.fetch(box, taken.append) == Fetched()

    assert taken == [FIRST, SECOND]
    assert imap.flags() == [("\\Seen",), ("\\Seen",)]


def test_what_is_taken_is_moved_to_the_folder_for_it(imap):
    imap.append(FIRST)

    fetching.fetch(Mailbox.of(f"{imap.address}/INBOX?done=Behandlat"), lambda raw: None)

    assert (imap.flags(), imap.flags("Behandlat")) == ([], [("\\Seen",)])


def test_a_mail_that_cannot_be_taken_is_flagged_and_kept_and_the_next_is_taken(imap):
    taken = []

    def take(raw: bytes) -> None:
        if raw == FIRST:
            raise RuntimeError
        taken.append(raw)

    imap.append(FIRST)
    imap.append(SECOND)

    assert fetching.fetch(Mailbox.of(imap.address), take) == Fetched(taken=1, left=1, flagged=1)
    assert fetching.fetch(Mailbox.of(imap.address), take) == Fetched(flagged=1)
    assert (taken, imap.flags()) == ([SECOND], [("\\Flagged",), ("\\Seen",)])


def test_a_database_that_is_gone_leaves_the_mail_as_it_was(imap):
    def take(raw: bytes) -> None:
        raise OperationalError

    imap.append(FIRST)

    with pytest.raises(OperationalError):
        fetching.fetch(Mailbox.of(imap.address), take)

    assert imap.flags() == [()]


def test_a_mail_that_is_too_large_is_handed_over_as_its_head(imap, monkeypatch):
    taken = []
    monkeypatch.setattr(fetching.mails, "MOST_BYTES", 20)
    imap.append(b"Subject: stort\r\n\r\n" + b"x" * 100)

    fetching.fetch(Mailbox.of(imap.address), taken.append)

    assert taken == [b"Subject: stort\r\n\r\n"]


def test_wrong_password_and_missing_folder_and_closed_port_are_told_without_the_password(imap):
    wrong = imap.address.replace("hemligt-ord", "fel-ord")
    closed = imap.address.replace(str(imap.port), "9")
    for address in (wrong, f"{imap.address}/Finns-inte", closed):
        with pytest.raises(MailboxRefused) as refusal:
            fetching.fetch(Mailbox.of(address), lambda raw: None)
        assert "ord" not in str(refusal.value)


@pytest.mark.parametrize(
    "address", ["", "pop3://a:b@c", "imaps://host", "imap://a:b@mail.example", "imaps://a:b@c:99999", "imaps://a@[::1"]
)
def test_an_address_that_cannot_be_used_is_refused_in_words(address):
    with pytest.raises(MailboxRefused) as refusal:
        Mailbox.of(address)

    assert str(refusal.value)


def test_an_address_is_read_whole():
    box = Mailbox.of("imaps://studs%40x.example:p%2Fw@mail.x.example/In%20box/Studs?done=Klart")

    assert box == Mailbox("imaps", "mail.x.example", 993, "studs@x.example", "p/w", "In box/Studs", "Klart")


@pytest.mark.django_db
def test_the_job_takes_in_bounces_from_the_mailbox(imap, write, settings):
    settings.SAMSPEL_BOUNCES_IMAP = imap.address
    message = write(at=NOW)
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=NOW)
    imap.append(dsn(key=message.key))
    imap.append(b"\xff\x00 nothing at all")

    tasks.fetch_bounces(timestamp=0)

    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED
    assert imap.flags() == [("\\Seen",), ("\\Seen",)]


def test_the_job_does_nothing_where_there_is_no_mailbox(settings):
    settings.SAMSPEL_BOUNCES_IMAP = ""

    assert tasks.fetch_bounces(timestamp=0) is None
