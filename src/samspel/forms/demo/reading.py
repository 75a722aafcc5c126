"""The stories of the demo's forms as data: who wrote what, when, and what became of it.

A file in `stories` is one answer. `when` is [working days ago, hour, minute]; in texts `{term+1}` stands for a term
counted from now, `{year-1}` for a year, `{day-40}` for a day.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from samspel.kernel.values.terms import Term

FOLDER = Path(__file__).resolve().parent / "stories"
SATURDAY = 5
_COUNTED = re.compile(r"\{(term|year|day)([+-]\d+)?\}")


@dataclass(frozen=True)
class Story:
    """One answer from its beginning: `told` is the file as it stands."""

    name: str
    told: dict[str, Any]


def stories() -> Iterator[Story]:
    """The stories in the order of their names."""
    for path in sorted(FOLDER.glob("*.toml")):
        yield Story(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))


def moment(when: list[int], now: datetime) -> datetime:
    """The time that `when` says, on a working day: on a Friday what would be a Saturday or Sunday; never to come."""
    days_ago, hour, minute = when
    day = timezone.localdate(now) - timedelta(days=days_ago)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return min(now, datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone()))


def counted(told: Any, today: date) -> Any:
    """What is told, with terms, years and days counted from today."""
    if isinstance(told, str):
        return _COUNTED.sub(lambda found: _counted(found[1], int(found[2] or 0), today), told)
    if isinstance(told, dict):
        return {key: counted(value, today) for key, value in told.items()}
    return [counted(each, today) for each in told] if isinstance(told, list) else told


def _counted(kind: str, number: int, today: date) -> str:
    if kind == "term":
        return Term.of(today).plus(number).label
    return str(today.year + number) if kind == "year" else (today + timedelta(days=number)).isoformat()
