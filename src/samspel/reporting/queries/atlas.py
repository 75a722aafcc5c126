"""What the map shows: marked areas, marks without an area, the legend, and the same as rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.registry.models import Municipality, Organizer
from samspel.reporting.queries import addresses, support
from samspel.reporting.queries.support import Support
from samspel.reporting.rules.areas import areas
from samspel.reporting.rules.drawing import MOST_IN_COUNTY, Crowd, Mark, draw, gathered
from samspel.reporting.rules.sought import Sought
from samspel.reporting.rules.styles import Style, styles
from samspel.selection.models import Round


@dataclass(frozen=True)
class Place:
    """An organizer on the map: what it has, the latest first, and the municipalities it serves."""

    organizer: Organizer
    supports: list[Support]
    municipalities: list[Municipality]

    @property
    def where(self) -> str:
        """Its areas in words, or that it has none and in which county it stands."""
        if self.municipalities:
            return ", ".join(place.name for place in self.municipalities)
        if self.organizer.county:
            return _("no area of its own, %(county)s") % {"county": self.organizer.county.name}
        return _("no area of its own")

    @property
    def what(self) -> str:
        """Its name and what it has, as the map's links say it."""
        has = "; ".join(f"{support.round_title}: {support.label}" for support in self.supports)
        return f"{self.organizer.name}. {has}"


@dataclass(frozen=True)
class LegendEntry:
    """A round in the legend: its style and how many organizers carry it on this map."""

    round: Round
    style: Style
    count: int


@dataclass(frozen=True)
class Atlas:
    """A map and the same as rows."""

    places: list[Place]
    legend: list[LegendEntry]
    marks: list[Mark]
    crowds: dict[str, Crowd]
    county: str
    is_shared: bool

    def svg(self, *, lone: bool = False) -> str:
        """The drawing."""
        return draw(
            areas(),
            self.marks,
            title=_("Map of Sweden: organizers by selection round"),
            description=self.description,
            county=self.county,
            crowds=self.crowds,
            lone=lone,
        )

    @property
    def description(self) -> str:
        """What the map shows, for those who do not see it."""
        count = len(self.places)
        shown = ngettext(
            "%(count)s organizer is marked, with colour and pattern by its latest round.",
            "%(count)s organizers are marked, each with colour and pattern by its latest round.",
            count,
        )
        return shown % {"count": count} + " " + _("The same content stands in the table below the map.")


def atlas(asked: Sought, *, on: date, rounds: Iterable[Round]) -> Atlas:
    """The map of what was asked, on a day. `rounds` are the published ones: a round keeps its style on every map."""
    named = Prefetch("members", Municipality.objects.only("code", "name", "county_id").order_by("code"))
    organizers = support.organizers(asked, on=on).prefetch_related(named)
    places = [Place(o, support.supports_of(o, on), list(o.members.all())) for o in organizers]
    rounds = sorted(rounds, key=lambda round: (round.published_at, round.slug))
    by_round = styles(round.slug for round in rounds)
    leading = Counter(place.supports[0].round_slug for place in places)
    marks = _marks(places, by_round, asked.county)
    return Atlas(
        places=places,
        legend=[LegendEntry(r, by_round[r.slug], leading[r.slug]) for r in rounds if leading[r.slug]],
        marks=marks,
        crowds={} if asked.county else _crowds(marks, places),
        county=asked.county,
        is_shared=any(len(place.supports) > 1 for place in places),
    )


def _marks(places: list[Place], by_round: dict[str, Style], county: str) -> list[Mark]:
    serving: dict[str, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        for municipality in place.municipalities:
            # On an enlarged map nothing is marked that lies outside of it.
            if county in ("", municipality.county_id):
                serving[municipality.code].append(number)
    shared: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for code, numbers in serving.items():
        shared[tuple(numbers)].append(code)
    together = [([places[n] for n in numbers], tuple(codes)) for numbers, codes in shared.items()]
    alone = [([place], ()) for place in places if not place.municipalities]
    return [_mark(group, codes, by_round) for group, codes in together + alone]


def _mark(group: list[Place], codes: tuple[str, ...], by_round: dict[str, Style]) -> Mark:
    """One link for the areas that the same organizers serve; where they are several, it leads to their first row."""
    first = group[0].organizer
    latest = max((place.supports[0] for place in group), key=lambda support: support.offered_on)
    url = addresses.organizer(first) if len(group) == 1 else f"#{row_id(first)}"
    return Mark(
        name=" ".join(place.what for place in group),
        url=url,
        style=by_round[latest.round_slug],
        label=_label(group[0], codes),
        codes=codes,
        county="" if codes else first.county_id or "",
        is_exercise=latest.is_exercise,
    )


def _label(place: Place, codes: tuple[str, ...]) -> str:
    names = {municipality.code: municipality.name for municipality in place.municipalities}
    return names[codes[0]] if codes else place.organizer.name


def _crowds(marks: list[Mark], places: list[Place]) -> dict[str, Crowd]:
    names = {p.organizer.county_id: p.organizer.county.name for p in places if p.organizer.county}
    return {
        code: Crowd(
            county=code,
            count=len(here),
            name=_("%(county)s: %(count)s organizers without an area of their own. Enlarge the county.")
            % {"county": names[code], "count": len(here)},
            url=addresses.county_map(code),
        )
        for code, here in gathered(marks).items()
        if len(here) > MOST_IN_COUNTY
    }


def row_id(organizer: Organizer) -> str:
    """The id of an organizer's row in the table beneath the map."""
    return f"huvudman-{organizer.organization_number}"
