"""The register of organizers and school units: what an extract changes, written so that it can be taken back.

Invented organizers are never touched. What a newer extract lacks is marked as ended, never deleted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry.models import Organizer, OrganizerType, SchoolUnit, SchoolUnitForm, UnitStatus
from samspel.registry.operations.imports.refusals import ExtractIncomplete
from samspel.registry.rules.names import public_name

SOURCE = "Skolverket: Skolenhetsregistret"
PUBLIC = {OrganizerType.MUNICIPALITY, OrganizerType.MUNICIPAL_FEDERATION, OrganizerType.REGION, OrganizerType.STATE}
ORGANIZER_FIELDS = [
    "name", "sort_key", "search_key", "type", "legal_form", "county_id", "ended_on", "source", "as_of",
]  # fmt: skip
UNIT_FIELDS = ["name", "sort_key", "search_key", "organizer_id", "municipality_id", "status", "as_of", "ended_on"]
BATCH = 2000
EXAMPLES = 5


@dataclass
class Sorted:
    """Things of one kind, by what the extract does to them. `old` holds the fields of changed and gone ones before."""

    new: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    gone: list[Any] = field(default_factory=list)
    unchanged: int = 0
    old: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """For keeping and showing."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "gone": len(self.gone),
            "unchanged": self.unchanged,
        }


@dataclass
class RegisterDifference:
    """What an extract would change. `forms` is unit code to the forms the extract tells, for new and changed units."""

    organizers: Sorted
    units: Sorted
    forms: dict[str, list[tuple[str, str, int | None]]]


def compare(told: Mapping[str, Any], as_of: date) -> RegisterDifference:
    """An extract of a day against the registry: three queries, whatever its size. Raises ExtractIncomplete."""
    organizers = _compare_organizers(told, as_of)
    forms: dict[str, list[tuple[str, str, int | None]]] = {}
    units = _compare_units(told["units"], as_of, forms)
    return RegisterDifference(organizers, units, forms)


def _plain(thing: Any, fields: Iterable[str]) -> dict[str, Any]:
    """Fields of a row as JSON takes them."""
    found = {name: getattr(thing, name) for name in fields}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def _settle(sorted_: Sorted, thing: Any, wanted: Mapping[str, Any], key: str, fields: list[str], as_of: date) -> bool:
    """Give a row what is told of it; returns whether that changed anything but the day."""
    before = _plain(thing, fields)
    differs = False
    for name, value in wanted.items():
        if getattr(thing, name) != value:
            setattr(thing, name, value)
            differs = True
    if differs:
        sorted_.old.append({key: getattr(thing, key), **before})
        sorted_.changed.append(thing)
        thing.as_of = as_of
    return differs


