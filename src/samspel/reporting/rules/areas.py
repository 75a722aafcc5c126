"""The areas of the map: municipalities and counties as SVG paths, made by `scripts/map_areas.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "areas" / "municipalities.json"


@dataclass(frozen=True, slots=True)
class Area:
    """An area in the units of the drawing: its path, the point deepest inside it, and west, north, east, south."""

    d: str
    heart: tuple[int, int]
    bounds: tuple[int, int, int, int]

    @property
    def width(self) -> int:
        """The lesser of its two extents: how small it is to point at."""
        west, north, east, south = self.bounds
        return min(east - west, south - north)


@dataclass(frozen=True, slots=True)
class Areas:
    """All areas by code, the size of the whole drawing, and where the borders come from."""

    width: int
    height: int
    municipalities: Mapping[str, Area]
    counties: Mapping[str, Area]
    source: str
    source_url: str
    licence: str

    @property
    def by_way_of(self) -> str:
        """The package, with its version, that the borders were taken from."""
        return self.source.rpartition("by way of ")[2]


@cache
def areas() -> Areas:
    """The areas as shipped, read once."""
    document = json.loads(FILE.read_text(encoding="utf-8"))
    facts = {key: document[key] for key in ("width", "height", "source", "source_url", "licence")}
    return Areas(
        municipalities=_read(document["municipalities"]),
        counties=_read(document["counties"]),
        **facts,
    )


def _read(entries: Mapping[str, dict]) -> dict[str, Area]:
    return {code: Area(e["d"], tuple(e["heart"]), tuple(e["bounds"])) for code, e in entries.items()}
