"""The parts of an audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# The official addresses of organizers.
OFFICIAL: Final = "organizer"
ROLE: Final = "role:"

# Filter by name to the values chosen, in the order they were chosen; any of a filter's values, and every filter, holds.
Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class LeftOut:
    """Who is left out.

    Of `to`: organizers that all of the filters fit, or that are on one of the lists, with their people. Of all of it:
    every address that is on one of the lists.
    """

    filters: Filters = ()
    lists: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.filters or self.lists)


@dataclass(frozen=True)
class Audience:
    """Whom a letter goes to.

    to: "role:<role>" and OFFICIAL; the filters narrow these and no others. lists: keys of named lists, taken as they
    are. without: who is left out.
    """

    to: tuple[str, ...] = ()
    filters: Filters = ()
    lists: tuple[str, ...] = ()
    without: LeftOut = LeftOut()

    def __bool__(self) -> bool:
        """Whether anybody at all is asked for."""
        return bool(self.to or self.lists)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles it goes to."""
        return tuple(one.removeprefix(ROLE) for one in self.to if one.startswith(ROLE))

    @property
    def is_official(self) -> bool:
        """Whether it goes to official addresses."""
        return OFFICIAL in self.to


@dataclass(frozen=True)
class AudienceRefused(ValueError):
    """Data that are no audience. codes: what is wrong, each once."""

    codes: tuple[str, ...] = ()
