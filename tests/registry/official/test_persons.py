"""Principals' names, mail and phones are dropped while reading and stand in no row, fault or notice."""

import pickle

import pytest

from samspel.registry.rules.official import read
from samspel.registry.rules.official.faults import shown

from . import samples
from .samples import MAIL, PHONE, PRINCIPAL, unit_row


def told(data):
    """All that reading a file gives, as one text."""
    return repr(pickle.loads(pickle.dumps(read("register.xlsx", data))))


def test_nothing_of_a_person_is_read_from_the_register():
    text = told(samples.register())

    assert [word for word in (PRINCIPAL, MAIL, PHONE, "Rektorsson") if word in text] == []


@pytest.mark.parametrize("slip", range(1, 6))
@pytest.mark.parametrize("way", [1, -1])
def test_a_row_that_slipped_sideways_shows_no_person_either(slip, way):
    row = unit_row()
    slipped = ([""] * slip + row)[: len(row)] if way > 0 else row[slip:] + [""] * slip
    text = told(samples.register([unit_row(SKOLENHETSKOD="10000002"), slipped]))

    assert [word for word in (PRINCIPAL, MAIL, PHONE) if word in text] == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("skriv till nagon@skola.example nu", "skriv till ••• nu"),
        ("ring 08-123 45 67", "ring •••"),
        ("ring +46 70 123 45 67", "ring •••"),
        ("811231-1234", "••••••-••••"),
        ("198112311234", "••••••••••••"),
        ("2120000142", "2120000142"),
        ("10000001", "10000001"),
        ("4 102,5", "4 102,5"),
        ("rad\nett\x00två", "rad ett två"),
    ],
)
def test_what_is_shown_of_a_cell_hides_mail_phone_and_personal_number(text, seen):
    assert shown(text) == seen


def test_what_is_shown_of_a_cell_is_short():
    assert len(shown("x" * 500)) == 80
