"""To whom a letter went is forgotten in time, follows a person who turns out to be another, and is told to her."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samspel.accounts.queries.extracts import parts_of
from samspel.kernel.audit import SYSTEM
from samspel.letters.models import Letter, Recipient, Unsubscribed
from samspel.letters.operations import forgetting, moving, sending
from samspel.letters.operations.sending.recipients import KEPT
from tests.letters.conftest import AT, approved

LATER = AT + timedelta(hours=1)


@pytest.fixture
def sent(letter, editor, officer, coordinators):
    """A letter to two coordinators, sent."""
    return sending.start(letter=approved(letter, asker=editor, approver=officer), by=officer, at=LATER)


def test_addresses_and_names_go_when_their_time_is_over_and_that_there_were_so_many_stays(sent):
    Letter.objects.update(difference={"added": ["address:siv@example.org", "person:7"], "gone": []})

    early = forgetting.forget(at=LATER + KEPT - timedelta(seconds=1))
    late = forgetting.forget(at=LATER + KEPT)

    assert (early, late) == (0, 2)
    assert set(Recipient.objects.values_list("address", "name", "forget_at")) == {("", "", None)}
    assert Recipient.objects.exclude(person=None).count() == 2
    assert Letter.objects.get().difference == {"added": ["person:7"], "gone": []}


def test_when_she_is_emptied_nothing_of_hers_is_left_with_the_letter(sent, coordinator):
    Unsubscribed.objects.create(address=coordinator.email, at=AT, way="page")

    forgetting.empty(coordinator, at=LATER)

    assert set(Recipient.objects.filter(person=coordinator).values_list("address", "name")) == {("", "")}
    assert Recipient.objects.exclude(address="").count() == 1
    assert not Unsubscribed.objects.exists()


def test_what_a_duplicate_was_sent_was_sent_to_her(sent, coordinators):
    keep, gone = coordinators

    moving.move(keep, gone, by=SYSTEM, at=LATER)

    assert Recipient.objects.filter(person=keep).count() == 2


def test_her_extract_tells_which_letters_she_was_sent_and_why(sent, coordinator, organizer):
    (part,) = [part for part in parts_of(coordinator, LATER) if part.key == "letters_received"]

    (row,) = part.rows
    assert {field.key: field.value for field in row} == {
        "letter": "Brev till samordnarna 2026",
        "sent_at": LATER,
        "address": coordinator.email,
        "why": f"Samordnare hos {organizer.name}",
    }
