"""Published figures as they now stand, each with where it was read; in bulk, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from samspel.kernel.ui.figures import Figure
from samspel.registry.models import IndicatorValue, Mark, Sex, Slice

MUNICIPALITY, ORGANIZER, SCHOOL_UNIT = "municipality", "organizer", "school_unit"


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One value or mark, and where it stands: `file` and `digest` name the file, `row` its row there."""

    indicator: str
    version: int
    subject_kind: str
    subject_code: str
    slice: str
    sex: str
    period_kind: str
    period: str
    value: Decimal | None
    mark: str
    note: str
    row: int
    file: str
    title: str
    digest: str
    extracted_on: date
    kind: str

    def figure(self, decimals: int | None = None, unit: object = "") -> Figure:
        """For showing: an interval without a figure of its own shows what stood in the file."""
        value = Decimal(100) if self.value is None and self.mark == Mark.INTERVAL else self.value
        return Figure(value, self.mark, decimals, unit)


COLUMNS = (
    "definition__indicator_id", "definition__version", "subject_kind", "subject_code", "slice", "sex", "period_kind",
    "period", "value", "mark", "note", "row", "file__name", "file__title", "file__digest", "file__extracted_on",
    "file__kind",
)  # fmt: skip


def current() -> QuerySet[IndicatorValue]:
    """The values that count: neither replaced nor withdrawn."""
    return IndicatorValue.objects.filter(superseded_by__isnull=True)


def values_for(
    indicators: Iterable[str],
    *,
    subject_kind: str,
    subject_codes: Iterable[str] | None = None,
    slice: str = Slice.ALL,
    sex: str = Sex.ALL,
    periods: Iterable[str] | None = None,
) -> list[PublishedFigure]:
    """Figures of some indicators, oldest period first, in one query however many subjects. None: all of them.

    Where two versions of a definition have a figure of one period, both are there, the newer last.
    """
    rows = current().filter(definition__indicator_id__in=list(indicators), subject_kind=subject_kind, slice=slice)
    rows = rows.filter(sex=sex)
    if subject_codes is not None:
        rows = rows.filter(subject_code__in=list(subject_codes))
    if periods is not None:
        rows = rows.filter(period__in=list(periods))
    return _told(rows)


def municipal_values(
    indicators: Iterable[str], *, municipality_codes: Iterable[str] | None = None, sex: str = Sex.ALL
) -> list[PublishedFigure]:
    """Figures of the municipal schools (*Kommunal*) of municipalities."""
    return values_for(
        indicators,
        subject_kind=MUNICIPALITY,
        subject_codes=municipality_codes,
        slice=Slice.MUNICIPAL,
        sex=sex,
    )


def of_subject(
    subject_kind: str, subject_code: str, *, slices: Sequence[str] = tuple(Slice.values), sexes: Sequence[str] = ()
) -> list[PublishedFigure]:
    """Everything that counts of one subject, in one query."""
    rows = current().filter(subject_kind=subject_kind, subject_code=subject_code, slice__in=slices)
    return _told(rows.filter(sex__in=sexes) if sexes else rows)


def _told(rows: QuerySet[IndicatorValue]) -> list[PublishedFigure]:
    ordered = rows.order_by("definition__indicator_id", "period", "definition__version", "slice", "sex", "subject_code")
    return [PublishedFigure(*row) for row in ordered.values_list(*COLUMNS)]
