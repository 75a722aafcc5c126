"""The handover page: what one leaves to who comes after, and to nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from samspel.accounts import queries as accounts
from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions import places_of
from samspel.registry import permissions
from samspel.registry.models import Invitation, Role
from samspel.registry.operations import appointments
from samspel.registry.queries import handover
from samspel.registry.queries.handover import HandoverPart
from samspel.registry.queries.holdings import organizer_place
from tests.registry.people import BACKEND, holds, person, world


@pytest.fixture
def w(db):
    """The small world; the coordinator is replaced from next week on."""
    made = world()
    made.at = timezone.now()
    made.today = timezone.localdate(made.at)
    made.from_on = made.today + timedelta(days=7)
    made.successor = appointments.replace(
        appointment=made.coordinator_task, person=made.new, from_on=made.from_on, by=made.chief, at=made.at
    )
    made.address = f"/arbete/uppdrag/{made.coordinator_task.pk}/overlamning/"
    return made


@pytest.fixture
def shelf(monkeypatch):
    """Att göra of the test's own: one row for each place where she coordinates."""
    shelf = HandedDown()
    monkeypatch.setattr(accounts.handed, "todo_providers", shelf)
    shelf.add(
        "test",
        lambda whom, at: [
            ToDo(f"rapport {p[1]}", f"/rapport/{p[1]}/", "x") for p in places_of(whom, at, "coordinator")
        ],
    )


def status(client, w, who):
    """How the page answers somebody."""
    client.force_login(Person.objects.get(pk=getattr(w, who).pk), backend=BACKEND)
    return client.get(w.address).status_code


def test_who_leaves_who_comes_and_those_who_appoint_see_it(client, w):
    statuses = {who: status(client, w, who) for who in ("coordinator", "new", "head", "chief")}

    assert statuses == dict.fromkeys(statuses, 200)


def test_nobody_else_does(client, w):
    assert client.get(w.address).status_code == 302
    for who in ("their_head", "their_coordinator", "dean", "officer", "admin", "payer", "outsider"):
        assert status(client, w, who) == 404, who


def test_a_look_as_another_never_shows_it(w):
    looked_at = Person.objects.get(pk=w.head.pk)
    looked_at.looked_at_by = w.admin

    may = {
        whom: permissions.may_see_handover(
            who, whose=[], role=Role.COORDINATOR, place=organizer_place(w.ekviken.pk), at=w.at
        )
        for whom, who in (("herself", w.head), ("looked at", looked_at))
    }

    assert may == {"herself": True, "looked at": False}


def test_who_left_sees_it_a_month_and_no_longer(client, w):
    for days, expected in ((30, 200), (31, 404)):
        last = w.today - timedelta(days=days)
        type(w.coordinator_task).objects.filter(pk=w.coordinator_task.pk).update(to_on=last)
        assert status(client, w, "coordinator") == expected


def test_before_she_begins_the_successor_meets_no_link_that_is_shut_to_her(client, w, shelf):
    client.force_login(w.new, backend=BACKEND)
    for address in (w.address, f"/arbete/uppdrag/{w.successor.pk}/"):
        page = client.get(address).content.decode()
        links = set(re.findall(r'href="(/arbete/(?:huvudman|uppdrag)/[^"#]*)"', page))
        shut = {link for link in links if client.get(link).status_code != 200}
        assert shut == set()


def test_what_is_open_is_of_this_task_alone(w, shelf):
    holds(w.coordinator, Role.COORDINATOR, organizer=w.sjoby)

    rows = handover.still_open(w.coordinator_task, w.at)

    assert [row.title for row in rows] == [f"rapport {w.ekviken.pk}"]


def test_it_is_told_even_when_the_task_is_over(w, shelf):
    after = w.at + timedelta(days=10)

    assert [row.title for row in handover.still_open(w.coordinator_task, after)] == [f"rapport {w.ekviken.pk}"]


def test_apps_above_add_their_parts(client, w, monkeypatch):
    parts = HandedDown()
    parts.add("none", lambda appointment, at: None)
    parts.add("test", lambda appointment, at: HandoverPart("Öppna frågor", [ToDo("Fråga 7", "/f/7/", "y")], "/f/"))
    monkeypatch.setattr(handover, "handover_parts", parts)
    client.force_login(w.head, backend=BACKEND)

    page = client.get(w.address).content.decode()

    assert 'href="/f/7/"' in page and "Öppna frågor" in page and 'href="/f/"' in page


def test_her_unanswered_invitations_are_told_and_no_others(w):
    for number, by in ((1, w.coordinator), (2, w.head)):
        Invitation.objects.create(
            token_digest=str(number), organizer=w.ekviken, role=Role.PRINCIPAL, name=f"Rektor {number}",
            email="r@people.example", invited_at=w.at, invited_by=by.key, expires_at=w.at + timedelta(days=9),
        )  # fmt: skip

    part = handover.unanswered(w.coordinator_task, w.at)

    assert [str(row.title) for row in part.rows] == ["Inbjudan till Rektor 1"]


def test_the_page_tells_who_leaves_who_comes_and_whom_to_talk_to(client, w):
    Person.objects.filter(pk=w.head.pk).update(is_protected=True)
    client.force_login(w.new, backend=BACKEND)

    page = client.get(w.address).content.decode().partition("<main")[2]

    assert "Coordinator" in page and "Nora Ny" in page and "chief@people.example" in page
    assert "Skyddad identitet" in page and "head@people.example" not in page and ">Head<" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_no_more_with_more_rows(client, w, rows, django_assert_max_num_queries):
    for number in range(rows):
        holds(person(f"p{number}@people.example", f"P {number}"), Role.DEVELOPMENT_LEAD, organizer=w.ekviken)
    client.force_login(w.new, backend=BACKEND)
    client.get(w.address)

    with django_assert_max_num_queries(34):
        client.get(w.address)