def _counties(units: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Organization number to the county where most of its units stand (of equals, the lowest code)."""
    standing: dict[str, Counter[str]] = defaultdict(Counter)
    for unit in units:
        if unit["municipality_code"]:
            standing[unit["organization_number"]][unit["municipality_code"][:2]] += 1
    return {number: min(where, key=lambda code: (-where[code], code)) for number, where in standing.items()}


def _compare_organizers(told: Mapping[str, Any], as_of: date) -> Sorted:
    held = {row.organization_number: row for row in Organizer.objects.all()}
    _require_whole(told, held)
    counties, found, named = _counties(told["units"]), Sorted(), set()
    for row in told["organizers"]:
        number = row["organization_number"]
        named.add(number)
        organizer = held.get(number)
        if organizer is None:
            found.new.append(_new_organizer(row, counties.get(number), as_of))
        elif organizer.is_invented or not _settle(
            found, organizer, _told_of(row, organizer, counties, as_of), "organization_number", ORGANIZER_FIELDS, as_of
        ):
            found.unchanged += 1
    for organizer in held.values():
        is_out = organizer.organization_number not in named and not organizer.is_invented and not organizer.ended_on
        if is_out:
            found.old.append(
                {"organization_number": organizer.organization_number, **_plain(organizer, ORGANIZER_FIELDS)}
            )
            organizer.ended_on = as_of
            found.gone.append(organizer)
    return found


def _require_whole(told: Mapping[str, Any], held: Mapping[str, Organizer]) -> None:
    lasting = {number for number, row in held.items() if not row.is_invented and not row.ended_on}
    named = lasting & {row["organization_number"] for row in told["organizers"]}
    if len(named) * 2 < len(lasting):
        raise ExtractIncomplete(len(named), len(lasting))


def _name_of(row: Mapping[str, Any]) -> str:
    return public_name(row["name"]) if row["type"] in PUBLIC else " ".join(row["name"].split())


def _new_organizer(row: Mapping[str, Any], county: str | None, as_of: date) -> Organizer:
    name = _name_of(row)
    return Organizer(
        organization_number=row["organization_number"],
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name),
        type=row["type"],
        legal_form=row["legal_form"],
        county_id=county,
        source=SOURCE,
        as_of=as_of,
    )


def _told_of(row: Mapping[str, Any], held: Organizer, counties: Mapping[str, str], as_of: date) -> dict[str, Any]:
    """What the extract says of an organizer we hold. A name that differs in capitals alone is the same name."""
    name = _name_of(row)
    wanted: dict[str, Any] = {"type": row["type"], "legal_form": row["legal_form"] or held.legal_form}
    if search_key(name) != held.search_key and held.type != OrganizerType.MUNICIPALITY:
        wanted |= {"name": name, "sort_key": sort_key(name), "search_key": search_key(name)}
    if held.county_id is None:
        wanted["county_id"] = counties.get(held.organization_number)
    if held.ended_on and held.ended_on <= as_of:
        wanted["ended_on"] = None
    return wanted


def _forms_of(offerings: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, int | None]]:
    return [(row["form"], " ".join(row["grades"]), row["pupils"]) for row in offerings]


def _compare_units(told: list[Mapping[str, Any]], as_of: date, forms: dict[str, Any]) -> Sorted:
    held = {row.code: row for row in SchoolUnit.objects.select_related("organizer")}
    held_forms: dict[int, list[tuple[str, str, int | None]]] = defaultdict(list)
    for unit_id, *form in SchoolUnitForm.objects.order_by("id").values_list("unit_id", "form", "grades", "pupils"):
        held_forms[unit_id].append(tuple(form))
    found, named = Sorted(), set()
    for row in told:
        named.add(row["code"])
        told_forms = _forms_of(row["offerings"])
        unit = held.get(row["code"])
        if unit is None:
            unit = SchoolUnit(code=row["code"], as_of=as_of)
            _place(unit, row)
            found.new.append(unit)
            forms[row["code"]] = told_forms
            continue
        before = {"code": unit.code, "forms": held_forms[unit.pk], "organizer": unit.organizer.organization_number}
        before |= _plain(unit, UNIT_FIELDS)
        differs = _place(unit, row)
        if told_forms != held_forms[unit.pk]:
            forms[row["code"]] = told_forms
            differs = True
        if not differs:
            found.unchanged += 1
            continue
        found.old.append(before)
        unit.as_of = as_of
        found.changed.append(unit)
    _end_units(found, [unit for code, unit in held.items() if code not in named], held_forms, as_of)
    return found


def _place(unit: SchoolUnit, row: Mapping[str, Any]) -> bool:
    """Give a unit what is told of it; its organizer by number, since a new one has no row yet."""
    number = unit.organizer.organization_number if unit.organizer_id else None
    name = " ".join(row["name"].split())
    wanted = {
        "name": name,
        "sort_key": sort_key(name)[:200],
        "search_key": search_key(name)[:220],
        "municipality_id": row["municipality_code"] or None,
        "status": UnitStatus.ACTIVE.value,
        "ended_on": None,
    }
    differs = number != row["organization_number"]
    for field_name, value in wanted.items():
        if getattr(unit, field_name) != value:
            setattr(unit, field_name, value)
            differs = True
    unit.told_number = row["organization_number"]  # type: ignore[attr-defined]
    return differs


def _end_units(found: Sorted, units: list[SchoolUnit], forms: Mapping[int, Any], as_of: date) -> None:
    for unit in units:
        if unit.status == UnitStatus.ENDED or unit.organizer.is_invented:
            continue
        before = {"code": unit.code, "forms": forms[unit.pk], "organizer": unit.organizer.organization_number}
        found.old.append(before | _plain(unit, UNIT_FIELDS))
        unit.status, unit.ended_on = UnitStatus.ENDED, as_of
        found.gone.append(unit)
