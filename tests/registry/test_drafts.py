"""Drafted appointments: the agency drafts what it was told, the organizer alone makes it count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samspel.accounts.models import Person
from samspel.accounts.queries import todo_of
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.post.models import Message
from samspel.registry.models import Appointment, AppointmentDraft, Role
from samspel.registry.operations import drafts
from samspel.registry.operations.drafts import DraftJudged
from samspel.registry.operations.entrants import EntrantRefused
from tests.registry.people import NOW, TODAY, world
from tests.registry.test_authorizations import enter, mails
from tests.registry.test_importing_at_once import at_once

TYPED = {"name": "Sam Ny", "email": "sam@ekviken.example", "phone": "", "title": "Utvecklare"}
FROM = TODAY + timedelta(days=7)


@pytest.fixture
def w(db):
    """The small world."""
    return world()


def draft(w, by=None, **facts):
    given = {"organizer": w.ekviken, "from_on": FROM, **TYPED}
    return drafts.draft(by=by or w.officer, at=NOW, **{**given, **facts})


def confirm(w, one, by=None, **facts):
    return drafts.confirm(draft=one, by=by or w.head, at=NOW, **{**TYPED, "from_on": FROM, **facts})


def test_a_draft_gives_nobody_a_role_and_tells_those_who_can_confirm(w):
    one = draft(w, origin="SV 2026:14")

    assert not Person.objects.filter(email=TYPED["email"]).exists()
    assert mails() == [("registry.draft_waiting", w.chief.email), ("registry.draft_waiting", w.head.email)]
    assert (one.origin, [entry.action for entry in entries_about(one)]) == ("SV 2026:14", ["registry.draft.made"])


def test_the_system_drafts_from_a_mailbox(w):
    assert draft(w, by=SYSTEM).drafted_by is None


@pytest.mark.parametrize("who", ["head", "chief", "payer", "outsider", "dean"])
def test_nobody_outside_the_agency_drafts(w, who):
    with pytest.raises(PermissionDenied):
        draft(w, by=getattr(w, who))


def test_header_injection_is_refused(w):
    with pytest.raises(EntrantRefused):
        draft(w, email="sam@x.se\r\nBcc: all@x.se")


def test_what_it_replaces_is_the_organizers_own(w):
    with pytest.raises(ValueError, match="is not of organizer"):
        draft(w, replaces=w.their_coordinator_task)


@pytest.mark.parametrize("who", ["head", "chief"])
def test_confirmed_she_is_appointed_as_corrected(w, who):
    one = confirm(w, draft(w), by=getattr(w, who), title="Samordnare", from_on=TODAY)

    made = Appointment.objects.get(person__email=TYPED["email"])
    assert (made.role, made.organizer, made.from_on, made.title) == (Role.COORDINATOR, w.ekviken, TODAY, "Samordnare")
    assert (one.state, one.appointment, one.title) == ("confirmed", made, "Samordnare")
    assert ("registry.draft_confirmed", w.officer.email) in mails()


def test_confirmed_with_a_replacement_the_one_before_ends_the_day_before(w):
    confirm(w, draft(w, replaces=w.coordinator_task))

    w.coordinator_task.refresh_from_db()
    assert w.coordinator_task.to_on == FROM - timedelta(days=1)
    assert Appointment.objects.get(person__email=TYPED["email"]).replaces == w.coordinator_task


def test_declined_the_drafter_reads_why(w):
    drafts.decline(draft=draft(w), reason="Det blir en annan.", by=w.head, at=NOW)

    assert "Det blir en annan." in Message.objects.get(kind="registry.draft_declined").body
    assert not Person.objects.filter(email=TYPED["email"]).exists()


@pytest.mark.parametrize("who", ["their_head", "coordinator", "officer", "admin", "outsider"])
def test_nobody_but_those_who_run_the_organizer_confirms(w, who):
    one = draft(w)
    with pytest.raises(PermissionDenied):
        confirm(w, one, by=getattr(w, who))

    assert not Person.objects.filter(email=TYPED["email"]).exists()


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_declined_at_once_one_of_them_counts():
    w = world()
    one = draft(w)

    given = at_once(
        lambda: confirm(w, one),
        lambda: drafts.decline(draft=one, reason="Nej", by=w.chief, at=NOW),
    )

    assert sorted(type(result).__name__ for result in given) == ["AppointmentDraft", DraftJudged.__name__]
    one.refresh_from_db()
    assert Appointment.objects.filter(person__email=TYPED["email"]).exists() == (one.state == "confirmed")


# --- pages


def test_the_whole_way_over_the_pages(w, client):
    enter(client, w.officer)
    new = reverse("registry:draft_new", args=[w.ekviken.organization_number])
    typed = {**TYPED, "from_on": "2026-04-01", "replaces": w.coordinator_task.pk}
    made = client.post(new, typed, follow=True)
    assert "Chief" in made.content.decode()
    one = AppointmentDraft.objects.get()

    client.logout()
    [row] = [row for row in todo_of(w.head, NOW) if "samordnare" in str(row.title)]
    enter(client, w.head)
    assert TYPED["email"] in client.get(row.address).content.decode()
    answer = {"answer": "confirm", **TYPED, "from_on": "2026-04-02"}
    client.post(row.address, answer)

    one.refresh_from_db()
    assert (one.state, one.appointment.from_on) == ("confirmed", date(2026, 4, 2))
    assert client.post(row.address, answer).status_code == 409


def test_where_nobody_can_confirm_the_officer_is_told_what_to_do(w, client):
    Appointment.objects.filter(organizer=w.ekviken).delete()
    one = draft(w)
    enter(client, w.officer)

    for address in (
        reverse("registry:draft", args=[one.key]),
        reverse("registry:draft_new", args=[w.ekviken.organization_number]),
    ):
        text = client.get(address).content.decode()
        assert "Ingen hos huvudmannen kan bekräfta" in text
        assert reverse("registry:authorize_organizer", args=[w.ekviken.organization_number]) in text


@pytest.mark.parametrize("who", ["their_head", "outsider", "coordinator"])
def test_anothers_draft_is_not_there(w, client, who):
    one = draft(w)
    enter(client, getattr(w, who))

    assert client.get(reverse("registry:draft", args=[one.key])).status_code in (403, 404)


@pytest.mark.parametrize(
    "facts", [{"replaces": "x"}, {"from_on": "0000-00-00"}, {"email": ""}, {"name": "\x00"}, {"replaces": 10**30}]
)
def test_odd_input_is_refused_in_words(w, client, facts):
    enter(client, w.officer)
    new = reverse("registry:draft_new", args=[w.ekviken.organization_number])

    assert client.post(new, {**TYPED, "from_on": "2026-04-01", **facts}).status_code == 422
    assert not AppointmentDraft.objects.exists()


def test_a_day_that_no_appointment_can_begin_on_is_refused_and_the_draft_waits(w, client):
    one = draft(w)
    enter(client, w.head)
    answer = client.post(
        reverse("registry:draft", args=[one.key]), {"answer": "confirm", **TYPED, "from_on": "0001-01-01"}
    )

    one.refresh_from_db()
    assert (answer.status_code, one.state) == (409, "waiting")
    assert not Person.objects.filter(email=TYPED["email"]).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number(w, client, rows, django_assert_max_num_queries):
    for number in range(rows):
        draft(w, email=f"s{number}@x.se")
    enter(client, w.head)
    client.get(reverse("registry:drafts"))

    with django_assert_max_num_queries(12):
        client.get(reverse("registry:drafts"))
