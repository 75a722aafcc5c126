"""Examples of tables and marks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.figures import APPROXIMATE, INTERVAL, MISSING, SUPPRESSED, Figure
from samspel.kernel.ui.gallery.forms import ExampleFilter
from samspel.kernel.ui.tables import Column, Table

NAMES = ("Björkskolan", "Ekskolan", "Granskolan", "Häggskolan", "Lindskolan", "Rönnskolan", "Åsskolan", "Ängsskolan")
FIGURES = (Figure(71.5), Figure(None, SUPPRESSED), Figure(100, INTERVAL), Figure(None, MISSING))


def marks() -> list[Figure]:
    """One figure for each mark."""
    return [Figure(1234.5, decimals=1, unit="%"), *FIGURES[1:], Figure(270, APPROXIMATE), Figure(-3.25)]


def table(params: QueryDict) -> Table:
    """Units, five on a page."""
    form = ExampleFilter(params)
    units = [_unit(index, name) for index, name in enumerate(NAMES)]
    wanted = params.get("q", "").casefold()
    return Table(
        caption=_("School units"),
        columns=_columns(),
        rows=[unit for unit in units if wanted in unit["name"].casefold()],
        params=params,
        sort="name",
        page_size=5,
        filters=form,
        empty=_("No school unit has that name."),
    )


def empty_table(params: QueryDict) -> Table:
    """A table with nothing in it."""
    return Table(caption=_("Offers"), columns=_columns(), rows=[], params=params, name="offers")


def _columns() -> list[Column]:
    return [
        Column("name", _("Name"), kind="link", is_row_header=True, order_by=("sort_key",), url=lambda unit: "#tables"),
        Column("since", _("Since"), kind="date", order_by=("since",)),
        Column("pupils", _("Pupils"), kind="number", order_by=("pupils",)),
        Column("eligible", _("Eligible"), kind="number", unit="%"),
        Column("ore", _("Amount"), kind="money", order_by=("ore",)),
        Column("status", _("Status"), kind="badge"),
    ]


def _unit(index: int, name: str) -> dict[str, Any]:
    badge = Badge(_("Active"), "success") if index % 3 else Badge(_("Dormant"))
    return {
        "name": name,
        "sort_key": index,
        "since": date(1994 + 3 * index, 8, 1),
        "pupils": 1180 - 143 * index if index != 4 else None,
        "eligible": FIGURES[index % 4],
        "ore": 12_345_650 * (index + 1),
        "status": badge,
    }
