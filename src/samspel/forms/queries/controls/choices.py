"""What can be chosen from the registers and the calendar, and what somebody meant by what she typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet

from samspel.forms.rules.definitions import Column, Question, Type
from samspel.forms.rules.values import ValueRefused
from samspel.kernel.ui.dates import term_text
from samspel.kernel.values.sorting import search_key
from samspel.kernel.values.terms import Term
from samspel.registry.models import County, Municipality, Organizer, SchoolUnit, University

Pairs = Sequence[tuple[str, str]]
# More than this is written with proposals rather than chosen from a list.
MOST_IN_A_LIST: Final = 40
_MODELS: Final[dict[str, tuple[Any, str]]] = {
    "county": (County, "code"),
    "municipality": (Municipality, "code"),
    "organizer": (Organizer, "organization_number"),
    "university": (University, "slug"),
}
TERMS_BACK: Final = 8
TERMS_AHEAD: Final = 8


class RegistryChoices:
    """The choices of registry values and school units for one page: each kind is asked for once.

    organizer: whose school units can be chosen; None: no unit.
    """

    def __init__(self, organizer: Organizer | None = None) -> None:
        self._organizer = organizer
        self._kept: dict[str, Pairs] = {}

    def __call__(self, asked: Question | Column) -> Pairs:
        """(code, name) pairs in Swedish order."""
        kind = "school_unit" if asked.type == Type.SCHOOL_UNIT else asked.of
        if kind not in self._kept:
            self._kept[kind] = list(_pairs(self._units() if kind == "school_unit" else _rows_of(kind), kind))
        return self._kept[kind]

    def _units(self) -> QuerySet[SchoolUnit]:
        units = SchoolUnit.objects.order_by("sort_key", "code")
        return units.filter(organizer=self._organizer, ended_on=None) if self._organizer else units.none()


def _rows_of(kind: str) -> QuerySet[Any]:
    if kind not in _MODELS:
        return Organizer.objects.none()
    rows = _MODELS[kind][0].objects.order_by("sort_key")
    return rows.filter(ended_on=None) if kind == "organizer" else rows


def _pairs(rows: QuerySet[Any], kind: str) -> Pairs:
    field = "code" if kind == "school_unit" else _MODELS.get(kind, (None, "organization_number"))[1]
    return list(rows.values_list(field, "name"))


def meant(asked: Question | Column, typed: str, pairs: Pairs) -> str:
    """The code somebody meant: a code, a name, or "name (code)" as the proposals write it; empty for nothing.

    Raises ValueRefused("registry_value" | "school_unit"); detail: the names it may have been, if it may be several.
    """
    text = typed.strip()
    if not text:
        return ""
    codes = {code for code, _ in pairs}
    if text in codes:
        return text
    last = text.rpartition("(")[2].rstrip(")").strip().replace("-", "")
    if last in codes:
        return last
    wanted = search_key(text)
    same = [code for code, name in pairs if search_key(name) == wanted]
    if len(same) == 1:
        return same[0]
    like = [f"{name} ({code})" for code, name in pairs if wanted and wanted in search_key(name)]
    raise ValueRefused(str(asked.type), ", ".join(like[:5]))


def names_of(kind: str, codes: set[str]) -> dict[str, str]:
    """Code to name of some rows of a register, in one query."""
    if kind == "school_unit":
        return dict(SchoolUnit.objects.filter(code__in=codes).values_list("code", "name"))
    if kind not in _MODELS:
        return {}
    model, field = _MODELS[kind]
    return dict(model.objects.filter(Q(**{f"{field}__in": codes})).values_list(field, "name"))


def terms_around(today: date, chosen: str = "") -> Pairs:
    """Terms that are reasonable to choose, in time, with the one that is chosen whatever it is."""
    now = Term.of(today)
    terms = {now.plus(step) for step in range(-TERMS_BACK, TERMS_AHEAD + 1)}
    if chosen:
        terms.add(Term.parse(chosen))
    return [(term.label, term_text(term)) for term in sorted(terms)]
