"""Whom a row speaks of: the codes of municipalities, school units and organizers, checked before they are believed."""

from __future__ import annotations

from typing import NamedTuple

from samspel.kernel.values.identifiers import (
    IdentifierRefused,
    is_municipality_code,
    is_school_unit_code,
    parse_organization_number,
)
from samspel.registry.rules.official.headings import fold, tidy
from samspel.registry.rules.official.results import Known

NAME_MOST = 200


class Refused(NamedTuple):
    """Why a subject is not believed: which of the row's columns, what stood there, what was expected."""

    code: str
    expected: str
    column: str
    stood: str


def code_text(raw: object) -> str:
    """A code as text. A workbook may hold it as a number, which has lost its leading zero."""
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).strip()


def municipality_refused(code: str) -> Refused | None:
    """Why a text is not the code of a municipality, judged by its shape."""
    if is_municipality_code(code):
        return None
    if len(code) == 3 and code.isascii() and code.isdigit():
        return Refused("code_without_zero", "municipality_code", "code", code)
    return Refused("bad_municipality_code", "municipality_code", "code", code)


class Municipalities:
    """The municipalities a file names: each name and code judged once, also against each other."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.names: dict[str, str] = {}
        self.judged: dict[tuple[object, object, object], tuple[str, Refused | None]] = {}

    def judge(self, code: object, name: object, county: object = None) -> tuple[str, Refused | None]:
        """The code, and why it is not believed. `county` None: the row has none."""
        asked = (code, name, county)
        if (found := self.judged.get(asked)) is None:
            text = code_text(code)
            found = self.judged[asked] = (text, self._refused(text, tidy(name), county))
        return found

    def _refused(self, code: str, name: str, county: object) -> Refused | None:
        if refused := municipality_refused(code) or name_refused(name):
            return refused
        if county is not None and code_text(county) != code[:2]:
            return Refused("bad_county_code", "county_of_municipality", "county", code_text(county))
        if self.known.municipalities and code not in self.known.municipalities:
            return Refused("unknown_municipality", "known_municipality", "code", code)
        expected = self.known.municipalities.get(code) or self.names.setdefault(code, name)
        if fold(expected) != fold(name):
            return Refused("name_code_disagree", "matching_name", "name", f"{name} {code}")
        return None


def name_refused(name: str) -> Refused | None:
    """Why a text is not a name: empty, too long, or a formula."""
    if not name:
        return Refused("no_name", "name", "name", "")
    if name[0] in "=+@":
        return Refused("formula", "value_not_formula", "name", name)
    if len(name) > NAME_MOST:
        return Refused("text_too_long", "short_text", "name", name)
    return None


def unit_refused(code: str) -> Refused | None:
    """Why a text is not a school-unit code."""
    return None if is_school_unit_code(code) else Refused("bad_school_unit_code", "school_unit_code", "code", code)


def organization(raw: object) -> tuple[str, Refused | None]:
    """Ten digits, and why they are not believed. A personal number is told of by its shape alone."""
    text = code_text(raw)
    try:
        return parse_organization_number(text[:40]), None
    except IdentifierRefused as refused:
        if refused.code == "personal_number":
            stood = "".join("•" if c.isdigit() else c for c in text[:20])
            return "", Refused("personal_number", "organization_not_person", "organizer", stood)
        code = "check_digit" if refused.code == "check_digit" else "bad_organization_number"
        return "", Refused(code, "organization_number", "organizer", text)
