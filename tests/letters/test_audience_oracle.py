"""Every filter alone and combined: the result is what an oracle says, which reads the same rows in plain Python."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspel.letters.queries import audiences
from samspel.testing.examples import many
from tests.letters.audience_world import make_world, should_get, signs
from tests.letters.conftest import AT

TO = ["role:coordinator", "role:principal", "role:network_leader", "role:editor", "organizer"]
# What each filter leaves of those with the task, and of official addresses, by name or letter.
ALONE = [
    ("kind", ["private"], {"Bo", "Cia", "b"}),
    ("kind", ["private", "region"], {"Bo", "Cia", "b", "c"}),
    ("kind", ["no_such_type"], set()),
    ("county", [1], {"Bo", "Cia", "b", "c"}),
    ("county", [2], {"e"}),
    ("school_form", ["GR"], {"Ada", "Jon", "Hal", "a"}),
    ("school_form", ["GY"], {"Bo", "Cia", "b"}),
    ("no_coordinator", ["1"], {"Ada", "Hal", "c", "e"}),
    ("appointed_since", ["2026-11-22"], {"Bo", "b"}),
    ("appointed_since", ["2026-10-01"], {"Bo", "Hal", "a", "b"}),
    ("appointed_since", ["no day"], set()),
    ("no_such_filter", ["1"], set()),
    ("selection.scheme", ["prov-x"], {"Ada", "Jon", "Hal", "Bo", "Cia", "a", "b", "c"}),
    ("selection.edition", ["prov-y-1"], {"Ada", "Jon", "Hal", "a"}),
    ("selection.round", ["x1"], {"Ada", "Jon", "Hal", "Bo", "Cia", "a", "b", "c"}),
    ("selection.round", ["x2"], set()),
    ("selection.status", ["none"], {"Ada", "Jon", "Hal", "a"}),
    ("selection.status", ["declined"], {"Bo", "Cia", "b"}),
    ("selection.status", ["supported"], {"Ada", "Jon", "Hal", "a"}),
    ("selection.status", ["ended"], {"c"}),
]


@pytest.fixture
def world(db):
    """One of each thing that decides who gets a letter."""
    return make_world()


def names(world, audience, **more):
    """Who gets it: people by name, official addresses by the organizer's letter."""
    people = {person.pk: name for name, person in world.who.items()}
    letters = {getattr(world, letter).pk: letter for letter in "abcde"}
    found = audiences.recipients(audience, AT, **more)
    return {people[one.person] for one in found if one.person} | {
        letters[one.organizer] for one in found if one.organizer
    }


@pytest.mark.parametrize("name, values, left", ALONE)
def test_each_filter_alone_leaves_those_it_fits(world, name, values, left):
    values = [world.counties[one].code if isinstance(one, int) else one for one in values]

    assert names(world, {"to": TO, "filters": {name: values}}) == left


def test_a_round_and_an_answer_are_of_one_and_the_same_offer(world):
    both = {"selection.round": ["y1"], "selection.status": ["supported"]}

    assert names(world, {"to": TO, "filters": both}) == set()


def audience_of(world, given):
    counties = [one.code for one in world.counties]
    filters = {
        "kind": ["municipality", "private", "region", "municipal_federation"],
        "county": counties,
        "school_form": ["GR", "GY", "SP"],
        "no_coordinator": ["1"],
        "appointed_since": ["2019-01-01", "2026-10-01", "2026-11-22"],
        "selection.scheme": ["prov-x", "prov-y"],
        "selection.edition": ["prov-x-1", "prov-y-1"],
        "selection.round": ["x1", "x2", "y1"],
        "selection.status": ["none", "declined", "supported", "ended"],
    }

    def chosen(picks):
        found = {}
        for place, value in picks:
            name = list(filters)[place % len(filters)]
            value = filters[name][value % len(filters[name])]
            single = name in ("appointed_since", "no_coordinator")
            found[name] = [value] if single else sorted({*found.get(name, []), value})
        return found

    return {
        "to": given.to,
        "filters": chosen(given.filters),
        "lists": [world.lists[one] for one in given.lists],
        "without": {"filters": chosen(given.gone), "lists": [world.lists[one] for one in given.gone_lists]},
    }


def some(elements, most):
    return st.lists(elements, max_size=most, unique=True)


PICKS = st.tuples(st.integers(0, 8), st.integers(0, 3))
CHOICES = st.builds(
    SimpleNamespace,
    to=some(st.sampled_from(TO), 5),
    filters=some(PICKS, 4),
    lists=some(st.integers(0, 1), 2),
    gone=some(PICKS, 2),
    gone_lists=some(st.integers(0, 1), 1),
)


@settings(max_examples=many(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=CHOICES, is_news=st.booleans())
def test_any_combination_gives_what_plain_python_gives(world, given, is_news):
    audience = audience_of(world, given)
    letter = SimpleNamespace(kind="news" if is_news else "duty", scheme_id=None)

    found = audiences.recipients(audience, AT, letter=letter)

    assert signs(found) == should_get(audience, unsubscribed=[world.who["Bo"].email] if is_news else [])
    assert len(signs(found)) == len(found) == audiences.count(audience, AT, letter=letter)
