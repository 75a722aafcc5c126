"""When an appointment can be: the role of the place, the days in order, nobody twice in the same. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from samspel.registry.rules import roles

# Days outside these are slips of the pen.
FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)


@dataclass(frozen=True)
class Span:
    """From one day to another, the last included; None is open-ended. An end before the beginning is no day at all."""

    from_on: date
    to_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it holds on no day: an appointment taken back before it began."""
        return self.to_on is not None and self.to_on < self.from_on

    def meets(self, other: Span) -> bool:
        """Whether the two share a day."""
        if self.is_empty or other.is_empty:
            return False
        begins_in_time = self.to_on is None or other.from_on <= self.to_on
        return begins_in_time and (other.to_on is None or self.from_on <= other.to_on)


@dataclass(frozen=True)
class Terms:
    """What an appointment would be. `where` is one of the places of rules.roles."""

    role: str
    where: str
    span: Span
    has_unit: bool = False
    is_unit_of_organizer: bool = True
    share_percent: int | None = None
    is_own_manager: bool = False


def obstacles(terms: Terms, others: Iterable[Span] = ()) -> list[str]:
    """Everything that keeps it from being, in a fixed order. `others`: the same person's spans in that role there."""
    is_principal = terms.role == "principal"
    checks = {
        "role_not_held_here": roles.may_be_held(terms.role, terms.where),
        "unit_missing": not is_principal or terms.has_unit,
        "unit_for_principals_alone": is_principal or not terms.has_unit,
        "unit_of_another": terms.is_unit_of_organizer,
        "days_out_of_reach": are_in_reach(terms.span),
        "ends_before_it_begins": not terms.span.is_empty,
        "share_out_of_range": terms.share_percent is None or 0 < terms.share_percent <= 100,
        "own_manager": not terms.is_own_manager,
        "held_already": not any(terms.span.meets(other) for other in others),
    }
    return [code for code, is_met in checks.items() if not is_met]


def are_in_reach(span: Span) -> bool:
    """Whether both days are such that somebody can have meant them."""
    return all(FIRST_DAY <= day <= LAST_DAY for day in (span.from_on, span.to_on) if day is not None)


# An end is told this many days before it comes (the last day included in none of them).
TOLD_BEFORE: Final = (30, 7)


def telling_due(to_on: date, today: date) -> date | None:
    """The day on which the telling that is due now fell due: thirty, then seven days before; None when too early.

    An end that is over, or that was set later than both, is told once as soon as it can be.
    """
    if to_on < today:
        return None
    due = [to_on - timedelta(days=days) for days in TOLD_BEFORE]
    passed = [day for day in due if day <= today]
    return max(passed) if passed else None
