"""Text in a file that a spreadsheet opens is never run as a formula."""

import pytest

from samspel.kernel.values.spreadsheets import harmless


@pytest.mark.parametrize(
    "text", ["=1+1", "+46 70", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", "\u00a0=1", "＝1+1"]
)
def test_what_looks_like_a_formula_gets_an_apostrophe_before_it(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["", "Åsa Öberg", "1=1", "'=1", -1, 2.5, None, False])
def test_everything_else_is_as_it_was(value):
    assert harmless(value) == value
