"""Whom an audience is: by task, official address and list, each address once."""

from datetime import timedelta

import pytest

from samspel.letters.queries import audiences
from tests.letters.conftest import AT, TO_COORDINATORS, at_organizer

OFFICIAL = {"to": ["organizer"]}


def addresses(audience, **more):
    return [one.address for one in audiences.recipients(audience, AT, **more)]


def test_those_with_the_task_get_it(coordinators):
    assert addresses(TO_COORDINATORS) == [one.email for one in coordinators]


def test_nobody_is_asked_for_by_nothing(coordinators):
    assert audiences.recipients({}, AT) == []
    assert audiences.described({}, "sv") == "Ingen är vald."


@pytest.mark.parametrize("from_days, to_days, is_there", [(0, 0, True), (1, None, False), (-9, -1, False)])
def test_an_appointment_counts_on_its_days(organizers, from_days, to_days, is_there):
    person = at_organizer(organizers[2], "coordinator", "Dag Samordnare")
    day = AT.date()
    person.appointments.update(
        from_on=day + timedelta(days=from_days), to_on=None if to_days is None else day + timedelta(days=to_days)
    )

    assert (person.email in addresses(TO_COORDINATORS)) is is_there
