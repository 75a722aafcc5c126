"""Post's part of the demo: one of each, and nothing twice."""

from __future__ import annotations

import pytest

from samspel.post import demo
from samspel.post.models import AddressTrouble, Message, MessageState, Sender
from samspel.post.queries import addresses

pytestmark = pytest.mark.django_db


def test_there_is_one_of_each_thing_that_can_become_of_a_mail_and_a_second_filling_adds_nothing():
    demo.fill()
    demo.fill()

    states = {state: Message.objects.filter(state=state).count() for state in MessageState.values}
    assert states == {
        "waiting": len(demo.INVITED), "sending": 0, "sent": 0, "in_doubt": 1, "failed": 0, "bounced": 1, "paper": 1,
    }  # fmt: skip
    assert list(addresses.troubled([demo.GONE[0]])) == [demo.GONE[0]]
    assert (AddressTrouble.objects.count(), Sender.objects.count()) == (1, 2)


def test_everybody_and_every_address_is_invented():
    demo.fill()

    assert all(address.endswith(".example") for address, _name in [*demo.INVITED, demo.GONE, demo.DOUBTED])
    assert all(sender.from_address.endswith(".example") for sender in Sender.objects.all())
