"""Just before a mail is handed over, whoever wrote it is asked whether what it says still holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samspel.kernel.audit import SYSTEM
from samspel.post import operations, queries
from samspel.post.models import Message, MessageState
from samspel.post.operations import NO_LONGER_TRUE, mailings
from samspel.post.operations.mailings import Draft
from samspel.post.queries import handed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def untrue(monkeypatch):
    """Addresses to which what is said in mails of the kind `test.date` does not hold any more."""
    addresses: set[str] = set()
    shelf = handed.HandedDown()
    shelf.add("test.date", lambda message, at: message.to_address not in addresses)
    monkeypatch.setattr("samspel.post.operations.claims.still_true", shelf)
    return addresses


def ends():
    return list(Message.objects.order_by("to_address").values_list("state", "failed_because"))


@pytest.mark.parametrize("good_for", [None, timedelta(hours=1)])
def test_what_does_not_hold_any_more_is_never_handed_over_and_needs_nobody(write, work, mail_server, untrue, good_for):
    write(kind="test.date", to_address="a@x.example", good_for=good_for)
    write(kind="test.date", to_address="b@x.example", good_for=good_for)
    untrue.add("a@x.example")

    work()

    assert [mail["To"] for mail in mail_server.messages] == ["b@x.example"]
    assert ends() == [(MessageState.FAILED, NO_LONGER_TRUE), (MessageState.SENT, "")]
    assert not queries.failed_unseen().exists()


def test_mails_of_other_kinds_are_asked_of_nobody(write, work, mail_server, untrue):
    untrue.add("astrid@kommunen.example")
    write(kind="test.other")

    work()

    assert len(mail_server.messages) == 1


def test_rows_of_a_mailing_are_asked_one_by_one(work, mail_server, untrue):
    rows = [Draft(to_address=f"{name}@x.example", subject="Lämna in", body="Senast 15 mars") for name in "abc"]
    mailings.write(kind="test.date", title="Datum", expected=3, rows=rows, by=SYSTEM, at=timezone.now())
    untrue.update(["a@x.example", "c@x.example"])

    work()

    assert [mail["To"] for mail in mail_server.messages] == ["b@x.example"]
    not_sent = (MessageState.FAILED, NO_LONGER_TRUE)
    assert ends() == [not_sent, (MessageState.SENT, ""), not_sent]


def test_sent_again_by_hand_it_is_asked_again(write, work, mail_server, untrue):
    message = write(kind="test.date", to_address="a@x.example")
    untrue.add("a@x.example")
    work()
    Message.objects.filter(pk=message.pk).update(state=MessageState.WAITING, body="Senast 15 mars")

    operations.deliver(message_key=message.key, clock=timezone.now)

    assert mail_server.messages == []
