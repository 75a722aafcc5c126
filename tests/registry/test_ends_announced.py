"""An end is told before it comes: thirty and seven days before, once each, and in Att göra."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.queries import todo_of
from samspel.kernel.audit import SYSTEM
from samspel.post.models import Message
from samspel.registry import tasks
from samspel.registry.models import Appointment
from samspel.registry.operations import appointments
from samspel.registry.queries import endings
from samspel.registry.queries.organizations import Organization, asked_of
from tests.registry.people import NOW, TODAY, world


@pytest.fixture
def w(db):
    """The small world, where the coordinator's last day is in forty days."""
    made = world()
    made.last = TODAY + timedelta(days=40)
    _set_end(made.coordinator_task, made.last)
    return made


def _set_end(task, last):
    Appointment.objects.filter(pk=task.pk).update(to_on=last)


def announce(days: int) -> int:
    """What the morning's job does that many days from now; how many it told."""
    at = NOW + timedelta(days=days)
    return sum(
        appointments.announce_end(appointment=one, by=SYSTEM, at=at)
        for one in endings.to_announce(TODAY + timedelta(days=days))
    )


def test_it_is_told_thirty_and_seven_days_before_once_each(w):
    told = {days: announce(days) for days in range(42)}

    assert {days for days, count in told.items() if count} == {10, 33}
    assert Message.objects.filter(kind="registry.ends_soon").count() == 2
    assert set(Message.objects.values_list("to_address", flat=True)) == {
        "coordinator@people.example", "head@people.example",
    }  # fmt: skip


def test_a_machine_that_stood_still_tells_once_when_it_wakes(w):
    assert [announce(days) for days in (35, 36, 37)] == [1, 0, 0]


def test_one_with_a_successor_needs_no_telling(w):
    appointments.replace(
        appointment=w.coordinator_task, person=w.new, from_on=w.last + timedelta(days=1), by=w.head, at=NOW
    )
    Message.objects.all().delete()

    assert [announce(days) for days in (10, 33)] == [0, 0]


def test_prolonged_it_is_told_anew_before_the_new_end(w):
    announce(33)
    appointments.prolong(
        appointment=w.coordinator_task, to_on=w.last + timedelta(days=60), by=w.head, at=NOW + timedelta(days=34)
    )

    told = {days for days in range(35, 102) if announce(days)}

    assert told == {70, 93}


def test_who_ends_it_within_the_month_has_told_already(w):
    appointments.end(appointment=w.coordinator_task, to_on=TODAY + timedelta(days=20), reason="x", by=w.head, at=NOW)

    assert {days for days in range(21) if announce(days)} == {13}


def test_att_gora_tells_her_and_those_who_can_replace_her(w):
    at = NOW + timedelta(days=15)

    rows = {
        who: [
            (str(row.title), row.due_on)
            for row in todo_of(Person.objects.get(pk=getattr(w, who).pk), at)
            if "Samordnare" in str(row.title)
        ]
        for who in ("coordinator", "head", "chief", "their_head", "admin")
    }

    asked = [("Samordnare hos Ekvikens kommun: någon ny, eller längre tid?", w.last)]
    assert rows == {
        "coordinator": [("Samordnare hos Ekvikens kommun: lämna över", w.last)],
        "head": asked, "chief": asked, "their_head": [], "admin": [],
    }  # fmt: skip


def test_it_is_asked_of_the_organization(w):
    at = NOW + timedelta(days=15)

    titles = [str(row.title) for row in asked_of(Organization(organizer=w.ekviken), at)]

    assert "Samordnare hos Ekvikens kommun: någon ny, eller längre tid?" in titles
    assert not [row for row in asked_of(Organization(organizer=w.sjoby), at) if row.due_on]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(transactional_db):
    w = world()
    _set_end(w.coordinator_task, TODAY + timedelta(days=5))

    def work(_number):
        try:
            return announce(0)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(work, range(4)))

    assert sum(told) == 1
    assert Message.objects.count() == 2


def test_the_mornings_job_tells_by_the_clock(w):
    _set_end(w.coordinator_task, timezone.localdate() + timedelta(days=6))

    for _morning in range(2):
        tasks.announce_ends(timestamp=0)

    assert Message.objects.count() == 2
