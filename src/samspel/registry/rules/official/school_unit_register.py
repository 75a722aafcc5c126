"""The extract of the school-unit register: organizers, and units with school forms, grades and pupils.

Read by the headings that are wanted. The extract also carries principals' names, mail, phones and addresses: those
columns are never looked at, and where a row has slipped sideways the cell that stands in a wanted column is hidden.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from samspel.registry.rules.official.faults import HIDDEN
from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.headings import fold, letter, tidy
from samspel.registry.rules.official.recognition import is_register_heading
from samspel.registry.rules.official.results import Offering, Organizer, SchoolUnit
from samspel.registry.rules.official.subjects import Refused, code_text, name_refused, organization, unit_refused
from samspel.registry.rules.official.tables import Row, Sheet

# Folded name of a sheet, before and after the renamings of 2 July 2023, to the register's code of the school form.
# VUXAN is ours: the sheet of adults' adapted education does not tell its two levels apart.
FORMS_BY_SHEET = {
    "grundskola": "GR", "grundsärskola": "GRAN", "anpassadgrundskola": "GRAN", "specialskola": "SP",
    "sameskola": "SAM", "gymnasieskola": "GY", "gymnasiesärskola": "GYAN", "anpassadgymnasieskola": "GYAN",
    "kommvuxenutb": "VUX", "kommvuxenutbisvfinv": "VUXSFI", "särskutbfvuxna": "VUXAN",
}  # fmt: skip
FORMS_OF_ORGANIZER = {
    "FÖRSKOLEKLASS": "FKLASS", "FRITIDSHEM": "FTH", "GRUNDSKOLA": "GR", "GYMNASIESKOLA": "GY",
    "GRUNDSÄRSKOLA": "GRAN", "GYMNSÄRSKOLA": "GYAN", "SPECIALSKOLA": "SP", "KOMMUNAL VUXENUTB.": "VUX",
    "SÄRSKILD UTB. FÖR VUXNA": "VUXAN", "KOMM. VUXENUTB. I SV. FÖR INV.": "VUXSFI",
}  # fmt: skip
GRADES = {"FKLASS": "F", **{f"ÅR{grade}": str(grade) for grade in range(1, 11)}}
TYPES = {"kommunal": "municipality", "enskild": "private", "fristående": "private", "region": "region",
         "landsting": "region", "statlig": "state", "kommunalförbund": "municipal_federation"}  # fmt: skip
LEGAL_FORMS = frozenset(map(fold, (
    "Kommuner", "Kommunalförbund", "Regioner", "Landsting", "Statliga enheter", "Registrerade trossamfund",
    "Offentliga korporationer och anstalter", "Aktiebolag utom bank- och försäkringsaktiebolag",
    "Ekonomiska föreningar utom bostadsrättsföreningar", "Ideella föreningar", "Handelsbolag, kommanditbolag",
    "Övriga stiftelser och fonder, inkl pensionsstiftelser och personalstiftelser", "Familjestiftelser",
    "Hypoteksföreningar", "Bostadsrättsföreningar", "Övriga svenska juridiska personer",
)))  # fmt: skip
ORIENTATIONS = frozenset(map(fold, ("Allmän", "Konfessionell", "Waldorf", "Internationell", "Riksinternat")))
_UNIT_NEEDED = ("ORGANISATIONSNR", "LÄN", "KOMMUN", "KOMMUNNAMN", "SKOLENHETSKOD", "NAMN")
_SAFE = re.compile(r"[-0-9.,JN* ]{0,12}")
_SPECIAL_SCHOOLS = "specialpedagogiskaskolmyndigheten"
_SAMI_SCHOOLS = "sameskolstyrelsen"


@dataclass
class _Unit:
    code: str
    name: str
    town: str
    organization_number: str
    sheet: str
    row: int
    orientation: str = ""
    offerings: dict[str, Offering] = field(default_factory=dict)


def read(sheets: Sequence[Sheet], out: Gathering) -> None:
    """Add the organizers and school units of every sheet to `out`."""
    units: dict[str, _Unit] = {}
    for sheet in sorted(sheets, key=lambda sheet: "SKOLENHETSKOD" in _columns(sheet)):
        if not any(tidy(cell) for row in sheet.rows for cell in row):
            if fold(sheet.name) in FORMS_BY_SHEET or fold(sheet.name) == "huvudmän":
                out.faults.error("no_data", "rows_of_data", sheet=sheet.name)
            continue
        if not is_register_heading(sheet.rows[0]):
            out.faults.error("unknown_sheet", "one_of", sheet=sheet.name, stood=sheet.name, among=tuple(FORMS_BY_SHEET))
        elif "SKOLENHETSKOD" in _columns(sheet):
            _read_units(sheet, units, out)
        else:
            _read_organizers(sheet, out)
    out.school_units += [
        SchoolUnit(
            unit.code, unit.name, unit.town, unit.organization_number, unit.orientation,
            tuple(unit.offerings.values()), unit.sheet, unit.row,
        )
        for unit in units.values()
    ]  # fmt: skip
    if not out.rows:
        out.faults.error("no_data", "rows_of_data")


def _columns(sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(sheet.rows[0] if sheet.rows else ()):
        found.setdefault(tidy(cell), at)
    return found


def _safe(raw: object) -> str:
    """A cell as it may be shown: figures, flags and marks only. Anything else may be a person's."""
    text = code_text(raw)
    return text if _SAFE.fullmatch(text) else HIDDEN


