"""What is wrong with the shared mailbox, as administrators are told."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from imap_tools import MailMessageFlags

from samspel.casefiles import tasks
from samspel.casefiles.operations import questions
from samspel.casefiles.queries import health
from samspel.post.queries.health import troubles
from samspel.testing.ports import free_port
from tests.casefiles.conftest import NOW
from tests.casefiles.test_questions import mail


def codes(at):
    return [trouble.code for trouble in troubles(at) if trouble.code in ("mailbox", "late-questions")]


def test_a_mailbox_not_read_to_its_end_for_an_hour_is_told(db, imap, settings):
    health.cache.delete(health.READ_AT)
    settings.SAMSPEL_MAILBOX_IMAP = imap.address
    settings.SAMSPEL_VIRUS_CHECK = f"clamd://127.0.0.1:{free_port()}"
    imap.append(mail().as_bytes())
    tasks.fetch_questions(timestamp=0)
    assert codes(timezone.now()) == ["mailbox"]

    settings.SAMSPEL_VIRUS_CHECK = ""
    tasks.fetch_questions(timestamp=0)

    now = timezone.now()
    assert codes(now) == []
    assert codes(now + timedelta(minutes=61)) == ["mailbox"]
    settings.SAMSPEL_MAILBOX_IMAP = ""
    assert codes(now + timedelta(minutes=61)) == []


def test_mails_that_could_not_be_taken_in_are_told_until_a_person_has_seen_to_them(db, imap, settings):
    settings.SAMSPEL_MAILBOX_IMAP = imap.address
    imap.append(mail().as_bytes())
    with imap.opened() as box:
        box.flag(box.uids(), [MailMessageFlags.FLAGGED], True)
    tasks.fetch_questions(timestamp=0)

    [told] = health.find_mailbox_trouble(timezone.now())

    assert (told.code, told.count) == ("mails-left", 1)
    with imap.opened() as box:
        box.flag(box.uids(), [MailMessageFlags.FLAGGED], False)
    tasks.fetch_questions(timestamp=0)
    assert list(health.find_mailbox_trouble(timezone.now())) == []


def test_questions_past_their_day_are_counted_and_none_is_named(db, officer):
    question = questions.receive(mail().as_bytes(), at=NOW)
    late = NOW + timedelta(days=14)

    assert codes(NOW) == []
    [told] = health.find_mailbox_trouble(late)
    assert (told.code, told.count) == ("late-questions", 1)
    assert "träff" not in told.sentence

    questions.answer(question=question, words="Den 3 december.", by=officer, at=NOW)
    assert codes(late) == []
