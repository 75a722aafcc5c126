"""From the registry to the subjects of a round, in a fixed number of queries whatever the number of organizers.

A municipal organizer's value is the row of its municipality (by the criterion's slice, so the *Kommunal* row when that
is "municipal"); a federation's is found by the round's stated rule; any other organizer has rows of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samspel.registry.models import (
    IndicatorValue,
    Organizer,
    OrganizerMember,
    OrganizerType,
    SchoolUnitForm,
    Sex,
    UnitStatus,
)
from samspel.selection.models import Offer, Response, RoundState
from samspel.selection.rules.criteria import Criterion
from samspel.selection.rules.observations import Figure, indicator_of, observe, of_federation, periods_of
from samspel.selection.rules.settings import RoundRules
from samspel.selection.rules.subjects import NO_OBSERVATION, Observation, Source, Subject

MUNICIPALITY, ORGANIZER = "municipality", "organizer"
Place = tuple[str, str]  # subject kind and code
Series = Mapping[str, Figure]  # period to figure
_NOTHING: Series = {}


@dataclass(frozen=True, slots=True)
class Members:
    """The municipalities an organizer serves: code to population, by code."""

    populations: Mapping[str, int | None]

    @property
    def population(self) -> int | None:
        """Of all of them; None when one is unknown or there is none."""
        sizes = list(self.populations.values())
        return sum(size or 0 for size in sizes) if sizes and None not in sizes else None


def subjects_of(rules: RoundRules, *, types: Iterable[str], is_invented: bool, on: date) -> list[Subject]:
    """Everybody a round considers on a day, each with its figures as they stand now.

    types: the organizer types that the edition is for; those the round's own frame leaves out are then counted there.
    """
    organizers = list(considered(types, is_invented=is_invented, on=on))
    members = _members()
    forms, entered = _school_forms(), _entered(on)
    figures = _Figures(rules)
    found = []
    for organizer in organizers:
        own = members.get(organizer.pk, Members({}))
        found.append(
            Subject(
                organization_number=organizer.organization_number,
                name=organizer.name,
                organizer_type=organizer.type,
                county=organizer.county_id or "",
                pupils=figures.pupils(organizer, own),
                population=own.population,
                school_forms=tuple(sorted(forms.get(organizer.pk, ()))),
                members=tuple(sorted(own.populations)),
                already_in=tuple(sorted(entered.get(organizer.pk, ()))),
                values={criterion.key: figures.of(criterion, organizer, own) for criterion in rules.criteria},
            )
        )
    return found


def considered(types: Iterable[str], *, is_invented: bool, on: date) -> Iterable[Organizer]:
    """The organizers of some types that exist on a day."""
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return Organizer.objects.filter(lasting, type__in=list(types), is_invented=is_invented)


class _Figures:
    """Every figure the criteria of a round may need, read once."""

    def __init__(self, rules: RoundRules) -> None:
        self._rules = rules
        self._series = _read(rules)
        self._chosen = {criterion.key: self._choose(criterion) for criterion in rules.criteria}

    def of(self, criterion: Criterion, organizer: Organizer, members: Members) -> Observation:
        """The figure of an organizer for a criterion."""
        if organizer.type != OrganizerType.MUNICIPAL_FEDERATION:
            return self._observe(criterion, _place_of(organizer, members))
        return of_federation(
            self._rules.federations,
            self._observe(criterion, (ORGANIZER, organizer.organization_number)),
            [
                (size, self._observe(criterion, (MUNICIPALITY, code)))
                for code, size in sorted(members.populations.items())
            ],
        )

    def pupils(self, organizer: Organizer, members: Members) -> int | None:
        """How many pupils by the frame's indicator and period; None when it is not known or not asked for."""
        frame = self._rules.frame
        if not frame.pupils_indicator:
            return None
        series = self._series.get((frame.pupils_indicator, "municipal"), {})
        figure = series.get(_place_of(organizer, members), _NOTHING).get(frame.pupils_period)
        return None if figure is None or figure.value is None else int(figure.value)

    def _choose(self, criterion: Criterion) -> tuple[str, tuple[str, ...], bool]:
        labels = {key: self._periods(key, criterion.slice) for key in (criterion.indicator, criterion.stand_in) if key}
        indicator, is_stand_in = indicator_of(criterion, labels)
        return indicator, periods_of(criterion.year, labels.get(indicator, set())), is_stand_in

    def _periods(self, indicator: str, slice_: str) -> set[str]:
        places = self._series.get((indicator, slice_), {}).values()
        return {period for series in places for period, figure in series.items() if figure.value is not None}

    def _observe(self, criterion: Criterion, place: Place) -> Observation:
        indicator, periods, is_stand_in = self._chosen[criterion.key]
        series = self._series.get((indicator, criterion.slice), {}).get(place)
        if series is None and not periods:
            return NO_OBSERVATION._replace(indicator=indicator, stand_in=is_stand_in)
        return observe(series or _NOTHING, periods, indicator, is_stand_in)


