"""Whoever acts at the same time, and however often a worker dies: each recipient gets the letter once."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.accounts.models import Person
from samspel.kernel import jobs
from samspel.kernel.audit.models import AuditEntry
from samspel.letters.models import Frozen, KeyDateChange, Letter, LetterState, Recipient
from samspel.letters.operations import approving, key_dates, promises, reminders, sending
from samspel.letters.operations.sending import LetterRefused
from samspel.letters.queries import approvals, audit
from samspel.post.models import Mailing, Message, MessageState
from samspel.registry.models import Appointment, Role
from tests.letters.conftest import AT, BODY, approved, make_letter, person_with
from tests.letters.test_promises import promised
from tests.post import conftest as post
from tests.post.workers import kill, let_heartbeats_grow_old, start_worker, until

mail_server, work = post.mail_server, post.work

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Run these in threads of their own that start together, each with its own connection; what each gave or raised."""
    gate = threading.Barrier(len(deeds))
    given = [None] * len(deeds)

    def run(place):
        try:
            gate.wait(timeout=30)
            given[place] = deeds[place]()
        except Exception as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def test_of_two_people_who_approve_at_once_one_does(letter, editor, officer, second_officer, coordinators):
    digest = approvals.digest(approving.ask(letter=letter, by=editor, at=AT))

    def approve(person):
        return lambda: approving.approve(letter=letter, digest=digest, by=person, at=AT)

    given = at_once(approve(officer), approve(second_officer))

    (refused,) = [one for one in given if isinstance(one, LetterRefused)]
    (done,) = [one for one in given if isinstance(one, Letter)]
    letter.refresh_from_db()
    assert refused.code == "approved_already"
    assert (letter.state, letter.approved_by) == (LetterState.APPROVED, done.approved_by)
    assert AuditEntry.objects.filter(action="letters.letter.approved").count() == 1


def test_two_who_start_at_once_and_the_planned_start_beside_them_send_once(
    letter, editor, officer, second_officer, coordinators
):
    letter = approved(letter, asker=editor, approver=officer)
    later = AT + timedelta(hours=2)
    letter = sending.plan(letter=letter, moment=later, by=officer, at=AT)

    given = at_once(
        lambda: sending.start(letter=letter, by=officer, at=later),
        lambda: sending.start(letter=letter, by=second_officer, at=later),
        lambda: sending.start_planned(letter=letter, at=later),
        lambda: sending.start_due(at=later),
    )

    assert not [one for one in given if isinstance(one, Exception)]
    assert len({one.mailing_key for one in given[:3]}) == 1
    counts = [Mailing.objects.count(), Message.objects.count(), Recipient.objects.count(), Frozen.objects.count()]
    assert counts == [1, 2, 2, 2]
    assert AuditEntry.objects.filter(action="letters.letter.sent").count() == 1


def test_letters_of_one_name_that_are_sent_at_once_each_get_a_place_in_the_archive(editor, officer, coordinators):
    numbered = make_letter(by=editor, state="withdrawn")
    letters = [approved(make_letter(by=editor), asker=editor, approver=officer) for _each in range(3)]
    # What the second would be called by its number is taken by a letter whose very name that is.
    Letter.objects.filter(pk=numbered.pk).update(slug=f"2026-brev-till-samordnarna-2026-{letters[1].pk}")

    given = at_once(*(lambda one=one: sending.start(letter=one, by=officer, at=AT) for one in letters))

    assert not [one for one in given if isinstance(one, Exception)]
    assert len(set(Letter.objects.filter(state=LetterState.SENT).values_list("slug", flat=True))) == 3
    assert Message.objects.count() == 6


def test_who_takes_it_back_while_it_is_sent_comes_before_or_after_and_never_between(
    letter, editor, officer, coordinators
):
    letter = approved(letter, asker=editor, approver=officer)

    started, taken = at_once(
        lambda: sending.start(letter=letter, by=officer, at=AT),
        lambda: approving.take_back(letter=letter, by=editor, at=AT),
    )

    letter.refresh_from_db()
    if letter.state == LetterState.SENT:
        assert (isinstance(taken, LetterRefused), Message.objects.count()) == (True, 2)
    else:
        assert (letter.state, isinstance(started, LetterRefused)) == (LetterState.DRAFT, True)
        assert Message.objects.count() == 0


