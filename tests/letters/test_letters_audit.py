"""The audit of letters: those expected, those written down, and what became of each mail."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from samspel.letters.models import PassedTo, PassingOn, Recipient
from samspel.letters.operations import forgetting, sending
from samspel.letters.operations.sending.recipients import KEPT
from samspel.letters.queries import audit
from samspel.post.models import Message, MessageState
from samspel.post.operations import forget as forget_messages
from tests.letters.conftest import AT, approved, make_letter

LATER = AT + timedelta(hours=1)


@pytest.fixture
def sent(editor, officer, coordinators):
    """A letter to two coordinators, sent."""
    letter = approved(make_letter(by=editor), asker=editor, approver=officer)
    return sending.start(letter=letter, by=officer, at=LATER)


@pytest.fixture
def run():
    """`samspel letters audit` on the test's own database."""
    import click

    from samspel.config.cli import letters

    inner = click.Command("audit", params=letters.audit.params, callback=letters.audit.callback.__wrapped__)
    return lambda *words: CliRunner().invoke(inner, list(words))


def test_each_recipient_is_counted_once(sent):
    Message.objects.filter(pk=Message.objects.first().pk).update(state=MessageState.BOUNCED)

    (one,) = audit.all_sent()

    assert (one.title, one.expected, one.rows, one.mails) == ("Brev till samordnarna 2026", 2, 2, 2)
    assert (one.waiting, one.bounced, one.missing, one.doubled, one.is_right) == (1, 1, 0, 0, True)


def test_a_recipient_without_a_mail_and_one_without_a_row_are_missing(sent):
    Recipient.objects.filter(pk=Recipient.objects.first().pk).update(message_key=None)

    (one,) = audit.all_sent()
    assert (one.missing, one.doubled, one.is_right) == (1, 1, False)

    Recipient.objects.filter(message_key=None).delete()
    (one,) = audit.all_sent()
    assert (one.missing, one.doubled, one.is_right) == (1, 1, False)


def test_a_letter_whose_mailing_is_gone_is_missing_to_all(sent):
    sent.mailing_key = None
    sent.save()
    Message.objects.all().delete()

    (one,) = audit.all_sent()
    assert (one.missing, one.is_right) == (2, False)


def test_what_is_forgotten_still_adds_up(sent):
    at = LATER + KEPT + timedelta(days=1)
    Message.objects.update(state=MessageState.SENT)

    assert forgetting.forget(at=at) == 2
    forget_messages(at=at)

    (one,) = audit.all_sent()
    assert set(Recipient.objects.values_list("address", "name")) == {("", "")}
    assert (one.sent, one.doubled, one.is_right) == (2, 0, True)


def test_what_was_passed_on_is_counted_too(sent, coordinator):
    PassingOn.objects.create(
        letter=sent, by=coordinator, passer="coordinator", place="organizer:1", at=LATER, expected=3,
        mailing_key="7d1e3a34-5f0e-4c83-9b40-0c64b2b6ad5e",
    )  # fmt: skip

    passed, letter = sorted(audit.all_sent(), key=lambda one: one.what != "passed_on")

    assert (passed.expected, passed.missing, passed.is_right) == (3, 3, False)
    assert letter.is_right
    assert PassedTo.objects.count() == 0


def test_all_letters_are_counted_in_a_fixed_number_of_questions(
    editor, officer, coordinators, django_assert_num_queries
):
    for _each in range(3):
        letter = approved(make_letter(by=editor), asker=editor, approver=officer)
        sending.start(letter=letter, by=officer, at=LATER)

    with django_assert_num_queries(5):
        assert len(audit.all_sent()) == 3


def test_the_command_tells_people_and_programs_and_ends_with_one_when_somebody_is_missing(sent, run):
    told, read = run(), run("--json")

    assert (told.exit_code, read.exit_code) == (0, 0)
    assert "Brev till samordnarna 2026" in told.output
    (document,) = json.loads(read.output)
    assert document == {
        "key": str(sent.key), "sent_at": LATER.isoformat(), "what": "letter", "title": "Brev till samordnarna 2026",
        "expected": 2, "rows": 2, "sent": 0, "bounced": 0, "in_doubt": 0, "waiting": 2, "failed": 0, "paper": 0,
        "missing": 0, "doubled": 0, "is_right": True,
    }  # fmt: skip

    Recipient.objects.first().delete()
    assert (run().exit_code, run("--json").exit_code) == (1, 1)


def test_before_anything_is_sent_the_command_says_so(run, db):
    assert run().output == "No letter has been sent.\n"
