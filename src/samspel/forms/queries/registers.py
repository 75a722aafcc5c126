"""What questions that refer to a register may be answered with, what a code is called, and which codes are refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Final

from django.db.models import QuerySet

from samspel.forms.models import Answer
from samspel.forms.rules.definitions import Type
from samspel.forms.rules.values import Asked, ValueRefused
from samspel.registry.models import County, Municipality, Organizer, SchoolUnit, UnitStatus, University

Choice = tuple[str, str]
SCHOOL_UNIT: Final = "school_unit"

# Kind to its rows and the column that holds the code; every one has a name.
_REGISTERS: Final[dict[str, tuple[Callable[[], QuerySet[Any]], str]]] = {
    "county": (lambda: County.objects.all(), "code"),
    "municipality": (lambda: Municipality.objects.all(), "code"),
    "organizer": (lambda: Organizer.objects.all(), "organization_number"),
    "university": (lambda: University.objects.all(), "slug"),
    SCHOOL_UNIT: (lambda: SchoolUnit.objects.all(), "code"),
}


def kind_of(asked: Asked) -> str:
    """The register a question or column refers to: county, municipality, organizer, university, school_unit; or ""."""
    if asked.type == Type.SCHOOL_UNIT:
        return SCHOOL_UNIT
    return asked.of if asked.type == Type.REGISTRY_VALUE else ""


def choices(kind: str, answer: Answer) -> list[Choice]:
    """(code, name) that may be chosen, by name, in one query: of school units those the answer's organizer has in use.

    Of an organizer that has ended none is offered anew.
    """
    rows, column = _rows(kind, answer)
    return list(rows.values_list(column, "name"))


def label_of(kind: str, codes: Iterable[str]) -> dict[str, str]:
    """Code to name, in one query, also of what has ended since; codes that are none are left out."""
    wanted = [code for code in codes if isinstance(code, str) and "\x00" not in code]
    if kind not in _REGISTERS or not wanted:
        return {}
    rows, column = _REGISTERS[kind]
    return dict(rows().filter(**{f"{column}__in": wanted}).values_list(column, "name"))


def refused(asked: Asked, value: Any, answer: Answer) -> ValueRefused | None:
    """Why a kept value of a question or column that refers to a register is refused; None if it is not."""
    return refusals([("", asked, value)], answer).get("")


def refusals(given: Iterable[tuple[str, Asked, Any]], answer: Answer) -> dict[str, ValueRefused]:
    """Path to refusal, of (path, question or column, kept value): one query for each register, however many.

    Codes: "no_such_code", "other_organizer" (a school unit that is not the answer's organizer's).
    """
    by_kind: dict[str, list[tuple[str, str]]] = {}
    for path, asked, value in given:
        if value is not None and (kind := kind_of(asked)):
            by_kind.setdefault(kind, []).append((path, str(value)))
    found: dict[str, ValueRefused] = {}
    for kind, pairs in by_kind.items():
        known = _known(kind, {code for _path, code in pairs})
        found |= {path: refusal for path, code in pairs if (refusal := _refusal(kind, known, code, answer))}
    return found


def _known(kind: str, codes: Collection[str]) -> dict[str, Any]:
    if kind not in _REGISTERS:
        return {}
    rows, column = _REGISTERS[kind]
    owner = "organizer_id" if kind == SCHOOL_UNIT else "pk"
    wanted = [code for code in codes if "\x00" not in code]
    return dict(rows().filter(**{f"{column}__in": wanted}).values_list(column, owner))


def _refusal(kind: str, known: dict[str, Any], code: str, answer: Answer) -> ValueRefused | None:
    if code not in known:
        return ValueRefused("no_such_code", code[:40])
    owner = _organizer_of(answer) if kind == SCHOOL_UNIT else None
    return ValueRefused("other_organizer", code) if owner and known[code] != owner else None


def _organizer_of(answer: Answer) -> int | None:
    if answer.organizer_id is None and answer.school_unit is not None:
        return answer.school_unit.organizer_id
    return answer.organizer_id


def _rows(kind: str, answer: Answer) -> tuple[QuerySet[Any], str]:
    if kind == SCHOOL_UNIT:
        units = SchoolUnit.objects.filter(organizer=_organizer_of(answer) or 0)
        return units.exclude(status=UnitStatus.ENDED), "code"
    if kind not in _REGISTERS:
        raise KeyError(kind)
    rows, column = _REGISTERS[kind]
    return (rows().filter(ended_on=None) if kind == "organizer" else rows()), column
