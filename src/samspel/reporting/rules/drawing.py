"""The map as one SVG: land, marked areas and marks as links, county borders. A string, so that it costs little."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from samspel.reporting.rules.areas import Area, Areas
from samspel.reporting.rules.styles import Style, definition

# More marks than this in a county stand as one with their number, unless the county fills the drawing.
MOST_IN_COUNTY = 7
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to point at: its name for eye and ear, where it leads, its style, and its areas.

    `codes` are municipalities; without any it stands as a mark of its own in `county`. `label` is the short name
    written on an enlarged map.
    """

    name: str
    url: str
    style: Style
    label: str = ""
    codes: tuple[str, ...] = ()
    county: str = ""
    is_exercise: bool = False


@dataclass(frozen=True, slots=True)
class Crowd:
    """Many marks in one county, as one: their number, their name and where it leads."""

    county: str
    count: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the drawing that is shown, in units."""

    x: int
    y: int
    width: int
    height: int

    @property
    def view_box(self) -> str:
        """The SVG attribute."""
        return f"{self.x} {self.y} {self.width} {self.height}"

    @property
    def pixel(self) -> float:
        """About one pixel of a screen, in units: the map is shown some 560 pixels wide, or 900 high."""
        return max(self.width / 560, self.height / 1330)


def frame_of(areas: Areas, county: str = "") -> Frame:
    """The whole country, or a county with a little around it."""
    if county not in areas.counties:
        return Frame(0, 0, areas.width, areas.height)
    west, north, east, south = areas.counties[county].bounds
    margin = max(east - west, south - north) // 14
    return Frame(west - margin, north - margin, east - west + 2 * margin, south - north + 2 * margin)


def gathered(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    """Marks without an area by county, in the order given."""
    alone = sorted((mark for mark in marks if not mark.codes and mark.county), key=lambda mark: mark.county)
    return {county: list(group) for county, group in groupby(alone, key=lambda mark: mark.county)}


def draw(
    areas: Areas,
    marks: Sequence[Mark],
    *,
    title: str,
    description: str,
    county: str = "",
    crowds: Mapping[str, Crowd] | None = None,
    lone: bool = False,
) -> str:
    """The SVG. `crowds` by county stand in place of that county's marks; `lone` makes a file that stands by itself."""
    frame, crowds = frame_of(areas, county), crowds or {}
    tile = round(9 * frame.pixel)
    used = sorted({(mark.style.colour, mark.style.pattern) for mark in marks})
    marked = {code for mark in marks for code in mark.codes}
    land = "".join(area.d for code, area in areas.municipalities.items() if code not in marked)
    borders = "".join(area.d for area in areas.counties.values())
    thin = f"{frame.pixel:.3g}"
    size = f' xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{frame.height}"' if lone else ""
    return "".join(
        [
            f'<svg class="map" viewBox="{frame.view_box}" role="group" aria-labelledby="map-title"'
            f' aria-describedby="map-description"{size}>'
            f'<title id="map-title">{escape(title)}</title><desc id="map-description">{escape(description)}</desc>'
            f"<defs>{''.join(definition(Style(*pair), tile=tile) for pair in used)}</defs>"
            f'<g stroke-width="{thin}" stroke="#75838a" stroke-linejoin="round">'
            f'<path class="map-land" fill="#e9e7dd" d="{land}"/>',
            *(_area_link(areas, mark, frame) for mark in marks if mark.codes),
            f'</g><path class="map-counties" fill="none" stroke="#46575d" stroke-width="{1.4 * frame.pixel:.3g}"'
            f' stroke-linejoin="round" d="{borders}"/><g stroke="#46575d" stroke-width="{thin}">',
            *_county_marks(areas, marks, crowds, frame),
            "</g>",
            *(_labels(areas, marks, frame) if county else ()),
            "</svg>",
        ]
    )


def _link(mark: Mark, shapes: str) -> str:
    kind = "map-mark map-mark--exercise" if mark.is_exercise else "map-mark"
    return (
        f'<a class="{kind}" href="{escape(mark.url)}" fill="url(#{mark.style.id})">'
        f"<title>{escape(mark.name)}</title>{shapes}</a>"
    )


def _area_link(areas: Areas, mark: Mark, frame: Frame) -> str:
    known = [areas.municipalities[code] for code in mark.codes if code in areas.municipalities]
    shapes = f'<path d="{"".join(area.d for area in known)}"/>'
    return _link(mark, shapes + "".join(_pin(area, frame) for area in known if area.width < 16 * frame.pixel))


def _pin(area: Area, frame: Frame) -> str:
    """An area too small to see has a dot upon it."""
    x, y = area.heart
    return f'<circle class="map-pin" cx="{x}" cy="{y}" r="{round(6.5 * frame.pixel)}"/>'


def _county_marks(areas: Areas, marks: Sequence[Mark], crowds: Mapping[str, Crowd], frame: Frame) -> Iterable[str]:
    for code, here in gathered(marks).items():
        if code not in areas.counties:
            continue
        if code in crowds:
            yield _crowd(crowds[code], areas.counties[code], frame)
        else:
            yield from (_link(mark, _diamond(areas.counties[code], place, frame)) for place, mark in enumerate(here))


def _diamond(county: Area, place: int, frame: Frame) -> str:
    """The mark at a place in the seed-head pattern around the county's heart: no two touch, however many."""
    out, turn = 21 * frame.pixel * math.sqrt(place), place * GOLDEN_ANGLE
    x, y = round(county.heart[0] + out * math.cos(turn)), round(county.heart[1] + out * math.sin(turn))
    half = round(11 * frame.pixel)
    return f'<path d="M{x} {y - half}l{half} {half}-{half} {half}-{half}-{half}z"/>'


def _crowd(crowd: Crowd, county: Area, frame: Frame) -> str:
    (x, y), radius = county.heart, round(14 * frame.pixel)
    return (
        f'<a class="map-mark map-mark--crowd" href="{escape(crowd.url)}" fill="#46575d">'
        f"<title>{escape(crowd.name)}</title>"
        f'<circle cx="{x}" cy="{y}" r="{radius}"/><text x="{x}" y="{y}" dy=".35em" text-anchor="middle" fill="#fff"'
        f' stroke="none" font-size="{round(14 * frame.pixel)}">{crowd.count}</text></a>'
    )


def _labels(areas: Areas, marks: Sequence[Mark], frame: Frame) -> Iterable[str]:
    """Names on an enlarged map; the links already carry them for those who listen."""
    size = round(13 * frame.pixel)
    yield f'<g class="map-names" aria-hidden="true" font-size="{size}" text-anchor="middle">'
    for mark in marks:
        for code in mark.codes[:1]:
            x, y = areas.municipalities[code].heart
            yield f'<text x="{x}" y="{y}" dy=".35em">{escape(mark.label)}</text>'
    yield "</g>"
