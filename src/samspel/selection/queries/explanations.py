"""One organizer's rank explained: parts that sum, sources, another to compare with, and what would have changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from samspel.kernel.ui.figures import Figure, number_text
from samspel.selection.models import ExclusionKind
from samspel.selection.queries import words
from samspel.selection.queries.sources import (
    CriterionSource,
    SourceFile,
    files_by_digest,
    sources_of,
)
from samspel.selection.rules import explanation as rules
from samspel.selection.rules.explanation import ExplainedPart
from samspel.selection.rules.numbers import decimal_text
from samspel.selection.rules.result import Result
from samspel.selection.rules.turning import TurningPoint, turning_points

UNITS = {"percent": "%"}
# How a page shows the marks that figures of the rules have and published ones have not.
_SHOWN_MARKS = {"computed": "exact"}


@dataclass(frozen=True, slots=True)
class SourceOf:
    """Where one figure was read: the file and the row in it."""

    file: SourceFile
    row: int


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the score in words and numbers. `part` is exact; the parts sum to the score."""

    name: str
    how: str
    figure: Figure
    period: str
    mark: str
    is_filled_in: bool
    is_stand_in: bool
    wanted: str
    constants: tuple[tuple[str, str], ...]
    transformed: Decimal
    weight: Decimal
    part: Decimal
    sources: tuple[SourceOf, ...]
    # What the rows of a plain table name as their source.
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """One criterion's share in the difference between two."""

    name: str
    first: Decimal
    second: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class Compared:
    """Why this one and not that one: the parts by the size of their effect, and their exact sum."""

    number: str
    name: str
    rank: int
    score: Decimal
    parts: tuple[ComparedPart, ...]
    difference: Decimal
    in_words: str


