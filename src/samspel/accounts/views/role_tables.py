"""A person's tasks as a table: what, where, when, who gave it, and who stands in."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries import names_of
from samspel.accounts.queries.role_rows import RoleTerm, terms_of
from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.tables import Column, Table


def role_table(request: HttpRequest, person: Person, at: datetime, *, name: str = "") -> Table:
    """Those that go on first. Names are what the reader may see."""
    terms = terms_of(person, at)
    names = names_of(_keys(terms), seen_by=request.user)
    today = timezone.localdate(at)
    columns = [
        Column("role", _("Task"), is_row_header=True),
        Column("where", _("Where")),
        Column("from_on", _("From"), kind="date"),
        Column("to_on", _("To"), kind="date"),
        Column("state", _("Where it stands"), kind="badge", value=lambda term: _badge(term, today)),
        Column("given_by", _("Appointed by"), value=lambda term: _giver(term, names)),
        Column("stand_ins", _("Stand-ins"), value=lambda term: _stand_ins(term, names, today)),
    ]
    return Table(
        caption=_("Tasks"),
        columns=columns,
        rows=terms,
        params=request.GET,
        name=name,
        empty=_("No task, now or before."),
    )


def _keys(terms: list[RoleTerm]) -> list:
    stand_ins = [stand_in.who for term in terms for stand_in in term.stand_ins]
    return [*stand_ins, *(term.given_by for term in terms), *(term.instead_of for term in terms)]


def _badge(term: RoleTerm, today: date) -> Badge:
    if term.from_on > today:
        return Badge(_("begins later"), "info")
    if term.to_on is not None and term.to_on < today:
        return Badge(_("ended"))
    return Badge(_("goes on"), "success")


def _giver(term: RoleTerm, names: dict) -> str:
    return _("the system") if term.given_by is None else names.get(term.given_by, _("a person"))


def _stand_ins(term: RoleTerm, names: dict, today: date) -> str:
    """Who stands in for her now or later; in a task that she does for another, for whom."""
    if term.instead_of:
        return _("She stands in for %(name)s") % {"name": names.get(term.instead_of, _("a person"))}
    coming = [one for one in term.stand_ins if one.to_on >= today]
    said = _("%(name)s, from %(from_on)s to %(to_on)s")
    return "; ".join(
        said % {"name": names.get(one.who, ""), "from_on": day_text(one.from_on), "to_on": day_text(one.to_on)}
        for one in coming
    )