def _place_of(organizer: Organizer, members: Members) -> Place:
    """Where an organizer's figures stand: its municipality for a municipal one, else itself."""
    if organizer.type == OrganizerType.MUNICIPALITY and len(members.populations) == 1 and not organizer.is_invented:
        return MUNICIPALITY, next(iter(members.populations))
    return ORGANIZER, organizer.organization_number


def _read(rules: RoundRules) -> dict[tuple[str, str], dict[Place, dict[str, Figure]]]:
    """(indicator, slice) to place to period to figure; an organizer's own rows stand under every slice asked for."""
    wanted = {
        (key, criterion.slice) for criterion in rules.criteria for key in (criterion.indicator, criterion.stand_in)
    }
    if rules.frame.pupils_indicator:
        wanted.add((rules.frame.pupils_indicator, "municipal"))
    asked: dict[str, set[str]] = defaultdict(set)
    for key, slice_ in wanted:
        asked[key].add(slice_)
    found: dict[tuple[str, str], dict[Place, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))
    # An organizer's own row of the slice asked for goes before its rows of other slices, whichever comes last.
    of_the_slice: set[tuple[str, str, str, str]] = set()
    for indicator, kind, code, slice_, period, value, mark, digest, row in _rows(asked):
        figure = Figure(value, mark, Source(digest, row))
        for target in asked[indicator] if kind == ORGANIZER else {slice_} & asked[indicator]:
            key = (indicator, target, code, period)
            if slice_ == target:
                of_the_slice.add(key)
            elif key in of_the_slice:
                continue
            found[indicator, target][kind, code][period] = figure
    return found


def _rows(asked: Mapping[str, set[str]]) -> Iterable[tuple]:
    slices = {slice_ for slices in asked.values() for slice_ in slices}
    current = IndicatorValue.objects.filter(
        Q(slice__in=slices, subject_kind=MUNICIPALITY) | Q(subject_kind=ORGANIZER),
        definition__indicator_id__in=list(asked),
        superseded_by__isnull=True,
        sex=Sex.ALL,
    )
    # A later version of a definition stands where both have a figure of the same period.
    return (
        current.order_by("definition__version", "id")
        .values_list(
            "definition__indicator_id",
            "subject_kind",
            "subject_code",
            "slice",
            "period",
            "value",
            "mark",
            "file__digest",
            "row",
        )
        .iterator(chunk_size=20_000)
    )


def _members() -> dict[int, Members]:
    rows = OrganizerMember.objects.values_list("organizer_id", "municipality_id", "municipality__population")
    populations: dict[int, dict[str, int | None]] = defaultdict(dict)
    for organizer, municipality, population in rows:
        populations[organizer][municipality] = population
    return {organizer: Members(sizes) for organizer, sizes in populations.items()}


def _school_forms() -> dict[int, set[str]]:
    rows = SchoolUnitForm.objects.filter(unit__status=UnitStatus.ACTIVE, unit__ended_on__isnull=True)
    forms: dict[int, set[str]] = defaultdict(set)
    for organizer, form in rows.values_list("unit__organizer_id", "form").distinct():
        forms[organizer].add(form)
    return forms


def _entered(on: date) -> dict[int, set[str]]:
    """Organizer to the schemes it is in on a day and the rounds that offered it. It is in a scheme when it is offered
    and has not said no, the last day of the support included: just as long as the public list shows it."""
    offers = Offer.objects.filter(round__state=RoundState.ACCEPTED, round__is_exercise=False)
    entered: dict[int, set[str]] = defaultdict(set)
    columns = ("organizer_id", "round__slug", "round__edition__scheme_id", "response", "ended_on")
    for organizer, round_slug, scheme, response, ended_on in offers.values_list(*columns):
        entered[organizer].add(round_slug)
        if response != Response.DECLINED and (ended_on is None or ended_on >= on):
            entered[organizer].add(scheme)
    return entered
