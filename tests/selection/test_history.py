"""The history of a round: what was done, when, and for those who may know by whom and about whom."""

from __future__ import annotations

import pytest

from samspel.registry.models import Organizer
from samspel.selection.operations import drafting
from samspel.selection.queries.history import events_of
from tests.selection.conftest import NOW, bring

TAKEN_OUT = "Påhittade 03 kommun"


@pytest.fixture
def round(draft, people):
    """A round from which one was taken out."""
    organizer = Organizer.objects.get(name=TAKEN_OUT)
    drafting.exclude(round=draft, organizer=organizer, kind="other", reason="skäl", by=people.officer, at=NOW)
    return bring(draft, people, "published")


def test_who_may_see_the_figures_is_told_by_whom_and_about_whom(round, people):
    about = {str(event.label): (event.who, list(event.facts.values())) for event in events_of(round, is_inside=True)}

    assert about["Huvudman undantagen ur ramen"] == (people.officer.name, [TAKEN_OUT])


def test_others_are_told_what_was_done_and_when_alone(round):
    events = events_of(round, is_inside=False)

    assert {event.who for event in events} == {"en person"}
    assert all(not event.facts for event in events)


def test_the_page_names_the_one_taken_out_to_an_officer_and_not_to_a_process_supporter(client, round, people):
    shown = {}
    for who in (people.officer, people.process_supporter):
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
        shown[who] = TAKEN_OUT in client.get(f"/arbete/urval/{round.slug}/").content.decode()

    assert shown == {people.officer: True, people.process_supporter: False}


def test_a_longer_history_costs_no_more_queries(round, django_assert_num_queries):
    with django_assert_num_queries(3):
        events_of(round, is_inside=True)
