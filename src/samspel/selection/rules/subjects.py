"""Subjects of a round and their figures, as they stand in the frozen data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from samspel.selection.rules.numbers import decimal_text
from samspel.selection.rules.reading import MUNICIPALITY, ORGANIZATION_NUMBER, Reading

# What the official statistics say of a figure beside the figure. Without a value it never counts as zero.
MARKS = ("missing", "suppressed", "exact", "interval", "approximate", "computed")
MARKS_WITHOUT_VALUE = ("missing", "suppressed")
# `~100` says in what interval the figure is and not which it is: neither 0 nor 100, so the rule for missing ones holds.
MARKS_WITH_OR_WITHOUT_VALUE = ("interval",)
MOST_PEOPLE = 100_000_000


class Source(NamedTuple):
    """Where a figure was read: SHA-256 of the file (hexadecimal), its sheet if it has any, and the row from 1."""

    file: str
    row: int
    sheet: str = ""


class Observation(NamedTuple):
    """A subject's figure for one criterion: a value of at most nine decimals, or None with the mark that says why.

    `computed` marks what was reckoned here from several figures (a mean of years, a federation's mean of its members);
    all of them are then among the sources. `stand_in` says that the indicator stands in for the one that was wanted.
    """

    value: Decimal | None
    mark: str = "exact"
    period: str = ""
    indicator: str = ""
    sources: tuple[Source, ...] = ()
    stand_in: bool = False


NO_OBSERVATION = Observation(None, "missing")


@dataclass(frozen=True, slots=True)
class Subject:
    """One organizer that may be chosen. `members` are municipality codes, `already_in` keys of schemes and rounds."""

    organization_number: str
    name: str
    organizer_type: str
    county: str = ""
    pupils: int | None = None
    population: int | None = None
    school_forms: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    already_in: tuple[str, ...] = ()
    values: Mapping[str, Observation] = field(default_factory=dict)

    def observation(self, criterion: str) -> Observation:
        """The figure for a criterion; one marked missing when there is none."""
        return self.values.get(criterion, NO_OBSERVATION)

    def document(self) -> dict[str, Any]:
        """The subject as plain JSON; `read_subject` gives it back."""
        return {
            "organization_number": self.organization_number,
            "name": self.name,
            "organizer_type": self.organizer_type,
            "county": self.county,
            "pupils": self.pupils,
            "population": self.population,
            "school_forms": list(self.school_forms),
            "members": list(self.members),
            "already_in": list(self.already_in),
            "values": {key: _observation_document(observation) for key, observation in self.values.items()},
        }


def _observation_document(observation: Observation) -> dict[str, Any]:
    return {
        "value": None if observation.value is None else decimal_text(observation.value),
        "mark": observation.mark,
        "period": observation.period,
        "indicator": observation.indicator,
        "sources": [source._asdict() for source in observation.sources],
        "stand_in": observation.stand_in,
    }


def read_subject(reading: Reading) -> Subject:
    """Read one subject, noting its problems on the reading."""
    reading.only(*Subject.__dataclass_fields__)
    values = reading.inner("values")
    return Subject(
        organization_number=reading.matching("organization_number", ORGANIZATION_NUMBER, "not_an_organization_number"),
        name=reading.text("name", longest=300),
        organizer_type=reading.token("organizer_type"),
        county=reading.token("county", ""),
        pupils=reading.whole_or_none("pupils", 0, MOST_PEOPLE),
        population=reading.whole_or_none("population", 0, MOST_PEOPLE),
        school_forms=reading.tokens("school_forms"),
        members=reading.tokens("members", pattern=MUNICIPALITY),
        already_in=reading.tokens("already_in"),
        values={str(key): _read_observation(values.inner(key)) for key in values.table},
    )


def _read_observation(reading: Reading) -> Observation:
    reading.only(*Observation._fields)
    observation = Observation(
        value=reading.decimal_or_none("value"),
        mark=reading.among("mark", MARKS),
        period=reading.text("period", longest=100, default=""),
        indicator=reading.token("indicator", ""),
        sources=reading.each("sources", _read_source),
        stand_in=reading.truth("stand_in", False),
    )
    if not _agree(observation.value, observation.mark):
        reading.say("value_against_mark", "value", stood=str(observation.value), mark=observation.mark)
    return observation


def _agree(value: Decimal | None, mark: str) -> bool:
    # A mark that could not be read is empty, and said already.
    return not mark or mark in MARKS_WITH_OR_WITHOUT_VALUE or (value is None) == (mark in MARKS_WITHOUT_VALUE)


def _read_source(reading: Reading) -> Source:
    reading.only(*Source._fields)
    return Source(
        file=reading.token("file"),
        row=reading.whole("row", 0, 10_000_000),
        sheet=reading.text("sheet", longest=100, default=""),
    )
