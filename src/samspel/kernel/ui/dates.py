"""Days, moments and terms as people read them, with the exact time for machines."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samspel.kernel.values.terms import Term


def day_text(day: date, *, short: bool = False) -> str:
    """`3 mars 2026`, or short `2026-03-03`. A moment is taken as the day it is here."""
    if isinstance(day, datetime):
        day = here(day).date()
    return day.isoformat() if short else _written_day(day, get_language())


def moment_text(moment: datetime) -> str:
    """`3 mars 2026 kl. 14.05`, in the time of the place where the program serves."""
    local = here(moment)
    return _("%(day)s at %(time)s") % {
        "day": day_text(local.date()),
        "time": date_format(
            local,
            pgettext("format of a clock time, as Django's date filter takes it", "H:i"),
        ),
    }


def day_html(day: date | None, *, short: bool = False) -> SafeString | str:
    """A day in a <time> element; a dash when there is none."""
    if day is None:
        return "–"
    stamp = here(day).date() if isinstance(day, datetime) else day
    return format_html('<time datetime="{}">{}</time>', stamp.isoformat(), day_text(stamp, short=short))


def moment_html(moment: datetime | None) -> SafeString | str:
    """A moment in a <time> element with its offset; a dash when there is none."""
    if moment is None:
        return "–"
    return format_html(
        '<time datetime="{}">{}</time>',
        here(moment).isoformat(timespec="seconds"),
        moment_text(moment),
    )


def term_text(term: Term | str, *, short: bool = False) -> str:
    """`höstterminen 2026`, or short `HT2026`. Raises ValueError for a text that is no term."""
    term = Term.parse(term) if isinstance(term, str) else term
    if short:
        return term.label
    written = _("autumn term %(year)s") if term.is_autumn else _("spring term %(year)s")
    return written % {"year": term.year}


def here(moment: datetime) -> datetime:
    """The same moment in the time of the place where the program serves."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@lru_cache(maxsize=4096)
def _written_day(day: date, language: str | None) -> str:
    return date_format(day, "j F Y")
