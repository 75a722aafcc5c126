"""Standing in for somebody never makes one pair of eyes into two."""

from __future__ import annotations

import pytest

from samspel.accounts.models import Person
from samspel.accounts.queries import todo_of
from samspel.registry.models import StandIn
from samspel.selection.operations import proposing
from samspel.selection.operations.refusals import StepNotOpen
from tests.selection.conftest import *  # noqa: F403 - the small invented programme, whole
from tests.selection.conftest import NOW


def _away(absent, deputy):
    task = absent.appointments.get()
    on = NOW.date()
    StandIn.objects.create(appointment=task, deputy=deputy, from_on=on, to_on=on, set_at=NOW)
    return Person.objects.get(pk=deputy.pk)


def test_who_proposed_does_not_confirm_as_deputy_of_another(people, proposed):
    deputy = _away(people.decider, people.officer)

    with pytest.raises(StepNotOpen):
        proposing.confirm(round=proposed, by=deputy, at=NOW)

    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_and_the_round_still_waits_for_others_in_her_att_gora(people, proposed):
    deputy = _away(people.decider, people.officer)

    rows = [(row.title, row.is_waiting_for_others, row.instead_of) for row in todo_of(deputy, NOW)]

    assert (proposed.title, True, "") in rows


def test_a_deputy_who_did_not_propose_confirms_and_sees_for_whom(people, proposed):
    deputy = _away(people.decider, people.registrar)

    rows = {row.title: row.instead_of for row in todo_of(deputy, NOW) if not row.is_waiting_for_others}
    assert rows[proposed.title] == people.decider.name

    confirmed = proposing.confirm(round=proposed, by=deputy, at=NOW)

    assert confirmed.confirmed_by == deputy
