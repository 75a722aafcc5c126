"""A deputy does another's task for a time: rights, Att göra, and never more than the task itself allows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from samspel.accounts import queries as accounts
from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.kernel.audit import entries_about
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions import holds, places_of
from samspel.post.models import Message
from samspel.registry.models import Role, StandIn
from samspel.registry.operations import appointments, stand_ins
from samspel.registry.operations.stand_ins import StandInRefused
from samspel.registry.queries import stand_ins as queries
from samspel.registry.queries.holdings import organizer_place
from tests.registry.people import BACKEND, NOW, TODAY, person, world
from tests.registry.people import holds as hold

LAST = date(2026, 3, 20)


@pytest.fixture
def w(db):
    """The small world, with a second task to be stood in for."""
    return world()


def stand(w, deputy=None, by=None, **days):
    """The coordinator stands in for the chief, unless something else is said."""
    given = {"from_on": TODAY, "to_on": LAST, **days}
    return stand_ins.set_stand_in(
        appointment=w.chief_task, deputy=deputy or w.coordinator, by=by or w.chief, at=NOW, **given
    )


def again(whom):
    """The same person as the next request meets her."""
    return Person.objects.get(pk=whom.pk)


def test_the_deputy_holds_the_role_during_those_days_and_no_other(w):
    stand(w)
    place = organizer_place(w.ekviken.pk)

    held = {
        days: holds(again(w.coordinator), NOW + timedelta(days=days), Role.CHIEF_EDUCATION_OFFICER, place=place)
        for days in (-1, 0, 18, 19)
    }

    assert held == {-1: False, 0: True, 18: True, 19: False}


def test_the_deputy_appoints_as_the_chief_may_and_no_more(w):
    stand(w)
    deputy = again(w.coordinator)

    made = appointments.appoint(
        person=w.new, role=Role.COORDINATOR, organizer=w.ekviken, from_on=TODAY, by=deputy, at=NOW
    )

    assert made.appointed_by == deputy.key
    with pytest.raises(PermissionDenied):
        appointments.appoint(
            person=w.new, role=Role.ADMINISTRATOR, organizer=w.ekviken, from_on=TODAY, by=deputy, at=NOW
        )


def test_nobody_stands_in_once_the_task_itself_is_over(w):
    stand(w)
    appointments.end(appointment=w.chief_task, to_on=TODAY, reason="Slutar", by=w.head, at=NOW)

    assert places_of(again(w.coordinator), NOW + timedelta(days=1), Role.CHIEF_EDUCATION_OFFICER) == []


@pytest.mark.parametrize("who", ["head", "admin"])
def test_those_who_may_appoint_name_a_deputy_too(w, who):
    assert stand(w, by=getattr(w, who)).set_by == getattr(w, who).key


@pytest.mark.parametrize("who", ["coordinator", "their_head", "officer", "outsider"])
def test_others_name_nobody(w, who):
    with pytest.raises(PermissionDenied):
        stand(w, by=getattr(w, who))

    assert not StandIn.objects.exists()


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"from_on": LAST, "to_on": TODAY}, "ends_before_it_begins"),
        ({"from_on": date(2026, 1, 1), "to_on": date(2026, 1, 2)}, "absence_over"),
        ({"from_on": date(2020, 1, 1)}, "outside_the_task"),
        ({"to_on": date(9999, 1, 1)}, "days_out_of_reach"),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(w, days, code):
    with pytest.raises(StandInRefused) as refused:
        stand(w, **days)

    assert code in refused.value.codes and str(refused.value)
    assert not StandIn.objects.exists()


def test_a_deputy_is_another_person_with_a_task_at_the_same_organization(w):
    refusals = {}
    for who in ("chief", "their_coordinator", "outsider"):
        with pytest.raises(StandInRefused) as refused:
            stand(w, deputy=getattr(w, who))
        refusals[who] = refused.value.codes

    unknown = ("deputy_unknown_here",)
    assert refusals == {"chief": ("deputy_is_herself",), "their_coordinator": unknown, "outsider": unknown}


def test_nobody_names_herself(w):
    with pytest.raises(StandInRefused) as refused:
        stand(w, deputy=w.head, by=w.head)

    assert refused.value.codes == ("names_herself",)


def test_one_deputy_at_a_time(w):
    stand(w)

    with pytest.raises(StandInRefused) as refused:
        stand(w, deputy=w.head, from_on=LAST, to_on=LAST)

    assert refused.value.codes == ("deputy_already",)
    assert stand(w, deputy=w.head, from_on=LAST + timedelta(days=1), to_on=LAST + timedelta(days=3)).pk


def test_called_off_it_ends_at_once_and_leaves_room(w):
    standing = stand(w)

    stand_ins.cancel(stand_in=standing, by=w.chief, at=NOW)

    assert places_of(again(w.coordinator), NOW, Role.CHIEF_EDUCATION_OFFICER) == []
    assert stand(w, deputy=w.head).pk
    assert [entry.action for entry in entries_about(w.chief_task)] == [
        "registry.stand_in.set", "registry.stand_in.cancelled", "registry.stand_in.set",
    ]  # fmt: skip


def test_the_deputy_may_step_back_herself_and_a_stranger_may_not_call_her_off(w):
    standing = stand(w)

    with pytest.raises(PermissionDenied):
        stand_ins.cancel(stand_in=standing, by=w.their_head, at=NOW)

    assert stand_ins.cancel(stand_in=standing, by=w.coordinator, at=NOW).ended_at == NOW
    with pytest.raises(StandInRefused):
        stand_ins.cancel(stand_in=standing, by=w.coordinator, at=NOW)


def test_both_are_told_but_not_she_who_did_it(w):
    stand(w)

    assert list(Message.objects.values_list("kind", "to_address")) == [
        ("registry.stand_in", "coordinator@people.example")
    ]


# --- Att göra


@pytest.fixture
def shelf(monkeypatch):
    """Att göra of the test's own: a row for each place where she is chief, one for each where she coordinates."""
    shelf = HandedDown()
    monkeypatch.setattr(accounts.handed, "todo_providers", shelf)

    def rows(whom, at):
        for role in (Role.CHIEF_EDUCATION_OFFICER, Role.COORDINATOR):
            for place in places_of(whom, at, role):
                yield ToDo(f"{role} {place[1]}", f"/{role}/{place[1]}/", "x")
        yield ToDo("eget", f"/eget/{whom.pk}/", "x")

    shelf.add("test", rows)
    return shelf


