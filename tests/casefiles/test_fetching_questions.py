"""The shared mailbox is fetched from a real mail store."""

from __future__ import annotations

from structlog.testing import capture_logs

from samspel.casefiles import tasks
from samspel.casefiles.models import Question
from samspel.testing.ports import free_port
from tests.casefiles.test_questions import mail


def fetch():
    tasks.fetch_questions(timestamp=0)


def test_a_mail_in_the_mailbox_becomes_a_question_once_and_counts_as_read(db, imap, settings):
    settings.SAMSPEL_MAILBOX_IMAP = imap.address
    imap.append(mail().as_bytes())

    fetch()
    fetch()

    assert Question.objects.get().subject == "Nästa träff"
    assert imap.flags() == [("\\Seen",)]


def test_a_mail_that_was_taken_but_not_marked_is_not_doubled(db, imap, settings):
    settings.SAMSPEL_MAILBOX_IMAP = imap.address
    imap.append(mail().as_bytes())
    imap.append(mail().as_bytes())

    fetch()

    assert Question.objects.count() == 1


def test_while_the_virus_check_is_away_mail_waits_unread_and_is_taken_whole_when_it_is_back(db, imap, settings):
    settings.SAMSPEL_MAILBOX_IMAP = imap.address
    settings.SAMSPEL_VIRUS_CHECK = f"clamd://127.0.0.1:{free_port()}"
    imap.append(mail().as_bytes())
    imap.append(mail(subject="En annan fråga", message_id="<other@kommun.example>").as_bytes())

    fetch()
    away = (Question.objects.count(), imap.flags())
    settings.SAMSPEL_VIRUS_CHECK = ""
    fetch()

    assert away == (0, [(), ()])
    assert Question.objects.filter(mails__original__isnull=False).count() == 2
    assert imap.flags() == [("\\Seen",), ("\\Seen",)]


def test_without_a_mailbox_nothing_is_fetched(db, settings):
    settings.SAMSPEL_MAILBOX_IMAP = ""

    fetch()

    assert Question.objects.count() == 0


def test_a_mailbox_that_cannot_be_read_is_told_without_its_password_and_tried_again(db, imap, settings):
    settings.SAMSPEL_MAILBOX_IMAP = imap.address.replace("hemligt-ord", "fel-ord")

    with capture_logs() as told:
        fetch()

    assert [one["event"] for one in told] == ["casefiles.mailbox.not_read"]
    assert "fel-ord" not in str(told)
