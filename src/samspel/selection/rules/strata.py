"""Strata: groups of subjects alike in type, size or county, within which pairs are formed."""

from bisect import bisect_right
from collections.abc import Callable

from samspel.selection.rules.settings import StrataRules
from samspel.selection.rules.subjects import Subject

Stratum = tuple[str, ...]
UNKNOWN = "unknown"


def stratum_of(subject: Subject, rules: StrataRules) -> Stratum:
    """The stratum of a subject: one text for each key in `rules.by`, in that order; () when there are no strata."""
    return tuple(_KEYS[key](subject, rules) for key in rules.by)


def stratum_text(stratum: Stratum) -> str:
    """A stratum on one line, as the tables keep it: "01/2"; "" when there are no strata."""
    return "/".join(stratum)


def size_class(subject: Subject, rules: StrataRules) -> str:
    """ "0" below the first bound, "1" from it, and so on; "unknown" without a figure."""
    size = subject.population if rules.size_of == "population" else subject.pupils
    return UNKNOWN if size is None else str(bisect_right(rules.bounds, size))


def _organizer_type(subject: Subject, rules: StrataRules) -> str:
    return subject.organizer_type


def _county(subject: Subject, rules: StrataRules) -> str:
    return subject.county or UNKNOWN


_KEYS: dict[str, Callable[[Subject, StrataRules], str]] = {
    "organizer_type": _organizer_type,
    "size_class": size_class,
    "county": _county,
}
