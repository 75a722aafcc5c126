"""Tables of school units."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.tables import Column, Table
from samspel.registry.models import SchoolUnit, UnitStatus
from samspel.registry.rules.school_forms import form_name

PAGE_SIZE = 25
LOOKS = {
    UnitStatus.ACTIVE: "success",
    UnitStatus.DORMANT: "warning",
    UnitStatus.PLANNED: "info",
    UnitStatus.ENDED: "neutral",
}


def status_badge(unit: SchoolUnit) -> Badge:
    """Whether a unit is in use, as a word."""
    return Badge(unit.get_status_display(), LOOKS[UnitStatus(unit.status)])


def forms_text(unit: SchoolUnit) -> str:
    """Its school forms by their names on the day that the register shows."""
    return ", ".join(_(form_name(one.form, unit.as_of)) for one in unit.forms.all())


def table(units: QuerySet[SchoolUnit], params: QueryDict, *, with_organizer: bool) -> Table:
    """A page of units; `units` have forms prefetched and pupils annotated."""
    columns = [
        Column(
            "name",
            _("Name"),
            is_row_header=True,
            order_by=("sort_key",),
            url=lambda unit: reverse("registry:unit", args=[unit.code]),
        ),
        Column("forms", _("School forms"), value=forms_text),
        Column("pupils", _("Pupils"), kind="number", order_by=("pupils",)),
        Column("municipality", _("Municipality"), value="municipality__name", order_by=("municipality__sort_key",)),
        Column("status", _("Status"), kind="badge", value=status_badge),
    ]
    if with_organizer:
        columns.insert(1, Column("organizer", _("Organizer"), value="organizer__name", url=_organizer_url))
    return Table(
        caption=_("School units"),
        columns=columns,
        rows=units,
        params=params,
        sort="name",
        page_size=PAGE_SIZE,
        name="units",
        empty=_("No school unit is registered."),
    )


def _organizer_url(unit: Any) -> str:
    return reverse("registry:organizer", args=[unit.organizer.organization_number])
