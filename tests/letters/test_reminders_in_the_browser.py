"""A date is moved on its page, and the reminder that arrives has the new one; pages of reminders are for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from samspel.letters.models import Reminder, ReminderRule
from samspel.letters.tasks import reminders as tasks
from samspel.registry.models import Role
from samspel.testing.sessions import log_in_page
from tests.letters import dates
from tests.letters.conftest import person_with
from tests.post.conftest import in_threads, mail_server, work

__all__ = ["mail_server", "work"]

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def rules(transactional_db):
    """The day before, at any hour of these tests."""
    ReminderRule.objects.all().delete()
    ReminderRule.objects.create(days=-1, at_hour=0, latest_hours=48, made_at=timezone.now())


@pytest.fixture
def officer(transactional_db):
    return person_with(Role.EDUCATION_OFFICER, Role.ADMINISTRATOR, name="Ester Handläggare")


@pytest.fixture
def log_in(live, new_page):
    def open_page(person, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        return page

    return open_page


def move(page, question, day):
    page.goto(f"/arbete/fragor/{question.key}/")
    page.locator("input[type=date]").first.fill(day.isoformat())
    page.locator("form:has(input[type=date])").first.locator("button[type=submit], button:not([type])").first.click()
    page.wait_for_load_state()


def test_a_reminder_follows_its_date_when_it_moves(log_in, officer, mail_server, work):
    today = timezone.localdate()
    tomorrow, in_ten_days = today + timedelta(days=1), today + timedelta(days=10)
    question = dates.question(officer, due_on=tomorrow)
    page = log_in(officer)
    tasks.remind(timestamp=0)

    # The mail is written and waits, when the date moves away from it, and comes back nearer.
    move(page, question, in_ten_days)
    question.refresh_from_db()
    assert question.due_on == in_ten_days
    in_threads(1, work)
    assert mail_server.messages == []
    tasks.remind(timestamp=0)
    page.goto("/arbete/paminnelser/mina/")
    assert page.get_by_text(f"sista dag {date_format(in_ten_days, 'j F Y')}").count() == 1

    move(page, question, tomorrow)
    tasks.remind(timestamp=0)
    in_threads(1, work)

    (arrived,) = mail_server.messages
    assert arrived["Subject"].strip().endswith(f"senast {date_format(tomorrow, 'j F')}")
    assert sorted(Reminder.objects.values_list("due_on", "state")) == [(tomorrow, "sent"), (in_ten_days, "dropped")]


@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_pages_are_accessible_and_fit_a_phone(log_in, officer, axe, prefix):
    dates.question(officer, due_on=timezone.localdate() + timedelta(days=3))
    tasks.remind(timestamp=0)
    page = log_in(officer, viewport={"width": 320, "height": 800})
    for path in ("", "?visa=skickade", "mina/", "regler/", "regler/ny/"):
        page.goto(f"{prefix}/arbete/paminnelser/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