def told(whom, at=NOW):
    """Title to (waits for others, instead of whom, done by whom)."""
    return {row.title: (row.is_waiting_for_others, row.instead_of, row.done_by) for row in accounts.todo_of(whom, at)}


def test_the_deputy_sees_the_absent_ones_rows_and_for_whom(w, shelf):
    stand(w)
    here = w.ekviken.pk

    assert told(again(w.coordinator)) == {
        f"coordinator {here}": (False, "", ""),
        f"chief_education_officer {here}": (False, "Chief", ""),
        "eget": (False, "", ""),
    }


def test_the_absent_sees_them_wait_for_the_deputy_and_keeps_her_own(w, shelf):
    stand(w)

    row = f"chief_education_officer {w.ekviken.pk}"
    assert told(again(w.chief)) == {"eget": (False, "", ""), row: (True, "", "Coordinator")}
    after = NOW + timedelta(days=19)
    assert told(again(w.chief), after)[row] == (False, "", "")


def test_what_is_hers_anyway_is_nobody_elses(w, shelf):
    hold(w.coordinator, Role.CHIEF_EDUCATION_OFFICER, organizer=w.ekviken)
    stand(w)

    assert told(again(w.coordinator))[f"chief_education_officer {w.ekviken.pk}"] == (False, "", "")


def test_another_task_of_the_absent_is_not_the_deputys(w, shelf):
    hold(w.chief, Role.COORDINATOR, organizer=w.sjoby)
    stand(w)

    assert f"coordinator {w.sjoby.pk}" not in told(again(w.coordinator))
    assert told(again(w.chief))[f"coordinator {w.sjoby.pk}"] == (False, "", "")


def test_a_protected_person_is_not_named(w, shelf):
    Person.objects.filter(pk=w.chief.pk).update(is_protected=True)
    stand(w)

    assert told(again(w.coordinator))[f"chief_education_officer {w.ekviken.pk}"][1] == "Skyddad identitet"


def test_her_roles_say_for_whom_she_stands_in(w):
    stand(w)

    roles = [(str(held.role), held.instead_of) for held in accounts.roles_of(w.coordinator, NOW)]

    assert roles == [("Samordnare", ""), ("Skolchef", "Chief")]


def test_who_can_be_chosen_is_known_at_the_organization(w):
    third = person("third@people.example", "Tredje")
    hold(third, Role.DEVELOPMENT_LEAD, organizer=w.ekviken, to_on=TODAY - timedelta(days=1))

    assert set(queries.could_stand_in(w.chief_task, TODAY)) == {w.head, w.coordinator}


def test_the_page_says_instead_of_whom(client, w):
    now = timezone.now()
    today = timezone.localdate(now)
    hold(w.new, Role.DEVELOPMENT_LEAD, organizer=w.ekviken, to_on=today + timedelta(days=9))
    stand_ins.set_stand_in(
        appointment=w.chief_task, deputy=w.coordinator, from_on=today, to_on=today, by=w.chief, at=now
    )
    client.force_login(w.coordinator, backend=BACKEND)
    assert "I stället för Chief." in client.get("/arbete/").content.decode()
    client.force_login(w.chief, backend=BACKEND)
    assert "Coordinator gör det medan du är borta." in client.get("/arbete/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_att_gora_asks_no_more_with_more_rows(w, shelf, rows, django_assert_max_num_queries):
    for number in range(rows):
        where = {"organizer": w.ekviken if number else w.sjoby}
        hold(w.coordinator, Role.DEVELOPMENT_LEAD, **where)
    stand(w)
    deputy = again(w.coordinator)

    with django_assert_max_num_queries(4):
        accounts.todo_of(deputy, NOW)


def test_the_page_offers_nobody_herself_and_says_so_when_there_is_nobody(w, client):
    client.force_login(w.head, BACKEND)
    page = client.get(reverse("registry:stand_in", args=[w.chief_task.pk]))

    offered = list(page.context["form"].fields["deputy"].queryset)
    assert w.head not in offered and w.chief not in offered and w.coordinator in offered

    Person.objects.exclude(pk__in=[w.head.pk, w.chief.pk]).update(is_active=False)
    with override("sv"):
        page = client.get(reverse("registry:stand_in", args=[w.chief_task.pk]))
    assert "Det finns ingen att välja" in page.content.decode()


def test_once_named_the_page_says_who_has_been_told(w, client):
    client.force_login(w.head, BACKEND)
    today = timezone.localdate().isoformat()
    given = {"deputy": w.coordinator.key, "from_on": today, "to_on": today}
    with override("sv"):
        page = client.post(reverse("registry:stand_in", args=[w.chief_task.pk]), given, follow=True)

    assert "Vikarien är utsedd. Båda har fått ett mejl." in page.content.decode()
