"""An indicator's figures as they stood when they were fetched: as rows, and as a picture where there is one to draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samspel.forms.queries.controls.parts import Series, id_of
from samspel.forms.rules.figures import told
from samspel.kernel.ui import charts
from samspel.kernel.ui.figures import Figure, figure_text

FEWEST_DRAWN = 2


def series_of(path: str, label: str, value: Any) -> Series | None:
    """What a series' control shows; None where nothing was fetched. A figure that is no number stands as its words."""
    if not isinstance(value, Mapping):
        return None
    rows = [each for each in value.get("values", []) if isinstance(each, Mapping)]
    found = [(str(row.get("period", "")), _figure(row)) for row in rows]
    cells = tuple((period, figure, str(row.get("text", ""))) for (period, figure), row in zip(found, rows, strict=True))
    return Series(
        indicator=str(value.get("indicator", "")),
        as_of=str(value.get("as_of", "")),
        values=cells,
        chart=_chart(path, label, found),
    )


def _figure(row: Mapping[str, Any]) -> Figure | None:
    number = told(str(row.get("text", "")))
    mark = str(row.get("mark", "")) or "exact"
    if number is None:
        return Figure(None, mark) if mark in ("missing", "suppressed") else None
    return Figure(number.value, mark, number.decimals, number.unit)


def _chart(path: str, label: str, found: list[tuple[str, Figure | None]]) -> charts.LineChart | None:
    """A line over the periods, if at least two of them have a number, and none has words alone."""
    drawn = [(period, figure) for period, figure in found if figure is not None and figure.value is not None]
    if len(drawn) < FEWEST_DRAWN or any(figure is None for _period, figure in found):
        return None
    (first, from_figure), (last, to_figure) = drawn[0], drawn[-1]
    said = {"first": figure_text(from_figure), "from": first, "last": figure_text(to_figure), "to": last}
    return charts.LineChart(
        id=f"{id_of(path)}-chart",
        title=f"{label}, {found[0][0]}–{found[-1][0]}",
        description=_("From %(first)s in %(from)s to %(last)s in %(to)s.") % said,
        category_label=_("Period"),
        categories=[period for period, _figure in found],
        series=[charts.Series(label, [figure for _period, figure in found])],
        unit=to_figure.unit,
        decimals=to_figure.decimals,
    )
