"""What has been done with a round, for reading: when, what, and, for those who may know, by whom and about whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from samspel.accounts.queries import names_of
from samspel.kernel.audit import HistoryRow, history_of
from samspel.kernel.ui.components import Event
from samspel.registry.models import Organizer
from samspel.selection.models import Round


def events_of(round: Round, *, is_inside: bool) -> list[Event]:
    """The round's history, newest first, in three queries. `is_inside`: the reader may see the figures.

    Others are told what was done and when: whom an exclusion or a further offer is about is not theirs to know.
    """
    rows = history_of(round)
    people = names_of(row.by_key for row in rows) if is_inside else {}
    organizers = _organizers(rows) if is_inside else {}
    return [_event(row, people, organizers) for row in rows]


def _organizers(rows: Iterable[HistoryRow]) -> dict[str, str]:
    numbers = {row.facts["organizer"] for row in rows if "organizer" in row.facts}
    known = Organizer.objects.filter(organization_number__in=numbers)
    return dict(known.values_list("organization_number", "name"))


def _event(row: HistoryRow, people: dict[Any, str], organizers: dict[str, str]) -> Event:
    who = _("the system") if row.by_key is None else people.get(row.by_key, _("a person"))
    about = organizers.get(row.facts.get("organizer", ""))
    return Event(at=row.at, label=row.label, who=who, facts={_("Organizer"): about} if about else {})