def test_what_comes_while_the_letter_is_sent_is_told_to_those_who_got_it(editor, officer, coordinators, seminar):
    block = {"key": "d1", "kind": "live", "ref": f"letters.date:{seminar.key}"}
    letter = approved(
        make_letter({**BODY, "blocks": [*BODY["blocks"], block]}, by=editor), asker=editor, approver=officer
    )
    promise = promised(letter, officer)
    begun, done = threading.Event(), threading.Event()

    def send():
        with transaction.atomic():
            sending.start(letter=letter, by=officer, at=AT)
            begun.set()
            done.wait(timeout=1)

    def fill():
        begun.wait(timeout=30)
        promises.fill(promise=promise, sv="Aulan", by=officer, at=AT)
        promises.tell_of(promise_key=str(promise.key), at=AT)
        done.set()

    def move():
        begun.wait(timeout=30)
        key_dates.cancel(date=seminar, revision=0, is_told=True, by=officer, at=AT)
        key_dates.tell_of(change_pk=KeyDateChange.objects.get().pk, at=AT)

    assert at_once(send, fill, move) == [None, None, None]
    told = Counter(Message.objects.values_list("kind", flat=True))
    assert told == {"letters.letter": 2, "letters.promise_filled": 2, "letters.key_date_changed": 2}


def test_of_two_who_make_one_rule_of_reminders_at_once_the_second_is_told():
    chief = person_with(Role.ADMINISTRATOR, name="Adam Administratör")
    said = {"source": "", "days": -30, "at_hour": 7, "latest_hours": 24, "by": chief, "at": AT}

    given = at_once(*(lambda: reminders.make_rule(**said) for _each in range(3)))

    assert sorted(getattr(one, "code", "made") for one in given) == ["made", "rule_there", "rule_there"]


def test_a_letter_to_a_thousand_with_three_kills_of_the_worker_passes_the_audit(
    editor,
    officer,
    mail_server,
    settings,
    work,
):
    many(1_000)
    letter = approved(make_letter(by=editor), asker=editor, approver=officer)
    sending.start(letter=letter, by=officer, at=timezone.now())

    for share in (100, 350, 600):
        worker = start_worker(settings, jobs.BULK)
        try:
            until(lambda share=share: len(mail_server.messages) >= share)
        finally:
            kill(worker)
    let_heartbeats_grow_old()
    for upkeep in ("kernel.rescue_stalled", "post.find_doubtful"):
        jobs.queue(upkeep, only_one=upkeep, timestamp=0)
    work()

    arrived = Counter(recipient for recipients in mail_server.recipients for recipient in recipients)
    (one,) = audit.all_sent()
    assert (one.expected, one.rows, one.sent + one.in_doubt) == (1_000, 1_000, 1_000)
    assert (one.missing, one.doubled, one.waiting, one.failed, one.is_right) == (0, 0, 0, 0, True)
    assert max(arrived.values()) == 1
    doubtful = set(Message.objects.filter(state=MessageState.IN_DOUBT).values_list("to_address", flat=True))
    assert set(Recipient.objects.values_list("address", flat=True)) - set(arrived) <= doubtful


def test_a_planned_letter_is_started_by_its_job_and_delivered(
    letter,
    editor,
    officer,
    coordinators,
    mail_server,
    work,
):
    letter = approved(letter, asker=editor, approver=officer)
    sending.plan(letter=letter, moment=timezone.now() + timedelta(hours=1), by=officer, at=timezone.now())
    work()
    early = len(mail_server.messages)

    Letter.objects.update(planned_for=timezone.now())
    ProcrastinateJob.objects.filter(task_name=sending.START).update(scheduled_at=timezone.now())
    work()

    letter.refresh_from_db()
    assert (early, letter.state, letter.sent_by) == (0, LetterState.SENT, None)
    assert sorted(mail["To"] for mail in mail_server.messages) == sorted(
        f"{one.name} <{one.email}>" for one in coordinators
    )


def many(number):
    """So many coordinators, in few statements."""
    people = Person.objects.bulk_create(
        Person(email=f"samordnare.{place}@kommunen.example", name=f"Samordnare {place}", joined_at=AT)
        for place in range(number)
    )
    Appointment.objects.bulk_create(
        Appointment(person=person, role=Role.COORDINATOR, from_on=date(2020, 1, 1)) for person in people
    )
