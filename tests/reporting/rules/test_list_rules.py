"""Letters and statuses."""

from datetime import date

import pytest

from samspel.kernel.values.sorting import sort_key
from samspel.reporting.rules.alphabet import DIGITS, LETTERS, in_order, letter_of, sign_of
from samspel.reporting.rules.status import Status, status_on

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Åre", "Å"), ("Älvsbyn", "Ä"), ("Öckerö", "Ö"), ("Élan", "E"), ("Übung", "Y"), ("Wii", "W"), ("4H", DIGITS)],
)
def test_a_name_stands_under_its_swedish_letter(name, letter):
    assert letter_of(sort_key(name)) == letter


def test_letters_stand_in_swedish_order_each_once():
    assert in_order(["}", "a", "|", "{", "z", "a", "7"]) == ["A", "Z", "Å", "Ä", "Ö", DIGITS]


@pytest.mark.parametrize("letter", LETTERS[:-1])
def test_a_letter_and_its_sign_lead_to_each_other(letter):
    assert letter_of(sign_of(letter)) == letter


@pytest.mark.parametrize(
    ("response", "ended_on", "status"),
    [
        ("none", None, Status.OFFERED),
        ("declined", None, Status.DECLINED),
        ("accepted", None, Status.CURRENT),
        ("accepted", date(2026, 11, 22), Status.CURRENT),
        ("accepted", TODAY, Status.CURRENT),
        ("accepted", date(2026, 11, 20), Status.ENDED),
    ],
)
def test_support_is_current_through_its_last_day(response, ended_on, status):
    assert status_on(TODAY, response=response, ended_on=ended_on) == status