def _need(names: Sequence[str], columns: dict[str, int], sheet: Sheet, out: Gathering) -> bool:
    missing = [name for name in names if name not in columns]
    for name in missing:
        out.faults.error("missing_column", "column_named", sheet=sheet.name, row=1, among=(name,))
    return not missing


def _named(columns: dict[str, int], row: Row) -> dict[str, str]:
    return {name: tidy(row[at]) for name, at in columns.items() if at < len(row) and name in _WORDS}


_WORDS = frozenset((*_UNIT_NEEDED, "HUVUDMANNATYP", "JURIDISK FORM", "INRIKTNING"))


def _rows(sheet: Sheet, out: Gathering) -> Sequence[tuple[int, Row]]:
    kept = []
    for number, row in zip(sheet.numbers[1:], sheet.rows[1:], strict=True):
        if any(tidy(cell) for cell in row):
            out.rows += 1
            kept.append((number, row))
    return kept


def _read_organizers(sheet: Sheet, out: Gathering) -> None:
    columns = _columns(sheet)
    seen: set[str] = set()
    for number, row in _rows(sheet, out):
        cell = _named(columns, row)
        found, refused = organization(cell["ORGANISATIONSNR"])
        refusals = {"ORGANISATIONSNR": refused, "NAMN": name_refused(cell["NAMN"])}
        kind = _type(cell)
        if not kind:
            stood = _safe(cell["HUVUDMANNATYP"])
            refusals["HUVUDMANNATYP"] = Refused("unknown_organizer_type", "one_of", "", stood)
        if _note(refusals, sheet, number, out):
            continue
        if found in seen:
            out.faults.error(
                "duplicate_row", "one_row_each", sheet=sheet.name, row=number, column="ORGANISATIONSNR", stood=found
            )
        seen.add(found)
        forms = tuple(
            form for name, form in FORMS_OF_ORGANIZER.items() if name in columns and tidy(row[columns[name]]) == "J"
        )
        legal_form = _word(cell, "JURIDISK FORM", LEGAL_FORMS, sheet, number, out)
        out.organizers.append(Organizer(found, cell["NAMN"], kind, legal_form, forms, sheet.name, number))


def _type(cell: dict[str, str]) -> str:
    name, kind = fold(cell["NAMN"]), TYPES.get(fold(cell["HUVUDMANNATYP"]), "")
    if kind == "municipality" and fold(cell.get("JURIDISK FORM", "")) == "kommunalförbund":
        return "municipal_federation"
    if kind == "state":
        return {_SPECIAL_SCHOOLS: "special_school_agency", _SAMI_SCHOOLS: "sami_school_board"}.get(name, kind)
    return kind


def _note(refusals: dict[str, Refused | None], sheet: Sheet, number: int, out: Gathering) -> bool:
    found = {column: refused for column, refused in refusals.items() if refused}
    for column, refused in found.items():
        among = ("Kommunal", "Enskild", "Region", "Statlig") if refused.code == "unknown_organizer_type" else ()
        # Digits already masked, or the code alone of a name and code that disagree.
        is_masked = refused.code == "personal_number"
        stood = refused.stood if is_masked else _safe(refused.stood.rpartition(" ")[2])
        out.faults.error(
            refused.code, refused.expected, sheet=sheet.name, row=number, column=column, stood=stood, among=among
        )
    return bool(found)


def _word(cell: dict[str, str], column: str, words: frozenset[str], sheet: Sheet, number: int, out: Gathering) -> str:
    """A cell that is one of a few words; anything else is passed over, hidden, and noted."""
    text = cell.get(column, "")
    if not text or fold(text) in words:
        return text
    out.faults.notice("odd_cell", "known_word", sheet=sheet.name, row=number, column=column, stood=_safe(text))
    return ""


def _read_units(sheet: Sheet, units: dict[str, _Unit], out: Gathering) -> None:
    columns, form = _columns(sheet), FORMS_BY_SHEET.get(fold(sheet.name))
    if form is None:
        out.faults.error("unknown_sheet", "one_of", sheet=sheet.name, stood=sheet.name, among=tuple(FORMS_BY_SHEET))
        return
    if not _need(_UNIT_NEEDED, columns, sheet, out):
        return
    listed = {organizer.organization_number for organizer in out.organizers}
    seen: set[str] = set()
    for number, row in _rows(sheet, out):
        unit = _unit(sheet, columns, row, number, listed, out)
        if unit is None:
            continue
        if unit.code in seen:
            out.faults.error(
                "duplicate_row", "one_row_each", sheet=sheet.name, row=number, column="SKOLENHETSKOD", stood=unit.code
            )
            continue
        seen.add(unit.code)
        kept = units.setdefault(unit.code, unit)
        if (kept.name, kept.town, kept.organization_number) != (unit.name, unit.town, unit.organization_number):
            out.faults.notice("unit_disagrees", "same_everywhere", sheet=sheet.name, row=number, stood=unit.code)
        kept.orientation = kept.orientation or unit.orientation
        for offering in _offerings(form, columns, row, sheet, number, out):
            _keep(kept.offerings, offering)


