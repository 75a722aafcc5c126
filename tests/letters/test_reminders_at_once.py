"""A date that moves while its reminder is being sent, and while the mail waits: the old date never arrives."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from samspel.casefiles.models import Question
from samspel.casefiles.operations import questions
from samspel.letters import tasks
from samspel.letters.models import Reminder, ReminderRule
from samspel.letters.operations import reminders
from samspel.post import operations as post
from samspel.post.models import Message, MessageState
from samspel.registry.models import Role
from tests.letters import dates
from tests.letters.conftest import person_with
from tests.post.conftest import in_threads, mail_server, work

__all__ = ["mail_server", "work"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def rule(transactional_db):
    """The day before, sent at any hour of these tests."""
    ReminderRule.objects.all().delete()
    return ReminderRule.objects.create(days=-1, at_hour=0, latest_hours=48, made_at=timezone.now())


@pytest.fixture
def officer(transactional_db):
    return person_with(Role.EDUCATION_OFFICER, name="Ester Handläggare")


@pytest.fixture
def tomorrow():
    return timezone.localdate() + timedelta(days=1)


@pytest.fixture
def question(officer, tomorrow):
    return dates.question(officer, due_on=tomorrow)


def move(question, officer, days=10):
    questions.arrange(
        question=question,
        owner=officer,
        due_on=question.due_on + timedelta(days=days),
        by=officer,
        at=timezone.now(),
    )


def ends():
    return list(Reminder.objects.order_by("due_on").values_list("state", "because"))


def test_a_mover_who_is_first_is_waited_for_and_the_old_date_is_never_written(question, officer):
    """She has moved it, and not committed yet, when the reminder is sent."""
    at = timezone.now()
    reminders.plan(at=at)
    has_moved, may_commit = threading.Event(), threading.Event()

    def mover():
        try:
            with transaction.atomic():
                move(question, officer)
                has_moved.set()
                may_commit.wait(timeout=10)
        finally:
            connection.close()

    def sender():
        try:
            reminders.send_due(at=at)
        finally:
            connection.close()

    threads = [threading.Thread(target=mover), threading.Thread(target=sender)]
    threads[0].start()
    assert has_moved.wait(timeout=10)
    threads[1].start()
    threads[1].join(timeout=0.5)
    assert threads[1].is_alive(), "the sender waits for the mover"
    may_commit.set()
    for thread in threads:
        thread.join(timeout=10)

    assert Message.objects.count() == 0
    assert ends() == [("dropped", "moved")]


def test_a_sender_who_is_first_is_waited_for_and_the_mail_is_stopped_while_it_waits(question, officer, mail_server):
    at = timezone.now()
    reminders.plan(at=at)

    def both(do):
        return in_threads(1, do)

    with transaction.atomic():
        reminders.send_due(at=at)
        waiting = threading.Thread(target=lambda: both(lambda: move(question, officer)))
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive(), "the mover waits for the sender"
    waiting.join(timeout=10)
    message = Message.objects.get()

    post.deliver(message_key=message.key, clock=timezone.now)

    assert mail_server.messages == []
    message.refresh_from_db()
    assert (message.state, message.failed_because, message.body) == (MessageState.FAILED, "no-longer-true", "")
    assert message.settled_at is not None
    reminders.put_right(at=timezone.now())
    assert ends() == [("dropped", "moved")]


@pytest.mark.parametrize("_once_more", range(3))
def test_whoever_is_first_no_mail_has_the_old_date(question, officer, mail_server, _once_more):
    """Planned, sent and handed over again and again by two workers while she moves it three times."""
    stop = threading.Event()

    def worker():
        while not stop.is_set():
            tasks.reminders.remind(timestamp=0)
            for key in Message.objects.filter(state=MessageState.WAITING).values_list("key", flat=True):
                post.deliver(message_key=key, clock=timezone.now)

    def mover():
        for days in (10, -10, 12):
            move(Question.objects.get(pk=question.pk), officer, days)
        stop.set()

    roles = iter([worker, worker, mover])
    lock = threading.Lock()

    def one():
        with lock:
            do = next(roles)
        do()

    in_threads(3, one)
    tasks.reminders.remind(timestamp=0)

    sent_before = Reminder.objects.filter(due_on=question.due_on, state="sent").count()
    assert len(mail_server.messages) == sent_before <= 1
    assert Message.objects.filter(state=MessageState.WAITING).count() == 0


def test_two_workers_at_once_remind_once(question, officer, mail_server, work):
    both_are_here = threading.Barrier(2)

    def remind():
        both_are_here.wait(timeout=10)
        tasks.reminders.remind(timestamp=0)

    in_threads(2, remind)
    work()

    assert len(mail_server.messages) == 1
    assert ends() == [("sent", "")]


def test_a_mail_that_waits_when_it_is_done_is_not_sent_and_one_that_holds_is(question, officer, mail_server, work):
    other = dates.question(officer, due_on=question.due_on)
    Question.objects.filter(pk=other.pk).update(subject="Hur redovisar vi?")
    tasks.reminders.remind(timestamp=0)
    assert Message.objects.filter(state=MessageState.WAITING).count() == 2
    Question.objects.filter(pk=question.pk).update(state="closed")

    work()

    (arrived,) = mail_server.messages
    day = question.due_on
    assert arrived["Subject"].strip().startswith("Svara på ”Hur redovisar vi?” senast ")
    assert str(day.day) in arrived["Subject"]
    tasks.reminders.remind(timestamp=0)
    assert sorted(ends()) == [("dropped", "done"), ("sent", "")]


def test_a_mail_that_is_not_handed_over_in_time_is_shown_as_missed(question, officer, mail_server):
    tasks.reminders.remind(timestamp=0)
    message = Message.objects.get()
    late = message.good_until + timedelta(minutes=1)

    post.deliver(message_key=message.key, clock=lambda: late)
    reminders.put_right(at=late)

    assert mail_server.messages == []
    assert ends() == [("missed", "too_late")]
