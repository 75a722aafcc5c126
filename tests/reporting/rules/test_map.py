"""The drawing: areas, marks and styles."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest

from samspel.reporting.rules.areas import areas
from samspel.reporting.rules.drawing import Crowd, Mark, draw, frame_of, gathered
from samspel.reporting.rules.styles import COLOURS, PATTERNS, Style, styles

STYLE = Style(0, 1)
SVG = "{http://www.w3.org/2000/svg}"


def mark(name="Ängby kommun", *, url="/huvudman/1/", **changes):
    return Mark(name=name, url=url, style=changes.pop("style", STYLE), **changes)


def drawn(marks, **changes):
    svg = draw(areas(), marks, title="Karta", description="Två är markerade.", lone=True, **changes)
    return ElementTree.fromstring(svg)


def links(svg):
    return list(svg.iter(f"{SVG}a"))


def name_of(link):
    return link.find(f"{SVG}title").text


def test_the_map_has_a_title_and_a_description():
    svg = drawn([])

    assert svg.find(f"{SVG}title").text == "Karta"
    assert svg.find(f"{SVG}desc").text == "Två är markerade."
    assert svg.get("aria-labelledby") == "map-title" and svg.get("aria-describedby") == "map-description"


def test_a_marked_area_is_a_link_with_a_name():
    (link,) = links(drawn([mark(codes=("0114",))]))

    assert (name_of(link), link.get("href")) == ("Ängby kommun", "/huvudman/1/")
    assert link.find(f"{SVG}path").get("d") == areas().municipalities["0114"].d


def test_a_federation_marks_the_areas_of_all_its_members_by_one_link():
    (link,) = links(drawn([mark(codes=("2085", "2061"))]))

    assert link.find(f"{SVG}path").get("d") == areas().municipalities["2085"].d + areas().municipalities["2061"].d


def test_a_marked_area_is_not_drawn_as_land_too():
    land = next(path for path in drawn([mark(codes=("0114",))]).iter(f"{SVG}path") if path.get("class") == "map-land")

    assert areas().municipalities["0114"].d not in land.get("d")
    assert areas().municipalities["0180"].d in land.get("d")


def test_an_area_too_small_to_see_has_a_dot_and_a_large_one_none():
    small, large = links(drawn([mark(codes=("0183",)), mark(codes=("2523",))]))

    assert small.find(f"{SVG}circle") is not None
    assert large.find(f"{SVG}circle") is None


def test_one_without_an_area_is_a_mark_of_its_own_in_its_county():
    (link,) = links(drawn([mark(county="12")]))
    x, y = map(int, re.match(r"M(\d+) (\d+)l", link.find(f"{SVG}path").get("d")).groups())
    west, north, east, south = areas().counties["12"].bounds

    assert west < x < east and north < y < south


def test_marks_in_one_county_do_not_touch():
    many = links(drawn([mark(str(place), county="12") for place in range(7)]))
    places = [
        tuple(map(int, re.match(r"M(\d+) (\d+)l(\d+)", one.find(f"{SVG}path").get("d")).groups())) for one in many
    ]

    for (x, y, half), (other_x, other_y, _half) in combinations(places, 2):
        assert abs(x - other_x) + abs(y - other_y) > 1.6 * half


def test_a_crowd_stands_in_place_of_its_marks():
    marks = [mark(str(place), county="12") for place in range(9)]
    (link,) = links(drawn(marks, crowds={"12": Crowd("12", 9, "Skåne län: 9", "/karta/?lan=12")}))

    assert (name_of(link), link.get("href")) == ("Skåne län: 9", "/karta/?lan=12")
    assert link.find(f"{SVG}text").text == "9"


def test_marks_are_gathered_by_county_when_they_have_no_area():
    marks = [mark("a", county="12"), mark("b", codes=("0114",), county="01"), mark("c", county="01")]

    assert {county: [one.name for one in here] for county, here in gathered(marks).items()} == {
        "01": ["c"],
        "12": ["a"],
    }


def test_a_county_fills_the_drawing_when_it_is_asked_for():
    frame, (west, north, east, south) = frame_of(areas(), "09"), areas().counties["09"].bounds

    assert frame.x < west and frame.y < north
    assert frame.x + frame.width > east and frame.y + frame.height > south
    assert frame.width < areas().width / 3


def test_an_unknown_county_is_the_whole_country():
    assert frame_of(areas(), "02").view_box == f"0 0 {areas().width} {areas().height}"


def test_names_are_written_on_an_enlarged_map_alone():
    marks = [mark(codes=("0114",), label="Upplands Väsby", county="01")]

    assert [text.text for text in drawn(marks, county="01").iter(f"{SVG}text")] == ["Upplands Väsby"]
    assert list(drawn(marks).iter(f"{SVG}text")) == []


def test_text_cannot_become_markup():
    (link,) = links(drawn([mark('<script>&"', url='/"><x>', codes=("0114",))]))

    assert name_of(link) == '<script>&"'
    assert link.get("href") == '/"><x>'


def test_every_pattern_that_is_used_is_defined_once():
    marks = [mark(codes=("0114",)), mark(codes=("0115",)), mark(codes=("0117",), style=Style(1, 2))]
    svg = drawn(marks)

    assert sorted(pattern.get("id") for pattern in svg.iter(f"{SVG}pattern")) == ["round-0-1", "round-1-2"]
    assert [link.get("fill") for link in links(svg)] == ["url(#round-0-1)", "url(#round-0-1)", "url(#round-1-2)"]


def test_the_first_rounds_differ_in_colour_and_in_pattern_and_all_of_thirty_six_in_one():
    made = list(styles(map(str, range(36))).values())

    assert len({style.colour for style in made[:6]}) == len({style.pattern for style in made[:6]}) == 6
    assert len(set(made)) == 36


def test_a_round_keeps_its_style_when_later_ones_come():
    assert styles(["a", "b"])["b"] == styles(["a", "b", "c"])["b"]


@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_stands_out_from_land_by_three_to_one(colour):
    def luminance(hexadecimal):
        parts = [int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert (luminance("#e9e7dd") + 0.05) / (luminance(colour) + 0.05) >= 3


def test_patterns_are_all_different():
    assert len(set(PATTERNS)) == len(PATTERNS)