@dataclass(frozen=True, slots=True)
class Turning:
    """For one criterion: the figure there is, and the one that would have taken it across the limit."""

    name: str
    present: Figure
    needed: Figure | None
    in_words: str


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything there is to say about where one organizer stands in a round."""

    number: str
    name: str
    standing: str
    standing_label: Any
    # Why it is not in the frame, when it is not.
    reason: str = ""
    note: str = ""
    rank: int | None = None
    of: int = 0
    stratum: str = ""
    score: Decimal | None = None
    parts: tuple[PartRow, ...] = ()
    limit: int = 0
    is_inside_limit: bool = False
    turnings: tuple[Turning, ...] = ()
    pair: tuple[str, str] | None = None
    compared: Compared | None = None


def explanation_of(result: Result, number: str, other: str | None = None) -> Explained | None:
    """Why an organizer stands where it does, in a fixed number of queries; None when it was not considered.

    other: the organization number of another in the frame to compare with.
    """
    standing = rules.standing(result, number)
    if standing.code == "unknown":
        return None
    if standing.ranked is None:
        return _left_out(standing)
    names = {source.criterion.key: source for source in sources_of(result)}
    explained = rules.explain(result.scored, number)
    ranked, choice = standing.ranked, result.snapshot.rules.choice
    files = files_by_digest({one.file for part in explained.parts for one in part.observation.sources})
    return Explained(
        number=number,
        name=ranked.subject.name,
        standing=standing.code,
        standing_label=words.STANDINGS[standing.code],
        rank=ranked.rank,
        of=len(result.scored),
        stratum=words.stratum(ranked.stratum, result.snapshot.rules.strata, words.counties()),
        score=explained.score,
        parts=tuple(_part(part, names[part.criterion.key], files) for part in explained.parts),
        limit=choice.limit,
        is_inside_limit=ranked.rank <= choice.limit,
        turnings=tuple(_turning(point, names) for point in turning_points(result.scored, number)),
        pair=_other_of_pair(standing, number),
        compared=_compared(result, number, other, names) if other is not None and other != number else None,
    )


def as_document(explained: Explained) -> dict[str, Any]:
    """An explanation for a program: exact numbers as text."""
    return {
        "organization_number": explained.number,
        "name": explained.name,
        "standing": explained.standing,
        "rank": explained.rank,
        "of": explained.of,
        "stratum": explained.stratum,
        "score": None if explained.score is None else str(explained.score),
        "reason": explained.reason,
        "parts": [
            {
                "criterion": part.name,
                "value": None if part.figure.value is None else str(part.figure.value),
                "mark": part.mark,
                "period": part.period,
                "stand_in": part.is_stand_in,
                "filled_in": part.is_filled_in,
                "transformed": str(part.transformed),
                "weight": str(part.weight),
                "part": str(part.part),
                "sources": [{"file": one.file.name, "sha256": one.file.digest, "row": one.row} for one in part.sources],
            }
            for part in explained.parts
        ],
        "turning_points": [
            {
                "criterion": one.name,
                "present": None if one.present.value is None else str(one.present.value),
                "needed": None if one.needed is None else str(one.needed.value),
                "sentence": one.in_words,
            }
            for one in explained.turnings
        ],
    }


def _left_out(standing: rules.Standing) -> Explained:
    out = standing.left_out
    if out is None:
        raise AssertionError("whoever has no rank is left out")
    kind = dict(ExclusionKind.choices).get(out.detail, "") if out.reason == "excluded" else ""
    return Explained(
        number=out.subject.organization_number,
        name=out.subject.name,
        standing=standing.code,
        standing_label=words.STANDINGS[standing.code],
        reason=f"{words.reason(out.reason)}{f' ({kind})' if kind else ''}",
        note=out.note,
    )


def _part(part: ExplainedPart, source: CriterionSource, files: Mapping[str, SourceFile]) -> PartRow:
    seen = part.observation
    return PartRow(
        name=source.indicator,
        how=" ".join(words.criterion(part.criterion)),
        figure=_figure(part.figure, "exact" if part.is_filled_in else seen.mark, source.unit),
        period=seen.period,
        mark=seen.mark,
        is_filled_in=part.is_filled_in,
        is_stand_in=seen.stand_in,
        wanted=source.wanted,
        constants=tuple((_constant(name), _number(value)) for name, value in part.constants.items()),
        transformed=part.transformed,
        weight=part.criterion.weight,
        part=part.part,
        stated=source.stated,
        sources=tuple(SourceOf(files.get(one.file, _unknown(one.file)), one.row) for one in seen.sources),
    )


def _compared(result: Result, number: str, other: str, names: Mapping[str, CriterionSource]) -> Compared:
    found = rules.compare(result.scored, number, other)
    parts = tuple(
        ComparedPart(names[part.criterion.key].indicator, part.first, part.second, part.difference)
        for part in found.parts
    )
    return Compared(
        number=other,
        name=found.second.subject.name,
        rank=found.second.rank,
        score=found.second.score_decimal,
        parts=parts,
        difference=found.difference,
        in_words=_in_words(found, parts),
    )


def _in_words(found: rules.Comparison, parts: tuple[ComparedPart, ...]) -> str:
    first, second = found.first.subject.name, found.second.subject.name
    if found.difference == 0:
        return _("%(first)s and %(second)s have the same score; the lower organization number stands first.") % {
            "first": first,
            "second": second,
        }
    before, after = (first, second) if found.difference > 0 else (second, first)
    return _("%(before)s stands before %(after)s by %(difference)s. %(criterion)s tells them apart the most.") % {
        "before": before,
        "after": after,
        "difference": number_text(abs(found.difference), decimals=4),
        "criterion": parts[0].name,
    }


def _turning(point: TurningPoint, names: Mapping[str, CriterionSource]) -> Turning:
    source = names[point.criterion.key]
    present = _figure(point.present, "missing" if point.present is None else "exact", source.unit)
    if point.needed is None:
        return Turning(source.indicator, present, None, str(words.WHY_NOT.get(point.why_not, point.why_not)))
    beyond = _("Nobody in the frame has a figure like that.") if point.is_beyond_all else ""
    return Turning(source.indicator, present, _figure(point.needed, "exact", source.unit), beyond)


def _other_of_pair(standing: rules.Standing, number: str) -> tuple[str, str] | None:
    if standing.pair is None:
        return None
    pair = standing.pair
    other = pair.second if pair.first.subject.organization_number == number else pair.first
    return other.subject.organization_number, other.subject.name


def _figure(value: Decimal | None, mark: str, unit: str) -> Figure:
    return Figure(None if value is None else _plain(value), _SHOWN_MARKS.get(mark, mark), unit=UNITS.get(unit, ""))


def _constant(name: str) -> str:
    return {
        "mean": _("mean"),
        "standard_deviation": _("standard deviation"),
        "lowest": _("lowest figure"),
        "highest": _("highest figure"),
        "figures": _("how many figures"),
        "lower": _("how many are lower"),
        "equal": _("how many are equal, this one among them"),
    }.get(name, name)


def _number(written: str) -> str:
    return number_text(_plain(Decimal(written)))


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    return Decimal(decimal_text(value))


def _unknown(digest: str) -> SourceFile:
    return SourceFile(digest[:12], "", None, digest)
