"""Numbers and money as people write them."""

from decimal import Decimal

import pytest
from django.utils import translation

from samspel.kernel.ui.figures import (
    APPROXIMATE,
    INTERVAL,
    MISSING,
    SUPPRESSED,
    Figure,
    figure_html,
    figure_text,
    money_text,
    number_text,
)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, None, "0"),
        (1234.5, None, f"1{NBSP}234,5"),
        (1234567, None, f"1{NBSP}234{NBSP}567"),
        (-3.25, None, "−3,25"),
        (Decimal("71.50"), None, "71,50"),
        (71.5, 0, "72"),
        (Decimal("2.345"), 2, "2,35"),
        (2, 1, "2,0"),
        (1e-7, None, "0,0000001"),
        (12_345_678_901, 1, f"12{NBSP}345{NBSP}678{NBSP}901,0"),
    ],
)
def test_numbers_have_decimal_comma_and_unbreakable_thousands(value, decimals, written):
    assert number_text(value, decimals=decimals) == written


def test_a_rounded_small_negative_number_is_not_minus_nought():
    assert number_text(-0.04, decimals=1) == "0,0"


def test_english_has_point_and_comma():
    with translation.override("en"):
        assert number_text(1234.5) == "1,234.5"


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (Figure(71.5, decimals=1, unit="%"), f"71,5{NBSP}%"),
        (Figure(None), "–"),
        (Figure(None, MISSING), "–"),
        (Figure(None, SUPPRESSED), ".."),
        (Figure(4, SUPPRESSED), ".."),
        (Figure(100, INTERVAL), "~100"),
        (Figure(270, APPROXIMATE), f"ca{NBSP}270"),
        (Figure(0), "0"),
    ],
)
def test_each_mark_has_its_sign_and_none_is_nought(figure, written):
    assert figure_text(figure) == written


def test_a_mark_is_said_in_words_for_those_who_listen():
    assert figure_html(Figure(None, SUPPRESSED)) == (
        '<span class="figure figure--marked" title="visas inte, eftersom det gäller få personer">..'
        '<span class="visually-hidden"> (visas inte, eftersom det gäller få personer)</span></span>'
    )


def test_an_exact_figure_explains_nothing():
    assert figure_html(Figure(3)) == '<span class="figure">3</span>'


def test_an_explanation_of_ones_own_is_escaped():
    assert "1–4 elever &lt;b&gt;" in figure_html(Figure(100, INTERVAL), explanation="1–4 elever <b>")


@pytest.mark.parametrize(
    ("ore", "whole", "written"),
    [
        (123450, False, f"1{NBSP}234,50{NBSP}kr"),
        (5, False, f"0,05{NBSP}kr"),
        (-100, False, f"−1,00{NBSP}kr"),
        (123450, True, f"1{NBSP}235{NBSP}kr"),
        (None, False, "–"),
    ],
)
def test_money_is_whole_ore_written_as_kronor(ore, whole, written):
    assert money_text(ore, whole=whole) == written


def test_money_in_english_names_the_currency_first():
    with translation.override("en"):
        assert money_text(123450) == f"SEK{NBSP}1,234.50"
