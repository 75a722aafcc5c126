"""Figures over years on a page: a picture with its table for what matters most, the newest figure of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.kernel.ui.charts import LineChart, Series
from samspel.kernel.ui.figures import Figure, figure_text
from samspel.kernel.ui.tables import Column, Table
from samspel.kernel.values.sorting import sort_key
from samspel.registry.queries.figures import PublishedFigure
from samspel.registry.queries.indicators import Worded, worded
from samspel.registry.rules.official import Kind
from samspel.registry.rules.series import YearSeries, first_of, series_of

# What is shown as pictures, in order; of each line the first series that there is.
HEADLINES = (
    ("merit_value_17", "kolada_n15505"),
    ("all_subjects_passed", "kolada_n15419"),
    ("eligible_vocational", "kolada_n15436"),
    ("mother_tongue_other", "foreign_background", "kolada_n15822"),
    ("newly_arrived_share", "kolada_n15902", "salsa_newly_arrived_share"),
    ("parents_post_secondary", "kolada_n15820"),
    ("pupils_grade_1_9", "kolada_n15809", "pupils"),
    ("kolada_n66077",),
)
YEARS_SHOWN = 12
PAGE_SIZE = 25


@dataclass(frozen=True)
class Headline:
    """A picture with the source and caveat that stand by it."""

    chart: LineChart
    source: str
    on: date | None
    caveat: str
    breaks: str
    url: str


def shown(figures: list[PublishedFigure], params: QueryDict) -> dict[str, Any]:
    """What a page shows of one subject's figures: `headlines` and the `figure_table` of all others."""
    series = series_of(figures)
    words = worded(series)
    chosen = [key for keys in HEADLINES if (key := first_of(keys, series))]
    rest = [series[key] for key in series if key not in chosen]
    return {
        "headlines": [_headline(series[key], words[key]) for key in chosen],
        "figure_table": _table(rest, words, params) if rest else None,
    }


def _headline(series: YearSeries[PublishedFigure], words: Worded) -> Headline:
    told = series.figures[-YEARS_SHOWN:]
    newest = series.newest
    return Headline(
        chart=LineChart(
            id=f"figure-{words.key}",
            title=words.name,
            description=_description(told, words),
            category_label=_("School year") if newest.period_kind == "school_year" else _("Year"),
            categories=[one.period for one in told],
            series=[Series(words.name, [one.figure(words.decimals, words.unit) for one in told])],
            decimals=words.decimals,
            unit=words.unit,
        ),
        source=source_of(newest, words),
        on=None if is_own_source(newest) else newest.extracted_on,
        caveat=words.caveat,
        breaks=", ".join(one for one in words.series_breaks if told[0].period < one <= newest.period),
        url=reverse("registry:indicator", args=[words.key]),
    )


def _description(told: tuple[PublishedFigure, ...], words: Worded) -> str:
    known = [one for one in told if one.value is not None]
    if not known:
        return _("No figure is published.")
    return _("From %(first)s in %(from)s to %(last)s in %(to)s.") % {
        "first": _text(known[0], words),
        "from": known[0].period,
        "last": _text(known[-1], words),
        "to": known[-1].period,
    }


def _text(one: PublishedFigure, words: Worded) -> str:
    return figure_text(one.figure(words.decimals, words.unit))


def source_of(one: PublishedFigure, words: Worded) -> str:
    """Where a figure stands, as one line: authority, the publisher's title (else the file's name) and the row."""
    where = _("row %(row)d") % {"row": one.row}
    if is_own_source(one):
        return f"{one.note}, {where}"
    return ", ".join([words.authority, one.title or one.file, where])


def is_own_source(one: PublishedFigure) -> bool:
    """Whether the row says its own source, as those of a plain table do."""
    return one.kind == Kind.PLAIN_TABLE and bool(one.note)


def _table(series: list[YearSeries[PublishedFigure]], words: dict[str, Worded], params: QueryDict) -> Table:
    rows = sorted((_row(one, words[one.indicator]) for one in series), key=lambda row: row["sort_key"])
    columns = [
        Column("name", _("Indicator"), is_row_header=True, url=lambda row: row["url"], order_by=("sort_key",)),
        Column("period", _("Year")),
        Column("value", _("Figure"), kind="number"),
        Column("source", _("Source")),
        Column("caveat", _("Mind")),
    ]
    return Table(
        caption=_("More figures, the newest of each"),
        columns=columns,
        rows=rows,
        params=params,
        sort="name",
        page_size=PAGE_SIZE,
        name="figures",
    )


def _day_of(one: PublishedFigure) -> str:
    """The day of the file in brackets; a row that says its own source says the day too."""
    return "" if is_own_source(one) else f" ({one.extracted_on.isoformat()})"


def _row(series: YearSeries[PublishedFigure], words: Worded) -> dict[str, Any]:
    newest = series.newest
    figure: Figure = newest.figure(words.decimals, words.unit)
    return {
        "name": words.name,
        "sort_key": sort_key(words.name),
        "url": reverse("registry:indicator", args=[words.key]),
        "period": newest.period,
        "value": figure,
        "source": source_of(newest, words) + _day_of(newest),
        "caveat": words.caveat,
    }
