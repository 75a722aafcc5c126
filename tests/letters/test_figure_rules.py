"""Figures in a letter: put in where they are asked for, and rounded down so that they are still true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.letters.rules import figures
from samspel.letters.rules.figures import OVER, Place


@pytest.mark.parametrize(
    ("value", "said"),
    [
        *((0, "0"), (7, "7"), (19, "19"), (20, "20"), (41, "drygt 40"), (47, "drygt 45"), (29, "29"), (99, "drygt 95")),
        *((199, "drygt 190"), (200, "200"), (207, "drygt 200"), (219, "drygt 210"), (268, "drygt 250"), (250, "250")),
        *((1_100, "1\u00a0100"), (1_206, "drygt 1\u00a0200"), (12_345, "drygt 12\u00a0000")),
    ],
)
def test_a_number_is_said_as_people_say_it(value, said):
    assert figures.words(value, OVER, "sv") == said


def test_each_language_has_its_own_words():
    assert figures.words(1_206, OVER, "en") == "just over 1,200"
    assert figures.words(1_206, "", "sv") == "1\u00a0206"


@given(st.integers(0, 10_000_000))
def test_rounding_never_says_more_than_there_is_nor_much_less(value):
    rounded = figures.rounded_down(value)

    assert value * 0.93 <= rounded <= value
    assert figures.rounded_down(rounded) == rounded or rounded < value


def test_places_are_found_and_filled():
    text = "{{samordnare|over}} av {{ huvudman }}, {{samordnare|over}}"
    over, exact = Place("samordnare", OVER), Place("huvudman")

    assert figures.places(text) == [over, exact]
    assert figures.put_in(text, {over: "drygt 200", exact: "290"}) == "drygt 200 av 290, drygt 200"


def test_what_nobody_has_is_told_and_stands_as_written():
    assert figures.unknown(["samordnare"], "{{samordnare|under}} {{annat}} {{samordnare}}") == [
        "samordnare|under",
        "annat",
    ]
    assert figures.put_in("{{annat}} {{ }} {{<b>}}", {}) == "{{annat}} {{ }} {{<b>}}"


@pytest.mark.parametrize(
    "written", ["{{huvudmän-med-samordnare}}", "{{ Huvudmän }}", "{{antal huvudman|over}}", "{{x|cirka!}}"]
)
def test_a_mistyped_name_is_told_of_whatever_signs_it_has(written):
    assert len(figures.unknown(["huvudman"], written)) == 1


def test_braces_with_nothing_or_a_whole_sentence_in_them_are_words():
    assert figures.places("{{}} {{  }} {{" + "x" * 200 + "}} {x} }}{{") == []
