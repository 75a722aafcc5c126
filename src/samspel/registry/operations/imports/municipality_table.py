"""The municipality table: names and population of the municipalities the registry has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry.models import Municipality

FIELDS = ["name", "full_name", "sort_key", "search_key", "population", "population_year", "source", "as_of"]


@dataclass
class TableDifference:
    """Municipalities that the table changes, and their fields before."""

    changed: list[Municipality] = field(default_factory=list)
    unchanged: int = 0
    old: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """For keeping and showing. The 290 come with the program: a table makes none and ends none."""
        return {"new": 0, "changed": len(self.changed), "gone": 0, "unchanged": self.unchanged}


def compare(told: Iterable[Mapping[str, Any]], source: str, as_of: date) -> TableDifference:
    """The table against the registry, in one query. An older population never takes a newer one's place."""
    held, found = Municipality.objects.in_bulk(), TableDifference()
    for row in told:
        municipality = held[row["code"]]
        wanted = _wanted(row, municipality)
        if all(getattr(municipality, name) == value for name, value in wanted.items()):
            found.unchanged += 1
            continue
        found.old.append({"code": municipality.code, **{name: _plain(getattr(municipality, name)) for name in FIELDS}})
        _fill(municipality, wanted | {"source": source[:300], "as_of": as_of})
        found.changed.append(municipality)
    return found


def _wanted(row: Mapping[str, Any], held: Municipality) -> dict[str, Any]:
    wanted = {
        "name": row["name"],
        "full_name": row["full_name"] or held.full_name,
        "sort_key": sort_key(row["name"]),
        "search_key": search_key(row["name"]),
    }
    if row["population"] is not None and (row["population_year"] or 0) >= (held.population_year or 0):
        wanted |= {"population": row["population"], "population_year": row["population_year"]}
    return wanted


def write(found: TableDifference) -> list[dict[str, Any]]:
    """Write it; returns the rows as they stood."""
    Municipality.objects.bulk_update(found.changed, FIELDS)
    return found.old


def take_back(old: Iterable[Mapping[str, Any]]) -> None:
    """Put the municipalities back as they stood."""
    old = list(old)
    held = Municipality.objects.in_bulk([row["code"] for row in old])
    for row in old:
        _fill(held[row["code"]], {name: row[name] for name in FIELDS})
    Municipality.objects.bulk_update(held.values(), FIELDS)


def _fill(municipality: Municipality, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(municipality, name, value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
