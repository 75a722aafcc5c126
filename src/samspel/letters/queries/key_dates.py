"""Key dates as they now stand, in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.kernel.ui.dates import day_text, here, moment_text
from samspel.letters.models import KeyDate, KeyDateState
from samspel.letters.queries.handed import LiveBlock
from samspel.letters.rules.keys import is_key

# What of a date is kept when it changes.
_KEPT = ("title_sv", "title_en", "place_sv", "place_en", "link", "state", "is_whole_day")


def ahead(at: datetime) -> QuerySet[KeyDate]:
    """Dates that have not passed, soonest first."""
    return KeyDate.objects.filter(Q(ends_at__gte=at) | Q(starts_at__gte=at)).order_by("starts_at", "pk")


def passed(at: datetime) -> QuerySet[KeyDate]:
    """Dates that have passed, latest first."""
    gone = Q(ends_at__lt=at) | Q(ends_at=None, starts_at__lt=at)
    return KeyDate.objects.filter(gone).order_by("-starts_at", "-pk")


def choices(at: datetime) -> Sequence[tuple[str, str]]:
    """Those a writer may put in a letter: key, and title with its day."""
    return [
        (str(date.key), f"{date.title_sv}, {day_text(date.starts_at)}")
        for date in ahead(at).exclude(state=KeyDateState.CANCELLED)[:200]
    ]


def shown(keys: Collection[str], language: str, at: datetime) -> Mapping[str, LiveBlock]:
    """The dates of these keys as they now stand, in a language: two queries however many."""
    found = KeyDate.objects.filter(key__in=[key for key in keys if is_key(key)]).prefetch_related("changes")
    with override(language):
        return {str(date.key): shown_one(date, language) for date in found}


def shown_one(date: KeyDate, language: str) -> LiveBlock:
    """One date, in the words of a language (which is the one in use)."""
    in_english = language == "en"
    changes = sorted(date.changes.all(), key=lambda change: (change.at, change.pk))
    now = when_of(kept(date))
    before = next((when_of(change.before) for change in reversed(changes) if when_of(change.before) != now), "")
    return LiveBlock(
        title=(date.title_en if in_english else "") or date.title_sv,
        when=now,
        where=(date.place_en if in_english else "") or date.place_sv,
        status="" if date.state == KeyDateState.DECIDED else date.get_state_display(),
        address=date.link,
        changed_at=changes[-1].at if changes else None,
        before=before,
        is_cancelled=date.state == KeyDateState.CANCELLED,
    )


def kept(date: KeyDate) -> dict[str, Any]:
    """A date as data, for its history."""
    ends_at = date.ends_at.isoformat() if date.ends_at else None
    return {"starts_at": date.starts_at.isoformat(), "ends_at": ends_at} | {name: getattr(date, name) for name in _KEPT}


def when_of(said: Mapping[str, Any]) -> str:
    """When it is held, as people say it: `14 mars 2026 kl. 15.00–16.30`, or `14–15 mars`-like days in full."""
    starts = datetime.fromisoformat(said["starts_at"])
    ends = datetime.fromisoformat(said["ends_at"]) if said["ends_at"] else None
    is_one_day = ends is None or here(ends).date() == here(starts).date()
    if said["is_whole_day"]:
        return day_text(starts) if is_one_day else _between(day_text(starts), day_text(ends))
    if ends is None:
        return moment_text(starts)
    if is_one_day:
        return f"{moment_text(starts)}–{moment_text(ends).split()[-1]}"
    return _between(moment_text(starts), moment_text(ends))


def _between(first: str, last: str) -> str:
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
