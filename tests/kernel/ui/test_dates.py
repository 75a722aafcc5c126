"""Days, moments and terms as people read them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from samspel.kernel.ui.dates import day_html, day_text, moment_html, moment_text, term_text
from samspel.kernel.values.terms import Term

LATE = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


def test_a_day_is_written_out_and_exact_for_machines():
    assert day_html(date(2026, 3, 3)) == '<time datetime="2026-03-03">3 mars 2026</time>'


def test_a_day_in_english():
    with translation.override("en"):
        assert day_text(date(2026, 3, 3)) == "3 March 2026"


def test_a_short_day_is_the_same_in_every_language():
    assert day_text(date(2026, 3, 3), short=True) == "2026-03-03"


def test_a_moment_late_in_the_evening_elsewhere_is_the_next_day_here():
    assert day_text(LATE) == "3 mars 2026"
    assert moment_text(LATE) == "3 mars 2026 kl. 00.30"


def test_a_moment_carries_its_offset():
    assert moment_html(LATE) == '<time datetime="2026-03-03T00:30:00+01:00">3 mars 2026 kl. 00.30</time>'


def test_summer_time_is_told():
    assert moment_html(datetime(2026, 7, 1, 12, tzinfo=UTC)) == (
        '<time datetime="2026-07-01T14:00:00+02:00">1 juli 2026 kl. 14.00</time>'
    )


@pytest.mark.parametrize("shown", [day_html(None), moment_html(None)])
def test_no_day_is_a_dash(shown):
    assert shown == "–"


@pytest.mark.parametrize(
    ("term", "written"), [("HT2026", "höstterminen 2026"), (Term(2027, False), "vårterminen 2027")]
)
def test_a_term_is_written_out(term, written):
    assert term_text(term) == written


def test_what_is_no_term_is_refused():
    with pytest.raises(ValueError, match="HT26"):
        term_text("HT26")
