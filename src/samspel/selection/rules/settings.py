"""What a round is, as data: who can be chosen, by what criteria, in which strata, and how.

`from_document` reads the rules of a round from plain JSON and `RoundRules.document` writes them back; the document is
what is frozen and digested. `problems_in` says everything that is wrong with one and never raises.
"""

from dataclasses import dataclass, field
from typing import Any

from samspel.selection.rules.criteria import Criterion, read_criterion
from samspel.selection.rules.problems import Problem, Refused
from samspel.selection.rules.reading import ORGANIZATION_NUMBER, Reading

FEDERATION = "municipal_federation"
FEDERATION_RULES = ("own_row_only", "population_weighted_mean_of_members", "leave_out")
EXCLUSION_KINDS = ("supported_already", "supported_before", "reorganized", "other")
STRATUM_KEYS = ("organizer_type", "size_class", "county")
SIZES = ("population", "pupils")
MODES = ("greatest_need", "pairs")
MOST_OFFERS = 10_000


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One organizer kept out by a person, with a kind the public sees counted and a reason for the file."""

    organization_number: str
    kind: str
    reason: str

    def document(self) -> dict[str, Any]:
        return {"organization_number": self.organization_number, "kind": self.kind, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class FrameRules:
    """Who can be chosen at all.

    `school_forms`: at least one of these, or none to ask for none. `least_pupils` counts `pupils_indicator` in
    `pupils_period`. `not_already_in`: keys of schemes or rounds; whoever is in one of them stays out.
    """

    organizer_types: tuple[str, ...]
    school_forms: tuple[str, ...] = ()
    least_pupils: int | None = None
    pupils_indicator: str = ""
    pupils_period: str = ""
    not_already_in: tuple[str, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    def document(self) -> dict[str, Any]:
        return {
            "organizer_types": list(self.organizer_types),
            "school_forms": list(self.school_forms),
            "least_pupils": self.least_pupils,
            "pupils_indicator": self.pupils_indicator,
            "pupils_period": self.pupils_period,
            "not_already_in": list(self.not_already_in),
            "exclusions": [exclusion.document() for exclusion in self.exclusions],
        }


@dataclass(frozen=True, slots=True)
class StrataRules:
    """Within which groups subjects are compared. `bounds` are the least sizes of class 1, 2, …; class 0 is below."""

    by: tuple[str, ...] = ()
    size_of: str = "population"
    bounds: tuple[int, ...] = ()

    def document(self) -> dict[str, Any]:
        return {"by": list(self.by), "size_of": self.size_of, "bounds": list(self.bounds)}


@dataclass(frozen=True, slots=True)
class Choice:
    """How many, and how: the `offers` of greatest need with `reserves` in order, or `pairs` drawn by lot."""

    mode: str
    offers: int = 0
    reserves: int = 0
    pairs: int = 0
    further_pairs: int = 0

    def document(self) -> dict[str, Any]:
        if self.mode == "pairs":
            return {"mode": self.mode, "pairs": self.pairs, "further_pairs": self.further_pairs}
        return {"mode": self.mode, "offers": self.offers, "reserves": self.reserves}

    @property
    def limit(self) -> int:
        """The last rank that counts as greatest need: one who stands below it is chosen only from a reserve."""
        return 2 * self.pairs if self.mode == "pairs" else self.offers

    @property
    def further_limit(self) -> int:
        """The last rank that is reached at all, with the reserve list or the further pairs."""
        return 2 * (self.pairs + self.further_pairs) if self.mode == "pairs" else self.offers + self.reserves


@dataclass(frozen=True, slots=True)
class RoundRules:
    """All rules of a round. What stands here, the data and the seed decide the result, and nothing else does."""

    frame: FrameRules
    criteria: tuple[Criterion, ...]
    choice: Choice
    strata: StrataRules = field(default_factory=StrataRules)
    federations: str = "own_row_only"

    def document(self) -> dict[str, Any]:
        """The rules as plain JSON; `from_document` gives the same rules back."""
        return {
            "federations": self.federations,
            "frame": self.frame.document(),
            "criteria": [criterion.document() for criterion in self.criteria],
            "strata": self.strata.document(),
            "choice": self.choice.document(),
        }

    def criterion(self, key: str) -> Criterion:
        """The criterion with a key. KeyError when there is none."""
        for criterion in self.criteria:
            if criterion.key == key:
                return criterion
        raise KeyError(key)


def from_document(document: object) -> RoundRules:
    """The rules a document states. Refused, with every problem, when they are not whole."""
    reading = Reading(document)
    rules = read_rules(reading)
    if reading.problems:
        raise Refused(reading.problems)
    return rules


def problems_in(document: object) -> list[Problem]:
    """Everything wrong with a document of rules, in its own order; empty when a round can be proposed with it."""
    reading = Reading(document)
    read_rules(reading)
    return reading.problems


def read_rules(reading: Reading) -> RoundRules:
    """Read rules, noting problems on the reading; what is wrong is filled with something harmless."""
    reading.only("federations", "frame", "criteria", "strata", "choice")
    rules = RoundRules(
        federations=reading.among("federations", FEDERATION_RULES, "own_row_only"),
        frame=_frame(reading.inner("frame")),
        criteria=reading.each("criteria", read_criterion, least=1, most=32),
        strata=_strata(reading.inner("strata")),
        choice=_choice(reading.inner("choice")),
    )
    _check_criteria(reading, rules.criteria)
    return rules


def _check_criteria(reading: Reading, criteria: tuple[Criterion, ...]) -> None:
    keys = [criterion.key for criterion in criteria]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reading.say("repeated", "criteria", stood=key)
    if criteria and not any(criterion.weight > 0 for criterion in criteria):
        reading.say("no_weight", "criteria")


def _frame(reading: Reading) -> FrameRules:
    reading.only(*FrameRules.__dataclass_fields__)
    least = reading.whole_or_none("least_pupils", 1, 1_000_000)
    frame = FrameRules(
        organizer_types=reading.tokens("organizer_types", least=1),
        school_forms=reading.tokens("school_forms"),
        least_pupils=least,
        pupils_indicator=reading.token("pupils_indicator", None if least else ""),
        pupils_period=reading.token("pupils_period", None if least else ""),
        not_already_in=reading.tokens("not_already_in"),
        exclusions=reading.each("exclusions", _exclusion, most=MOST_OFFERS),
    )
    numbers = [exclusion.organization_number for exclusion in frame.exclusions]
    if len(set(numbers)) != len(numbers):
        reading.say("repeated", "exclusions")
    return frame


def _exclusion(reading: Reading) -> Exclusion:
    reading.only("organization_number", "kind", "reason")
    return Exclusion(
        organization_number=reading.matching("organization_number", ORGANIZATION_NUMBER, "not_an_organization_number"),
        kind=reading.among("kind", EXCLUSION_KINDS),
        reason=reading.text("reason"),
    )


def _strata(reading: Reading) -> StrataRules:
    reading.only("by", "size_of", "bounds")
    by = reading.tokens("by", most=len(STRATUM_KEYS))
    if unknown := set(by) - set(STRATUM_KEYS):
        reading.say("not_a_choice", "by", stood=", ".join(sorted(unknown)), expected=", ".join(STRATUM_KEYS))
    bounds = reading.wholes("bounds", 1, 100_000_000, most=20)
    if list(bounds) != sorted(set(bounds)):
        reading.say("not_rising", "bounds", stood=", ".join(map(str, bounds)))
    if ("size_class" in by) != bool(bounds):
        reading.say("size_class_needs_bounds", "bounds")
    return StrataRules(by=by, size_of=reading.among("size_of", SIZES, "population"), bounds=bounds)


def _choice(reading: Reading) -> Choice:
    mode = reading.among("mode", MODES)
    if mode == "pairs":
        reading.only("mode", "pairs", "further_pairs")
        pairs, further = (reading.whole("pairs", 1, MOST_OFFERS), reading.whole("further_pairs", 0, MOST_OFFERS, 0))
        return Choice(mode=mode, pairs=pairs, further_pairs=further)
    if not mode:
        return Choice("greatest_need", offers=1)
    reading.only("mode", "offers", "reserves")
    offers, reserves = (reading.whole("offers", 1, MOST_OFFERS), reading.whole("reserves", 0, MOST_OFFERS, 0))
    return Choice(mode=mode, offers=offers, reserves=reserves)
