"""Pages of reminders: what is planned, sent and missed, the rules, and how one wants one's own."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.kernel.audit.models import AuditEntry
from samspel.letters.models import ReminderChoice, ReminderRule
from samspel.letters.operations import reminders
from samspel.registry.models import Role
from tests.letters import dates
from tests.letters.conftest import person_with
from tests.letters.test_reminders import WEEK_BEFORE

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db):
    return person_with(Role.ADMINISTRATOR, name="Adam Administratör")


@pytest.fixture
def officer(db):
    return person_with(Role.EDUCATION_OFFICER, name="Ester Handläggare")


def test_staff_see_what_is_planned_and_sent_and_to_whom(client, administrator, officer):
    dates.question(officer)
    reminders.plan(at=WEEK_BEFORE)
    reminders.send_due(at=WEEK_BEFORE)
    client.force_login(administrator)

    planned = client.get("/arbete/paminnelser/").content.decode()
    sent = client.get("/arbete/paminnelser/?visa=skickade&slag=casefiles.question").content.decode()

    assert planned.count("Ester Handläggare") == 2
    assert sent.count("Ester Handläggare") == 1
    assert "På väg" in sent


@pytest.mark.parametrize("query", ["visa=x", "visa=%00", "slag=%00", "slag=x&sida=99999999999999999999", "sida=-1"])
def test_what_is_not_understood_shows_what_is_planned(client, administrator, query):
    client.force_login(administrator)

    assert client.get(f"/arbete/paminnelser/?{query}").status_code in (200, 404)


def test_the_list_asks_as_often_however_many_there_are(client, administrator, officer):
    client.force_login(administrator)

    def asked():
        reminders.plan(at=WEEK_BEFORE)
        with CaptureQueriesContext(connection) as queries:
            client.get("/arbete/paminnelser/")
        return len(queries)

    dates.question(officer)
    asked()
    few = asked()
    for _more in range(3):
        dates.question(officer)

    assert asked() == few


def test_a_rule_is_made_ended_and_made_again(client, administrator):
    client.force_login(administrator)
    given = {"source": "", "number": "3", "which": "before", "at_hour": "8", "latest_hours": "12"}

    client.post("/arbete/paminnelser/regler/ny/", given)
    rule = ReminderRule.objects.get(days=-3)
    page = client.get("/arbete/paminnelser/regler/").content.decode()
    client.post(f"/arbete/paminnelser/regler/{rule.key}/avsluta/")
    client.post("/arbete/paminnelser/regler/ny/", {**given, "at_hour": "9"})

    assert "3 dagar före, kl. 08.00" in page
    rule.refresh_from_db()
    assert (rule.is_active, rule.at_hour) == (True, 9)
    entries = AuditEntry.objects.filter(action__startswith="letters.").order_by("id")
    assert list(entries.values_list("action", flat=True)) == [
        f"letters.reminder_rule.{deed}" for deed in ("made", "ended", "made")
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "-1"},
        {"number": "366"},
        {"number": "9" * 40},
        {"number": "\x00"},
        {"source": "x"},
        {"source": "\x00"},
        {"which": "x"},
        {"at_hour": "24"},
        {"latest_hours": "0"},
        {"latest_hours": "x" * 1_000_000},
        {"number": "1"},
    ],
)
def test_a_rule_that_cannot_be_is_refused_in_words(client, administrator, changed):
    client.force_login(administrator)
    given = {"source": "", "number": "3", "which": "before", "at_hour": "8", "latest_hours": "12"}
    before = ReminderRule.objects.count()

    answer = client.post("/arbete/paminnelser/regler/ny/", {**given, **changed})

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert ReminderRule.objects.count() == before


def test_only_who_decides_sets_rules(client, officer):
    client.force_login(officer)

    assert client.get("/arbete/paminnelser/regler/").status_code == 200
    assert client.get("/arbete/paminnelser/regler/ny/").status_code == 403
    rule = ReminderRule.objects.first()
    assert client.post(f"/arbete/paminnelser/regler/{rule.key}/avsluta/").status_code == 403


def test_each_chooses_for_herself_and_sees_what_is_planned_for_her(client, officer):
    other = person_with(Role.REGISTRAR, name="Rut Registrator")
    dates.question(officer)
    dates.question(other)
    reminders.plan(at=WEEK_BEFORE)
    client.force_login(officer)

    client.post("/arbete/paminnelser/mina/", {"way": "daily", "person": other.pk})
    page = client.get("/arbete/paminnelser/mina/").content.decode()

    assert list(ReminderChoice.objects.values_list("person", "way")) == [(officer.pk, "daily")]
    assert page.count("Svara på ”När börjar nästa nätverk?”") == 3
    assert client.post("/arbete/paminnelser/mina/", {"way": "\x00"}).status_code == 422


def test_no_rules_at_all_is_said(client, administrator):
    ReminderRule.objects.update(is_active=False)
    client.force_login(administrator)

    assert "Inga påminnelser skickas alls." in client.get("/arbete/paminnelser/regler/").content.decode()
