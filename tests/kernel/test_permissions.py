"""The gate: who is allowed by role, place and state, and how sure the login must be."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspel.kernel import permissions
from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import (
    AGENCY,
    ANY_STATE,
    ANYBODY,
    HERSELF,
    LOGGED_IN,
    THE_SYSTEM,
    Deed,
    Holding,
    Level,
    LevelTooLow,
    PrivateZone,
    Table,
)
from samspel.kernel.permissions import holdings as holdings_module

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ROLES = ["officer", "coordinator", "administrator"]
STATES = {"draft": "Draft", "sent": "Sent", "closed": "Closed"}
PLACES = [AGENCY, ("organizer", 1), ("organizer", 2), ("university", 1)]

roles = st.frozensets(st.sampled_from(ROLES))
places = st.sampled_from(PLACES)
holdings = st.lists(st.builds(Holding, st.sampled_from(ROLES), places), max_size=4)
deeds = st.builds(
    Deed,
    label=st.just("A deed"),
    by=st.dictionaries(st.sampled_from([ANY_STATE, *STATES]), roles, max_size=4),
    level=st.sampled_from(list(Level)),
    at_own_place=roles,
    at_agency_too=roles,
)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def person(*held, **facts):
    """Somebody logged in who holds just this."""
    given = {"is_authenticated": True, "is_active": True, "key": object(), **facts}
    someone = SimpleNamespace(**given)
    someone._holdings_by_day = {NOW.date(): tuple(held)}
    return someone


def table(deed):
    return Table("A table", {"do": deed}, STATES)


@unhurried
@given(deeds, holdings, places, st.sampled_from([ANY_STATE, *STATES]))
def test_a_role_counts_where_its_row_says_and_nowhere_else(deed, held, place, state):
    def at_the_agency(one):
        return one.place is AGENCY and (one.role not in deed.at_own_place or one.role in deed.at_agency_too)

    def at_home(one):
        return one.place is not AGENCY and one.place == place and one.role in deed.at_own_place

    counting = {one.role for one in held if at_the_agency(one) or at_home(one)} & deed.roles_in(state)

    assert table(deed).allows(person(*held), "do", NOW, state=state, place=place) is bool(counting)


@unhurried
@given(deeds, st.sampled_from(ROLES), st.sampled_from(list(STATES)))
def test_a_role_at_one_organizer_allows_nothing_at_another_nor_at_the_agency(deed, role, state):
    hers = person(Holding(role, ("organizer", 1)))

    assert not table(deed).allows(hers, "do", NOW, state=state, place=("organizer", 2))
    assert not table(deed).allows(hers, "do", NOW, state=state, place=("university", 1))
    assert not table(deed).allows(hers, "do", NOW, state=state)


def test_who_forgets_to_say_where_lets_nobody_in():
    administrator = frozenset({"administrator"})
    its = table(Deed("A deed", {ANY_STATE: administrator}, at_own_place=administrator))

    for place in PLACES:
        assert not its.allows(person(Holding("administrator", place)), "do", NOW)


def test_a_role_may_count_both_at_home_and_at_the_agency():
    administrator = frozenset({"administrator"})
    its = table(Deed("A deed", {ANY_STATE: administrator}, at_own_place=administrator, at_agency_too=administrator))
    home = ("organizer", 1)

    allowed = [place for place in PLACES if its.allows(person(Holding("administrator", place)), "do", NOW, place=home)]

    assert allowed == [AGENCY, home]


@unhurried
@given(deeds, holdings, places, st.text(min_size=1).filter(lambda text: text not in STATES))
def test_an_unknown_state_allows_nobody(deed, held, place, state):
    for somebody in (person(*held), SYSTEM):
        assert not table(deed).allows(somebody, "do", NOW, state=state, place=place)


@unhurried
@given(deeds, holdings, places, st.sampled_from(list(STATES)))
def test_what_is_allowed_in_a_state_is_allowed_in_some_state(deed, held, place, state):
    hers, its = person(*held), table(deed)

    assert its.allows_in_some_state(hers, "do", NOW, place=place) >= its.allows(
        hers, "do", NOW, state=state, place=place
    )


@unhurried
@given(deeds, holdings, places, st.sampled_from(list(STATES)))
def test_a_closed_account_and_nobody_are_allowed_what_anybody_may_and_no_more(deed, held, place, state):
    for nobody in (person(*held, is_active=False), AnonymousUser()):
        assert not table(deed).allows(nobody, "do", NOW, state=state, place=place)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (ANYBODY, {"nobody", "closed", "person", "herself", "system"}),
        (LOGGED_IN, {"person", "herself"}),
        (HERSELF, {"herself"}),
        (THE_SYSTEM, {"system"}),
    ],
)
def test_whom_a_deed_is_for_beside_roles(who, allowed):
    its, someone, other = table(Deed("A deed", {ANY_STATE: frozenset({who})})), person(), person()
    asking = {
        "nobody": (AnonymousUser(), other),
        "closed": (person(is_active=False), other),
        "person": (someone, other),
        "herself": (someone, someone),
        "system": (SYSTEM, other),
    }

    assert {name for name, (by, whose) in asking.items() if its.allows(by, "do", NOW, whose=whose)} == allowed


def test_nobody_is_herself_where_it_is_not_said_whose_it_is():
    its = table(Deed("A deed", {ANY_STATE: frozenset({HERSELF})}))

    assert not its.allows(person(), "do", NOW)


@pytest.mark.parametrize("needed", list(Level))
@pytest.mark.parametrize("has", list(Level))
def test_a_login_that_falls_short_is_told_which_it_takes(needed, has):
    its = table(Deed("A deed", {ANY_STATE: frozenset({"officer"})}, level=needed))
    hers = person(Holding("officer"), session_level=int(has))

    if has >= needed:
        its.require(hers, "do", NOW)
        its.require_in_some_state(hers, "do", NOW)
    else:
        for require in (its.require, its.require_in_some_state):
            with pytest.raises(LevelTooLow) as refusal:
                require(hers, "do", NOW)
            assert refusal.value.needed is needed


def test_who_may_not_is_never_told_to_log_in_more_surely():
    its = table(Deed("A deed", {ANY_STATE: frozenset({"officer"})}, level=Level.SIGN))

    with pytest.raises(PermissionDenied) as refusal:
        its.require(person(session_level=1), "do", NOW)

    assert not isinstance(refusal.value, LevelTooLow)


def test_nobody_logged_in_reads_a_person_without_a_session_acts_on_the_machine():
    assert permissions.level_of(AnonymousUser()) is Level.READ
    assert permissions.level_of(person()) is Level.SIGN
    permissions.require_level(SYSTEM, Level.SIGN)


def test_what_is_private_is_shut_to_a_look_whatever_the_role():
    its = table(Deed("A deed", {ANY_STATE: frozenset({ANYBODY, "officer"})}, is_private=True))

    assert its.allows(person(Holding("officer")), "do", NOW)
    assert not its.allows(person(Holding("officer"), looked_at_by=object()), "do", NOW)


def test_a_private_view_answers_herself_and_refuses_a_look_in_words():
    view = permissions.private_zone(lambda request, number: number)

    assert view(SimpleNamespace(user=person()), 7) == 7
    with pytest.raises(PrivateZone) as refusal:
        view(SimpleNamespace(user=person(looked_at_by=object())), 7)
    assert "privat" in str(refusal.value.title)


def test_roles_are_asked_for_once_for_a_request(monkeypatch):
    asked = []

    def resolve(someone, at):
        asked.append(someone)
        return [Holding("officer"), Holding("officer", ("organizer", 1))]

    shelf = permissions.role_resolvers.__class__()
    shelf.add("test", resolve)
    monkeypatch.setattr(holdings_module, "role_resolvers", shelf)
    someone = SimpleNamespace(is_authenticated=True, is_active=True)

    assert permissions.holds(someone, NOW, "officer")
    assert permissions.holds(someone, NOW, "officer", place=("organizer", 1))
    assert not permissions.holds(someone, NOW, "officer", place=("organizer", 2))
    assert permissions.places_of(someone, NOW, "officer") == [None, ("organizer", 1)]
    assert len(asked) == 1
