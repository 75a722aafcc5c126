"""Dates are made, moved and done, rules begin and end, and the clock goes on with outages: what must never happen.

A mail that is handed over is looked at as its reader would: is it for a date as it stands, of something still to be
done, that is hers, in the hours that a rule says, and the first of its kind?
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from samspel.casefiles.models import Question, QuestionState
from samspel.letters.models import Reminder, ReminderRule, ReminderState
from samspel.letters.operations import reminders
from samspel.post import operations as post
from samspel.post.models import Message, MessageState
from samspel.registry.models import Role
from tests.letters import dates
from tests.letters.conftest import person_with

SWEDEN = ZoneInfo("Europe/Stockholm")
# The clock goes back in this fortnight.
BEGINNING = datetime(2026, 10, 20, 5, 30, tzinfo=SWEDEN)
DAYS = st.integers(0, 4)
RULE_DAYS = st.sampled_from([-3, -2, -1, 0, 1])
HOURS = st.sampled_from([3, 24, 48])


class Reminding(RuleBasedStateMachine):
    """The world as a person would keep it in mind, beside the rows."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.now = BEGINNING
        self.told = []
        outbox.outbox = []

    def teardown(self):
        transaction.savepoint_rollback(self.savepoint)

    @initialize()
    def begin(self):
        ReminderRule.objects.all().delete()
        self.people = [person_with(Role.EDUCATION_OFFICER, name=name) for name in ("Ester", "Love")]
        self.questions = []
        for days in (1, 2, 3):
            self.make(days, 0)
        for days in (-2, -1, 1):
            self.make_rule(days, 7, 24)

    @rule(days=DAYS, whose=st.integers(0, 1))
    def make(self, days, whose):
        if len(self.questions) < 4:
            self.questions.append(dates.question(self.people[whose], due_on=self.today + timedelta(days=days)).pk)

    @rule(which=st.integers(0, 3), days=DAYS)
    def move(self, which, days):
        self._of(which).update(due_on=self.today + timedelta(days=days))

    @rule(which=st.integers(0, 3))
    def finish(self, which):
        self._of(which).update(state=QuestionState.CLOSED)

    @rule(which=st.integers(0, 3))
    def open_again(self, which):
        self._of(which).update(state=QuestionState.OWNED)

    @rule(which=st.integers(0, 3), whose=st.integers(0, 1))
    def give(self, which, whose):
        self._of(which).update(owner=self.people[whose].key)

    @rule(days=RULE_DAYS, hour=st.sampled_from([2, 7, 15]), latest=HOURS)
    def make_rule(self, days, hour, latest):
        if not ReminderRule.objects.filter(days=days, is_active=True).exists():
            administrator = person_with(Role.ADMINISTRATOR, name="Adam")
            reminders.make_rule(source="", days=days, at_hour=hour, latest_hours=latest, by=administrator, at=self.now)

    @rule(days=RULE_DAYS)
    def end_rule(self, days):
        ReminderRule.objects.filter(days=days).update(is_active=False)

    @rule(whose=st.integers(0, 1), way=st.sampled_from(["each", "daily"]))
    def choose(self, whose, way):
        reminders.choose(way=way, by=self.people[whose], at=self.now)

    @rule(hours=st.sampled_from([1, 2, 7, 13, 24]), what=st.sampled_from(["all", "all", "no post", "nothing"]))
    def time_goes_on(self, hours, what):
        """An outage is time in which nothing is planned and sent, or nothing handed over."""
        self.now = datetime.fromtimestamp(self.now.timestamp() + 3_600 * hours, tz=SWEDEN)
        if what != "nothing":
            self.work()
        if what == "all":
            self.hand_over()

    @rule()
    def work(self):
        reminders.put_right(at=self.now)
        reminders.plan(at=self.now)
        reminders.send_due(at=self.now)
        late = Reminder.objects.filter(state=ReminderState.PLANNED, send_at__lte=self.now)
        assert not late.exists(), "what is due is sent, missed or dropped"

    @rule(which=st.integers(0, 3), days=DAYS)
    def move_while_mails_wait(self, which, days):
        self.now = (self.now + timedelta(days=1)).replace(hour=7, minute=30)
        self.work()
        self.move(which, days)
        self.hand_over()

    @rule()
    def plan_alone(self):
        reminders.plan(at=self.now)

    @rule()
    def send_alone(self):
        reminders.send_due(at=self.now)

    @rule()
    def hand_over(self):
        for message in Message.objects.filter(state=MessageState.WAITING).order_by("pk"):
            before = len(outbox.outbox)
            told = list(Reminder.objects.filter(message_key=message.key).select_related("rule", "person"))
            post.deliver(message_key=message.key, clock=lambda: self.now)
            if len(outbox.outbox) > before:
                self._look_at(told, outbox.outbox[-1])

    def _look_at(self, told, arrived):
        assert told
        for one in told:
            question = Question.objects.get(key=one.about.partition(":")[2])
            assert question.state == QuestionState.OWNED, "never for what is done"
            assert question.due_on == one.due_on, "never for an old date"
            assert question.owner == one.person.key, "never to her whose it is not"
            assert one.rule.is_active, "never by a rule that has ended"
            assert self.now <= one.latest_at, "never later than the rule says"
            assert one.send_at.astimezone(SWEDEN).date() <= self.now.date(), "never before its day"
            identity = (one.rule_id, one.person_id, one.about, one.due_on)
            assert identity not in self.told, "never two"
            self.told.append(identity)
            assert str(one.due_on.day) in arrived.subject + arrived.body

    @invariant()
    def nothing_stands_planned_twice(self):
        planned = Reminder.objects.filter(state=ReminderState.PLANNED)
        assert planned.count() == planned.values("rule", "person", "about", "due_on").distinct().count()

    @property
    def today(self):
        return self.now.date()

    def _of(self, which):
        return Question.objects.filter(pk__in=self.questions[which : which + 1])


@pytest.mark.django_db
def test_no_history_of_dates_gives_a_reminder_that_does_not_hold(settings):
    settings.SAMSPEL_MAIL_RATES = ""
    run_state_machine_as_test(Reminding, settings=_SETTINGS)


_SETTINGS = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)


@pytest.mark.django_db
def test_without_outages_each_rule_reminds_of_each_date_that_stands_still(settings):
    """The other way round: what is to be said is said."""
    settings.SAMSPEL_MAIL_RATES = ""
    officer = person_with(Role.EDUCATION_OFFICER, name="Ester")
    for days in (8, 9, 15):
        dates.question(officer, due_on=BEGINNING.date() + timedelta(days=days))
    for hour in range(24 * 20):
        at = datetime.fromtimestamp(BEGINNING.timestamp() + 3_600 * hour, tz=SWEDEN)
        reminders.put_right(at=at)
        reminders.plan(at=at)
        reminders.send_due(at=at)

    assert set(Reminder.objects.values_list("state", flat=True)) == {ReminderState.SENT}
    assert Reminder.objects.count() == Message.objects.count() == 9
    for row in Reminder.objects.all():
        assert row.send_at <= row.ended_at <= row.send_at + timedelta(hours=1)
        assert row.send_at.astimezone(SWEDEN).hour == 7
