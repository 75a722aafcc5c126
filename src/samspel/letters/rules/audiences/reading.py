"""From data to an audience and back. What is read here came from a page or the database, and is not trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from samspel.letters.rules.audiences.parts import OFFICIAL, ROLE, Audience, AudienceRefused, Filters, LeftOut
from samspel.registry.rules.roles import HELD_AT

ROLES: Final = frozenset().union(*HELD_AT.values())
MOST_FILTERS: Final = 30
MOST_VALUES: Final = 400
MOST_LISTS: Final = 50
_NAME: Final = re.compile(r"[a-z][a-z0-9_.]{0,59}")
_LONGEST: Final = 100


def read(data: Any) -> Audience:
    """The audience that data say; an empty mapping asks for nobody. Raises AudienceRefused with every code.

    A filter without a value narrows nothing and is left out; so is what stands twice.
    """
    codes: set[str] = set()
    if not isinstance(data, Mapping):
        raise AudienceRefused(("not_an_audience",))
    without = data.get("without", {})
    if not isinstance(without, Mapping):
        raise AudienceRefused(("not_an_audience",))
    audience = Audience(
        to=_to(data.get("to", []), codes),
        filters=_filters(data.get("filters", {}), codes),
        lists=_lists(data.get("lists", []), codes),
        without=LeftOut(_filters(without.get("filters", {}), codes), _lists(without.get("lists", []), codes)),
    )
    if codes:
        raise AudienceRefused(tuple(sorted(codes)))
    return audience


def as_data(audience: Audience) -> dict[str, Any]:
    """An audience as data, without what it does not say; `read` gives the same one back."""
    without = _said(filters=_plain(audience.without.filters), lists=list(audience.without.lists))
    return _said(to=list(audience.to), filters=_plain(audience.filters), lists=list(audience.lists), without=without)


def _said(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part}


def _plain(filters: Filters) -> dict[str, list[str]]:
    return {name: list(values) for name, values in filters}


def _to(given: Any, codes: set[str]) -> tuple[str, ...]:
    found = _texts(given, len(ROLES) + 1, codes)
    if any(one != OFFICIAL and not (one.startswith(ROLE) and one.removeprefix(ROLE) in ROLES) for one in found):
        codes.add("no_such_recipients")
    return found


def _filters(given: Any, codes: set[str]) -> Filters:
    if not isinstance(given, Mapping) or len(given) > MOST_FILTERS:
        codes.add("not_filters")
        return ()
    if any(not isinstance(name, str) or not _NAME.fullmatch(name) for name in given):
        codes.add("not_filters")
        return ()
    found = ((name, _texts(values, MOST_VALUES, codes)) for name, values in given.items())
    return tuple((name, values) for name, values in found if values)


def _lists(given: Any, codes: set[str]) -> tuple[str, ...]:
    found = _texts(given, MOST_LISTS, codes)
    try:
        return tuple(dict.fromkeys(str(UUID(one)) for one in found))
    except ValueError:
        codes.add("no_such_list")
        return ()


def _texts(given: Any, most: int, codes: set[str]) -> tuple[str, ...]:
    """Short texts, each once."""
    if not isinstance(given, list | tuple) or len(given) > most:
        codes.add("too_many" if isinstance(given, list | tuple) else "not_an_audience")
        return ()
    if any(not isinstance(one, str) or len(one) > _LONGEST or "\x00" in one for one in given):
        codes.add("not_an_audience")
        return ()
    return tuple(dict.fromkeys(one.strip() for one in given if one.strip()))
