"""Numbers and bytes that are the same everywhere."""

import decimal
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.selection.rules.canonical import NotCanonical, canonical_bytes, digest, read
from samspel.selection.rules.numbers import (
    decimal_from,
    decimal_text,
    from_units,
    nano_text,
    rounded_over_root,
    rounded_ratio,
    units,
)

VALUES = st.decimals(-(10**12), 10**12, places=9)


@given(st.integers(), st.integers(1, 10**30))
def test_ratio_is_rounded_half_to_even(numerator, denominator):
    assert rounded_ratio(numerator, denominator) == round(Fraction(numerator, denominator))


@pytest.mark.parametrize(("numerator", "expected"), [(1, 0), (3, 2), (5, 2), (-1, 0), (-3, -2), (-5, -2), (4, 2)])
def test_half_goes_to_even_also_over_a_root(numerator, expected):
    assert rounded_ratio(numerator, 2) == expected
    assert rounded_over_root(numerator, 1, 4) == expected


@given(st.integers(-(10**40), 10**40), st.integers(1, 10**12), st.integers(1, 10**40))
def test_quotient_over_a_root_is_the_nearest_whole_number(numerator, denominator, square):
    with decimal.localcontext(decimal.Context(prec=200, rounding=ROUND_HALF_EVEN)):
        exact = Decimal(numerator) / (Decimal(denominator) * Decimal(square).sqrt())
        expected = int(exact.quantize(Decimal(1)))

    assert rounded_over_root(numerator, denominator, square) == expected


@given(VALUES)
def test_value_goes_to_units_and_back(value):
    assert from_units(units(value)) == value
    assert decimal_from(decimal_text(value)) == value


def test_decimal_context_of_the_thread_changes_nothing():
    value = Decimal("123456789012.123456789")
    with decimal.localcontext(decimal.Context(prec=3)):
        assert decimal_text(from_units(units(value))) == "123456789012.123456789"


def test_more_than_nine_decimals_is_refused():
    with pytest.raises(ValueError, match="more than 9 decimals"):
        units(Decimal("0.0000000001"))


@pytest.mark.parametrize(
    "text", ["", "1,5", "1e3", "NaN", "Infinity", "+1", ".5", "01", "1.", "١", "1.0000000001", None, 1.5, "1" * 14]
)
def test_only_plain_decimals_are_read(text):
    assert decimal_from(text) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [("12.50", "12.5"), ("-0.0", "0"), ("1E+3", "1000"), ("0.000000001", "0.000000001"), ("100", "100")],
)
def test_decimal_is_written_in_one_way(value, text):
    assert decimal_text(Decimal(value)) == text


@pytest.mark.parametrize(("nano", "text"), [(0, "0.000000000"), (-1, "-0.000000001"), (1_500_000_000, "1.500000000")])
def test_billionths_are_written_with_nine_decimals(nano, text):
    assert nano_text(nano) == text


def test_canonical_bytes_are_those_stated():
    document = {"ö": 1, "a": [Decimal("1.50"), None, True], "A": unicodedata.normalize("NFD", "Åre")}

    assert canonical_bytes(document) == '{"A":"Åre","a":["1.5",null,true],"ö":1}'.encode()


TWO_SPELLINGS = {"å": 1, unicodedata.normalize("NFD", "å"): 2}


@pytest.mark.parametrize("bad", [1.5, {1: 2}, TWO_SPELLINGS, "\ud800", b"", 2**53, Decimal("NaN")])
def test_what_has_no_one_form_is_refused(bad):
    with pytest.raises(NotCanonical):
        canonical_bytes({"value": bad})


SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(alphabet='aåÅ\u030a\n"\\😀')
KEYS = st.sampled_from(["b", "å", "Z", ""])


@given(st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner)))
def test_canonical_bytes_read_back_to_the_same_bytes(document):
    assert canonical_bytes(read(canonical_bytes(document))) == canonical_bytes(document)


def test_order_of_keys_does_not_change_the_digest():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
