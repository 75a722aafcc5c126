"""The demo's letters as they stand in their files: what each says, and when what was done with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from samspel.kernel.values.working_days import working_day_from

Told = Mapping[str, Any]
_HERE = Path(__file__).parent / "letters"


def letters() -> Iterator[Told]:
    """What the files say, in the order of their names."""
    for path in sorted(_HERE.glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def past(days: int, now: datetime, hour: int = 10) -> datetime:
    """A moment so many days ago, in working hours; never later than now."""
    day = timezone.localdate(now) - timedelta(days=days)
    return min(_on(day, hour), now)


def ahead(days: int, now: datetime, clock: str = "09:00") -> datetime:
    """A moment on a working day at least so many days ahead."""
    return _on(working_day_from(timezone.localdate(now) + timedelta(days=days)), time.fromisoformat(clock).hour)


def words(told: Mapping[str, str]) -> dict[str, str]:
    """The same in both languages; English may be missing."""
    return {"sv": told.get("sv", ""), "en": told.get("en", "")}


def body(told: Told, dates: Mapping[str, str], promises: Mapping[str, str]) -> dict[str, Any]:
    """A letter's document; dates and promises by the names they have in the file, to their keys."""
    blocks = [_block(place, block, dates, promises) for place, block in enumerate(told["blocks"], start=1)]
    return {
        "subject": words(told["subject"]),
        "lead": words(told["lead"]),
        "blocks": [block for block in blocks if block],
        "signers": [{"name": one["name"], "title": words(one)} for one in told.get("signers", [])],
        "contact": told["contact"],
    }


def _block(place: int, told: Told, dates: Mapping[str, str], promises: Mapping[str, str]) -> dict[str, Any]:
    key = f"b{place}"
    if name := told.get("date"):
        return {"key": key, "kind": "live", "ref": f"letters.date:{dates[name]}"}
    if name := told.get("promise"):
        return {"key": key, "kind": "promise", "ref": promises[name]} if name in promises else {}
    passed_on = told.get("is_for_passing_on", False)
    return {"key": key, "kind": "text", "words": words(told), "is_for_passing_on": passed_on}


def _on(day: Any, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
