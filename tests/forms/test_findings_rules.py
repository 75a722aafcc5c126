"""Places that look like personal data, found in every text that is asked for, with the words round them."""

from samspel.forms.rules import definitions
from samspel.forms.rules.findings import places, undecided
from tests.forms.conftest import BODY

DEFINITION = definitions.read(BODY)
PHONE = "070-174 06 05"


def found(**fields):
    return places(DEFINITION, fields)


def test_texts_and_cells_are_searched_in_the_forms_order():
    fields = {
        "measures/a": 1,
        "measures/a/what": f"Ring {PHONE}",
        "contact": "anna@example.org",
        "summary": f"Nå mig på {PHONE}.",
    }

    seen = [(one.path, one.section, one.kind) for one in places(DEFINITION, fields)]

    assert seen == [
        ("summary", "background", "phone"),
        ("contact", "background", "mail"),
        ("measures/a/what", "plan", "phone"),
    ]


def test_what_is_not_asked_is_not_searched():
    text = f"Ring {PHONE}"

    assert found(why_high=text) == []
    assert [one.path for one in found(why_high=text, need="high")] == ["why_high"]


def test_a_row_that_was_taken_away_is_not_searched():
    assert places(DEFINITION, {"measures/a/what": f"Ring {PHONE}"}) == []


def test_a_place_is_shown_with_the_words_round_it():
    long = "ord " * 40
    (one,) = found(summary=f"{long}Ring {PHONE} {long}")

    assert one.found == PHONE
    assert one.before.startswith("…") and one.before.endswith("ord Ring ")
    assert one.after.startswith(" ord") and one.after.endswith("…")
    assert len(one.before) < 70 and len(one.after) < 70


def test_the_same_number_twice_is_two_places():
    keys = [one.key for one in found(summary=f"{PHONE} och {PHONE}")]

    assert len(set(keys)) == 2


def test_a_place_keeps_its_key_when_other_words_change_and_loses_it_when_it_changes_itself():
    (one,) = found(summary=f"Ring {PHONE}")
    (moved,) = found(summary=f"Du kan ringa {PHONE} i morgon")
    (other,) = found(summary="Ring 070-174 06 06")

    assert one.key == moved.key
    assert one.key != other.key


def test_what_is_decided_is_taken_from_what_is_left():
    first, second = found(summary=f"Ring {PHONE}", contact="anna@example.org")

    assert undecided([first, second], {first.key}) == [second]
    assert first.kept == {"path": "summary", "kind": "phone"}
