"""Reminders follow their dates: planned, moved, dropped, sent once, put right; nothing is sent that does not hold."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.casefiles.models import Question, QuestionState
from samspel.casefiles.operations import questions
from samspel.forms.models import ParticipantDeed
from samspel.letters.models import Reminder, ReminderRule
from samspel.letters.operations import reminders
from samspel.post.models import AddressTrouble, Message, MessageState
from samspel.registry.models import Role
from tests.casefiles.conftest import make_organizer
from tests.letters import dates
from tests.letters.conftest import at_organizer, person_with
from tests.letters.dates import NOW, WEEK

pytestmark = pytest.mark.django_db
# A week before the date, Swedish seven.
WEEK_BEFORE = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
DAY_BEFORE = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
DAY_AFTER = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
LONG_BEFORE = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


@pytest.fixture
def officer(db):
    return person_with(Role.EDUCATION_OFFICER, name="Ester Handläggare")


@pytest.fixture
def question(officer):
    """To be answered a week from now."""
    return dates.question(officer)


def states():
    rows = Reminder.objects.order_by("due_on", "send_at", "pk")
    return [(row.due_on, (row.send_at.date() - row.due_on).days, row.state, row.because) for row in rows]


def tick(at):
    """What the job does every five minutes."""
    reminders.put_right(at=at)
    reminders.plan(at=at)
    return reminders.send_due(at=at)


def subjects():
    return list(Message.objects.order_by("pk").values_list("subject", flat=True))


def test_a_date_is_reminded_of_a_week_before_the_day_before_and_the_day_after(question):
    tick(LONG_BEFORE)
    assert states() == [(WEEK, days, "planned", "") for days in (-7, -1, 1)]

    for at in (WEEK_BEFORE, DAY_BEFORE, DAY_AFTER):
        tick(at)
        tick(at + timedelta(minutes=5))

    assert states() == [(WEEK, days, "sent", "") for days in (-7, -1, 1)]
    deed = "Svara på ”När börjar nästa nätverk?”"
    assert subjects() == [f"{deed} senast 29 november"] * 2 + [f"{deed}: sista dag var 29 november"]


def test_the_subject_says_the_deed_and_the_date_first_in_her_language(db):
    organizer = make_organizer(1)
    coordinator = at_organizer(organizer, Role.COORDINATOR, "Sanna Samordnare")
    coordinator.language = "en"
    coordinator.save()
    dates.answer(organizer, (coordinator, ParticipantDeed.SUBMIT, "coordinator"), due_on=date(2027, 1, 15))

    tick(datetime(2027, 1, 8, 6, 5, tzinfo=UTC))

    message = Message.objects.get(kind="letters.reminder")
    assert message.subject.startswith("Submit ")
    assert message.subject.endswith(" by 15 January")
    assert organizer.name in message.body
    assert "/en/arbete/formular/" in message.body
    assert "/en/arbete/paminnelser/mina/" in message.body
    assert (message.to_key, message.lane) == (coordinator.key, "bulk")
    assert message.good_until == datetime(2027, 1, 9, 6, 0, tzinfo=UTC)


def test_a_date_that_moves_takes_its_reminders_with_it(question, officer):
    tick(LONG_BEFORE)
    later = WEEK + timedelta(days=3)

    questions.arrange(question=question, owner=officer, due_on=later, by=officer, at=NOW)
    tick(NOW)

    moved = [(WEEK, days, "dropped", "moved") for days in (-7, -1, 1)]
    assert states() == moved + [(later, days, "planned", "") for days in (-7, -1, 1)]
    assert subjects() == []


def test_a_date_that_moves_back_has_its_reminders_again_save_those_sent(question):
    tick(WEEK_BEFORE)
    Question.objects.update(due_on=WEEK + timedelta(days=100))
    tick(WEEK_BEFORE + timedelta(hours=1))
    Question.objects.update(due_on=WEEK)
    tick(WEEK_BEFORE + timedelta(hours=2))

    assert states() == [(WEEK, -7, "sent", ""), (WEEK, -1, "planned", ""), (WEEK, 1, "planned", "")]
    assert len(subjects()) == 1


def test_what_is_done_is_not_reminded_of(question):
    tick(LONG_BEFORE)
    Question.objects.update(state=QuestionState.CLOSED)

    tick(WEEK_BEFORE)

    assert {row[2:] for row in states()} == {("dropped", "done")}
    assert subjects() == []


def test_done_between_planning_and_sending_it_is_dropped_when_it_is_to_be_sent(question):
    reminders.plan(at=LONG_BEFORE)
    Question.objects.update(state=QuestionState.CLOSED)

    tally = reminders.send_due(at=WEEK_BEFORE)

    assert (tally.mails, tally.ended) == (0, {"done": 1})
    assert subjects() == []


def test_a_rule_that_is_ended_reminds_of_nothing_more(question, db):
    administrator = person_with(Role.ADMINISTRATOR, name="Adam Administratör")
    reminders.plan(at=LONG_BEFORE)
    reminders.end_rule(rule=ReminderRule.objects.get(source="", days=-7), by=administrator, at=NOW)

    tick(WEEK_BEFORE)

    assert states()[0] == (WEEK, -7, "dropped", "rule_ended")
    assert subjects() == []


def test_after_an_outage_what_came_too_late_is_shown_as_missed_and_never_sent(question):
    tick(LONG_BEFORE)

    tick(WEEK_BEFORE + timedelta(hours=24, minutes=1))

    assert states()[0] == (WEEK, -7, "missed", "too_late")
    assert subjects() == []


def test_within_its_hours_a_late_one_is_sent(question):
    tick(LONG_BEFORE)

    tick(WEEK_BEFORE + timedelta(hours=23, minutes=55))

    assert states()[0] == (WEEK, -7, "sent", "")


def test_two_of_the_same_date_that_have_waited_become_one_mail(question, db):
    administrator = person_with(Role.ADMINISTRATOR, name="Adam Administratör")
    reminders.make_rule(source="", days=0, at_hour=7, latest_hours=24, by=administrator, at=NOW)
    ReminderRule.objects.filter(days=-1).update(latest_hours=72)
    tick(LONG_BEFORE)
    reminders.plan(at=DAY_BEFORE)

    reminders.send_due(at=DAY_BEFORE + timedelta(days=1, hours=1))

    ended = {row[1]: row[2:] for row in states()}
    assert (ended[-1], ended[0]) == (("dropped", "later_one"), ("sent", ""))
    assert len(subjects()) == 1


def test_a_kind_with_rules_of_its_own_follows_these_alone(db):
    organizer = make_organizer(1)
    at_organizer(organizer, Role.COORDINATOR, "Sanna Samordnare", to_on=WEEK)
    at_organizer(organizer, Role.ADMINISTRATOR, "Alva Administratör")

    tick(LONG_BEFORE)

    # The administrator is to appoint somebody, the coordinator to hand over.
    assert states() == [(WEEK, -1, "planned", "")] * 2


def test_nobody_is_reminded_whose_account_is_closed_and_the_deputy_is_instead(question, officer):
    registrar = person_with(Role.REGISTRAR, name="Rut Registrator")
    tick(LONG_BEFORE)
    dates.away(officer, registrar, role=Role.EDUCATION_OFFICER)

    tick(WEEK_BEFORE)

    assert list(Message.objects.values_list("to_key", flat=True)) == [registrar.key]
    assert Reminder.objects.get(person=officer, rule__days=-7).because == "not_hers"
    registrar.is_active = False
    registrar.save()
    tick(DAY_BEFORE)
    assert Message.objects.count() == 1


def test_who_has_protected_identity_gets_hers_and_is_named_to_nobody(question, officer, client):
    officer.is_protected = True
    officer.save()

    tick(WEEK_BEFORE)

    assert Message.objects.get().to_address == officer.email
    client.force_login(person_with(Role.ADMINISTRATOR, name="Adam Administratör"))
    page = client.get("/arbete/paminnelser/?visa=skickade").content.decode()
    assert officer.shown_name in page
    assert officer.name not in page


def test_who_cannot_be_reached_is_shown_as_missed(question, officer):
    AddressTrouble.objects.create(address=officer.email, hard_at=NOW, because="smtp-5.1.1")

    tick(WEEK_BEFORE)

    assert states()[0] == (WEEK, -7, "missed", "no_address")
    assert subjects() == []


def test_a_person_with_many_gets_one_mail_a_day_when_she_has_chosen_so(officer, db):
    for day in range(5):
        dates.question(officer, due_on=WEEK + timedelta(days=day % 2 and -6))
    reminders.choose(way="daily", by=officer, at=NOW)

    tick(WEEK_BEFORE)

    message = Message.objects.get()
    assert message.kind == "letters.reminders_of_the_day"
    assert message.subject == "Svara på ”När börjar nästa nätverk?” senast 23 november, och 4 saker till"
    assert message.body.count("senast 2") == 5
    # Each row leads to where it is done, and at the end stands the way to all of them.
    leads = re.findall(r"http\S+", message.body)
    assert len(set(leads)) == 6
    assert all(f'href="{address}"' in message.body_html for address in leads)
    assert Reminder.objects.filter(state="sent", message_key=message.key).count() == 5
    tick(WEEK_BEFORE + timedelta(minutes=5))
    assert Message.objects.count() == 1


def test_others_get_one_mail_for_each(officer, db):
    for _each in range(3):
        dates.question(officer)

    tick(WEEK_BEFORE)

    assert Message.objects.filter(kind="letters.reminder").count() == 3


def test_a_daily_mail_in_which_one_date_has_moved_is_written_anew_with_the_rest(officer, db):
    first, second = dates.question(officer), dates.question(officer)
    reminders.choose(way="daily", by=officer, at=NOW)
    tick(WEEK_BEFORE)
    message = Message.objects.get()
    Question.objects.filter(pk=first.pk).update(due_on=WEEK + timedelta(days=30))
    assert not reminders.still_true(message, WEEK_BEFORE)
    Message.objects.update(state=MessageState.FAILED, failed_because="no-longer-true", settled_at=NOW)

    tick(WEEK_BEFORE + timedelta(minutes=5))

    of = {row.about: (row.state, row.because) for row in Reminder.objects.filter(rule__days=-7, due_on=WEEK)}
    assert of[f"casefiles.question:{first.key}"] == ("dropped", "moved")
    assert of[f"casefiles.question:{second.key}"] == ("sent", "")
    assert Message.objects.count() == 2


@pytest.mark.parametrize("number", [3, 9])
def test_planning_and_sending_ask_as_often_however_many_there_are(db, officer, number):
    def work_of(many):
        for _each in range(many):
            dates.question(officer)
        with CaptureQueriesContext(connection) as planning:
            reminders.plan(at=WEEK_BEFORE)
        with CaptureQueriesContext(connection) as sending:
            reminders.send_due(at=WEEK_BEFORE)
        return len(planning), len(sending)

    work_of(1)
    few = work_of(1)

    assert work_of(number) == few


def test_what_ended_long_ago_is_forgotten(question):
    tick(WEEK_BEFORE)

    assert reminders.forget(at=WEEK_BEFORE + timedelta(days=300)) == 0
    assert reminders.forget(at=WEEK_BEFORE + timedelta(days=401)) == 1