def _unit(
    sheet: Sheet, columns: dict[str, int], row: Row, number: int, listed: set[str], out: Gathering
) -> _Unit | None:
    cell = _named(columns, row)
    code = cell["SKOLENHETSKOD"] = code_text(row[columns["SKOLENHETSKOD"]])
    organizer, organizer_refused = organization(row[columns["ORGANISATIONSNR"]])
    town, town_refused = out.towns.judge(row[columns["KOMMUN"]], cell["KOMMUNNAMN"], row[columns["LÄN"]])
    if not organizer_refused and listed and organizer not in listed:
        organizer_refused = Refused("unknown_organizer", "listed_organizer", "", organizer)
    places = {"name": "KOMMUNNAMN", "code": "KOMMUN", "county": "LÄN"}
    refusals = {
        "SKOLENHETSKOD": unit_refused(code),
        "NAMN": name_refused(cell["NAMN"]),
        "ORGANISATIONSNR": organizer_refused,
    }
    if town_refused:
        refusals[places[town_refused.column]] = town_refused
    if _note(refusals, sheet, number, out):
        return None
    orientation = _word(cell, "INRIKTNING", ORIENTATIONS, sheet, number, out)
    return _Unit(code, cell["NAMN"], town, organizer, sheet.name, number, orientation)


def _offerings(
    form: str, columns: dict[str, int], row: Row, sheet: Sheet, number: int, out: Gathering
) -> list[Offering]:
    """What the row says the unit offers: its school form, and the preschool class as a form of its own."""
    has_slipped = _has_slipped(columns, row, sheet, number, out)
    offered = [
        grade for name, grade in GRADES.items() if name in columns and _flag(columns, name, row, sheet, number, out)
    ]
    pupils = {} if has_slipped else _pupils(columns, row, sheet, number, out)
    found = []
    if "F" in offered:
        found.append(Offering("FKLASS", ("F",), (), pupils.get("F")))
    grades = tuple(grade for grade in offered if grade != "F")
    if grades or "F" not in offered:
        by_grade = tuple((grade, count) for grade, count in pupils.items() if grade in GRADES.values() and grade != "F")
        total = sum(count for _, count in by_grade) if by_grade else pupils.get("all")
        found.append(Offering(form, grades, by_grade, total))
    return found


def _keep(offerings: dict[str, Offering], offering: Offering) -> None:
    """One row per form: a unit's preschool class may stand on several sheets."""
    kept = offerings.get(offering.form)
    if kept is None or kept.pupils is None:
        offerings[offering.form] = offering


def _flag(columns: dict[str, int], name: str, row: Row, sheet: Sheet, number: int, out: Gathering) -> bool:
    text = tidy(row[columns[name]])
    if text not in ("J", "N", ""):
        out.faults.error("bad_flag", "flag", sheet=sheet.name, row=number, column=name, stood=_safe(text))
    return text == "J"


def _pupil_columns(columns: dict[str, int]) -> dict[str, str]:
    wanted = {f"ELEVER {name}": grade for name, grade in GRADES.items()}
    wanted["ELEVER TOTALT"] = "all"
    return {name: grade for name, grade in wanted.items() if name in columns}


def _has_slipped(columns: dict[str, int], row: Row, sheet: Sheet, number: int, out: Gathering) -> bool:
    """Whether the row's cells stand beside their headings: a flag among the pupils, or something past the last one."""
    flags = [name for name, at in columns.items() if name.startswith("ELEVER ") and tidy(row[at]) in ("J", "N")]
    last = max(at for name, at in columns.items() if name)
    beyond = next((at for at in range(last + 1, len(row)) if tidy(row[at])), None)
    if not flags and beyond is None:
        return False
    at = columns[flags[0]] if flags else beyond or 0
    column = flags[0] if flags else letter(at)
    out.faults.notice("odd_cell", "cells_as_header", sheet=sheet.name, row=number, column=column, stood=_safe(row[at]))
    return True


def _pupils(columns: dict[str, int], row: Row, sheet: Sheet, number: int, out: Gathering) -> dict[str, int]:
    """Pupils by grade, and under "all" a total. An empty cell is no number; a mark is none either."""
    found = {}
    for name, grade in _pupil_columns(columns).items():
        text = code_text(row[columns[name]])
        if not text or text in (".", ".."):
            continue
        if text.isascii() and text.isdigit() and len(text) < 7:
            found[grade] = int(text)
            continue
        code, expected = "not_a_number", "whole_number"
        if text[0] in "=+@":
            code, expected = "formula", "value_not_formula"
        elif re.fullmatch(r"-[0-9]+(\.[0-9]+)?", text):
            code, expected = "negative_number", "number_not_negative"
        out.faults.error(code, expected, sheet=sheet.name, row=number, column=name, stood=_safe(text))
    return found
