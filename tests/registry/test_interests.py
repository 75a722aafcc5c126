"""An organizer without a coordinator says that it wants one, and an officer answers once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samspel.accounts.queries import todo_of
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.post.models import Message
from samspel.registry.models import Appointment, AppointmentDraft, Interest, Role
from samspel.registry.operations import interests
from samspel.registry.operations.entrants import EntrantRefused, ReasonMissing
from samspel.registry.operations.interests import HasCoordinator, InterestHandled
from tests.registry.people import NOW, TODAY, holds, organizer, world
from tests.registry.test_authorizations import enter, mails
from tests.registry.test_importing_at_once import at_once

TYPED = {
    "name": "Vera Vill",
    "email": "vera@bjorkby.example",
    "phone": "",
    "title": "Rektor",
    "words": "Vi vill ha en.",
}


@pytest.fixture
def w(db):
    """The small world, and Björkby where nobody is."""
    made = world()
    made.bjorkby = _bjorkby()
    return made


def _bjorkby():
    return organizer("4951202136", "Björkby kommun", "00000013")


def register(w, **facts):
    return interests.register(by=SYSTEM, at=NOW, **{"organizer": w.bjorkby, **TYPED, **facts})


def test_registered_it_waits_and_the_sender_gets_a_receipt(w):
    one = register(w)

    assert (one.state, one.words) == ("new", "Vi vill ha en.")
    assert mails() == [("registry.interest_received", TYPED["email"])]
    assert [entry.action for entry in entries_about(one)] == ["registry.interest.registered"]


def test_the_same_twice_is_there_once(w):
    assert register(w).pk == register(w, email=TYPED["email"].upper()).pk
    assert len(mails()) == 1


@pytest.mark.parametrize("begins", [TODAY, TODAY + timedelta(days=30)])
def test_an_organizer_with_a_coordinator_or_one_to_come_needs_none(w, begins):
    holds(w.new, Role.COORDINATOR, organizer=w.bjorkby, from_on=begins)
    with pytest.raises(HasCoordinator):
        register(w)

    assert not Interest.objects.exists()


def test_one_whose_coordinator_has_left_may(w):
    holds(w.new, Role.COORDINATOR, organizer=w.bjorkby, to_on=TODAY - timedelta(days=1))

    assert register(w).state == "new"


@pytest.mark.parametrize(("field", "value"), [("email", "v@x.se\nCc: a@x.se"), ("name", "<b>Vera"), ("title", "a\rb")])
def test_header_injection_and_markup_are_refused(w, field, value):
    with pytest.raises(EntrantRefused):
        register(w, **{field: value})


def test_answered_by_asking_for_an_authorization(w):
    interests.ask_for_authorization(interest=register(w), by=w.officer, at=NOW)

    mail = Message.objects.get(kind="registry.interest_answered")
    assert f"/huvudman/{w.bjorkby.organization_number}/fullmakt/" in mail.body
    assert not Appointment.objects.filter(organizer=w.bjorkby).exists()


def test_answered_by_a_draft_where_somebody_can_confirm_it(w):
    holds(w.new, Role.ADMINISTRATOR, organizer=w.bjorkby)
    made = interests.answer_with_draft(interest=register(w), from_on=TODAY, by=w.officer, at=NOW)

    assert (made.organizer, made.email, made.state) == (w.bjorkby, TYPED["email"], "waiting")
    assert ("registry.draft_waiting", w.new.email) in mails()
    assert ("registry.interest_drafted", TYPED["email"]) in mails()


def test_put_aside_the_sender_reads_why(w):
    one = interests.put_aside(interest=register(w), reason="Ni har sagt nej.", by=w.admin, at=NOW)

    assert one.state == "declined"
    assert "Ni har sagt nej." in Message.objects.get(kind="registry.interest_put_aside").body


def test_put_aside_without_a_reason_is_not(w):
    with pytest.raises(ReasonMissing):
        interests.put_aside(interest=register(w), reason="", by=w.admin, at=NOW)


@pytest.mark.parametrize("who", ["head", "payer", "outsider", "dean"])
def test_nobody_else_answers(w, who):
    one = register(w)
    with pytest.raises(PermissionDenied):
        interests.ask_for_authorization(interest=one, by=getattr(w, who), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_answers():
    w = world()
    w.bjorkby = _bjorkby()
    one = register(w)

    given = at_once(
        lambda: interests.put_aside(interest=one, reason="Nej", by=w.admin, at=NOW),
        lambda: interests.ask_for_authorization(interest=one, by=w.officer, at=NOW),
    )

    assert sorted(type(result).__name__ for result in given) == ["Interest", InterestHandled.__name__]
    assert len(mails()) == 2


# --- pages


def test_the_public_page_finds_the_organizer_and_takes_the_interest(w, client):
    found = client.get("/samordnare/?q=bjorkby").content.decode()
    address = reverse("registry:register_interest", args=[w.bjorkby.organization_number])
    assert address in found

    answer = client.post(address, TYPED, follow=True)
    text = answer.content.decode()
    assert "intresse är anmält" in text and TYPED["email"] not in text
    assert Interest.objects.get().organizer == w.bjorkby


def test_who_has_a_coordinator_is_told_whom_to_turn_to_and_no_name(w, client):
    text = client.get(reverse("registry:register_interest", args=[w.ekviken.organization_number])).content.decode()

    assert "samordnare@skolverket.se" in text
    assert w.coordinator.name not in text and "<textarea" not in text


@pytest.mark.parametrize("facts", [{"email": "a\nb"}, {"name": ""}, {"words": "x" * 3000}, {"phone": "\x00"}])
def test_odd_input_is_refused_in_words(w, client, facts):
    address = reverse("registry:register_interest", args=[w.bjorkby.organization_number])
    answer = client.post(address, {**TYPED, **facts})

    assert answer.status_code == 422 and "field__error" in answer.content.decode()


def test_an_officer_finds_it_with_a_date_and_answers(w, client):
    one = register(w)
    [row] = [row for row in todo_of(w.officer, NOW) if "intresse" in str(row.title)]
    assert row.due_on == date(2026, 3, 9)
    enter(client, w.officer)

    assert "Be om en fullmakt" in client.get(row.address).content.decode()
    client.post(row.address, {"answer": "authorization"})
    one.refresh_from_db()
    assert one.state == "answered"
    late = client.post(row.address, {"answer": "aside", "reason": "x"})
    assert late.status_code == 409


def test_with_somebody_who_confirms_the_officer_drafts(w, client):
    holds(w.new, Role.ADMINISTRATOR, organizer=w.bjorkby)
    one = register(w)
    enter(client, w.officer)
    address = reverse("registry:interest", args=[one.key])

    assert client.post(address, {"answer": "draft", "from_on": "x"}).status_code == 422
    client.post(address, {"answer": "draft", "from_on": "2026-04-01"})
    assert AppointmentDraft.objects.get().from_on == date(2026, 4, 1)


@pytest.mark.parametrize("who", ["head", "outsider", "payer"])
def test_outsiders_are_not_let_in(w, client, who):
    one = register(w)
    enter(client, getattr(w, who))

    assert client.get(reverse("registry:interest", args=[one.key])).status_code == 403
    assert client.get(reverse("registry:interests")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_worklist_costs_the_same_for_any_number(w, client, rows, django_assert_max_num_queries):
    for number in range(rows):
        register(w, email=f"v{number}@x.se")
    enter(client, w.officer)
    client.get(reverse("registry:interests"))

    with django_assert_max_num_queries(12):
        client.get(reverse("registry:interests"))
