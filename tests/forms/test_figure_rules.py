"""A published figure is read back from the Swedish words in which an answer keeps it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from samspel.forms.rules.figures import Told, told
from samspel.kernel.ui.figures import Figure, figure_text


@given(
    value=st.decimals(-10_000_000, 10_000_000, places=2),
    decimals=st.integers(0, 2),
    unit=st.sampled_from(["", "%", "kr/elev", "elever"]),
    mark=st.sampled_from(["exact", "interval", "approximate"]),
)
def test_a_figure_told_is_read_back_as_it_was_told(value, decimals, unit, mark):
    with override("sv"):
        found = told(figure_text(Figure(value, mark, decimals, unit)))

    assert found == Told(round_half_up(value, decimals), decimals, unit)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), "ROUND_HALF_UP")


@pytest.mark.parametrize("space", [" ", "\u202f", "\u00a0"])
def test_any_space_does(space):
    assert told(f"1{space}234,5{space}%") == Told(Decimal("1234.5"), 1, "%")


@pytest.mark.parametrize("text", ["", "..", "–", "om", "1 2", "1,", "12\u00a034", "1.5", "٣", "1\u00a0", "~", "1" * 40])
def test_what_is_no_figure_is_none(text):
    assert told(text) is None
