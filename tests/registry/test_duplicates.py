"""Who may be the same person: same name at the same organization, or same telephone."""

from __future__ import annotations

import pytest

from samspel.registry.rules.duplicates import Crowd, Known, parse_choice, phone_key

ANNA = Known("k1", "anna@old.se", "Anna Ék", "070-123 45 67", frozenset({"organizer:1"}))


def someone(**changes) -> Known:
    facts = {"key": "row-2", "email": "anna@new.se", "name": "Bo", "phone": "", "places": frozenset({"organizer:2"})}
    return Known(**{**facts, **changes})


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (someone(name="ANNA EK", places=frozenset({"organizer:1"})), "name"),
        (someone(phone="+46 70 123 45 67"), "phone"),
        (someone(phone="0046701234567"), "phone"),
        (someone(name="anna ek", phone="0701234567", places=frozenset({"organizer:1"})), "name"),
    ],
)
def test_somebody_may_be_the_same(one, why):
    assert [(match.known, match.why) for match in Crowd([ANNA]).matches(one)] == [(ANNA, why)]


@pytest.mark.parametrize(
    "one",
    [
        someone(name="Anna Ek"),
        someone(phone="070-123 45 68"),
        someone(phone="112"),
        someone(name="Anna Ek", email="anna@old.se", places=frozenset({"organizer:1"})),
        someone(name="", places=frozenset({"organizer:1"})),
    ],
)
def test_somebody_else_is_not(one):
    assert Crowd([ANNA]).matches(one) == []


def test_a_short_number_tells_nothing():
    assert [phone_key(text) for text in ("", "12 34", "08-12 34 56 7", "+4681234567")] == [
        "",
        "",
        "81234567",
        "81234567",
    ]


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("another", ("another", "")),
        ("skip", ("skip", "")),
        ("keep:row-12", ("keep", "row-12")),
        ("take:00000000-0000-4000-8000-000000000000", ("take", "00000000-0000-4000-8000-000000000000")),
        ("keep:", None),
        ("keep:../x", None),
        ("", None),
        ("KEEP:row-1", None),
    ],
)
def test_a_choice_is_one_of_four(text, parsed):
    assert parse_choice(text) == parsed
