"""What the apps above hand down to letters: figures, live blocks, audiences, who passes on, who is concerned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from samspel.kernel.handed_down import HandedDown
from samspel.registry.models import Organizer


@dataclass(frozen=True)
class Figure:
    """A number from the records: its value, the day it holds for, what it counts, and where one can look."""

    value: int
    as_of: date
    source: Any
    address: str = ""


@dataclass(frozen=True)
class FigureSource:
    """A figure that a writer may put in a letter under its name, as `{{name}}`."""

    name: str
    label: Any
    find: Callable[[datetime], Figure]


@dataclass(frozen=True)
class LiveBlock:
    """Something with a date as it now stands. when and where: in words, in the language asked for.

    status: in words, where there is something to say ("Preliminary date", "Cancelled"). changed_at: when it was last
    changed; what was before stands in `before`, in words.
    """

    title: str
    when: str
    where: str = ""
    status: str = ""
    address: str = ""
    changed_at: datetime | None = None
    before: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class LiveSource:
    """Where live blocks of a kind come from. choices: (key, label) that a writer may choose of; shown: by key.

    tables: those that `shown` reads, so that the archive sees when they change.
    """

    name: str
    label: Any
    choices: Callable[[datetime], Sequence[tuple[str, Any]]]
    shown: Callable[[Collection[str], str, datetime], Mapping[str, LiveBlock]]
    tables: tuple[type[Model], ...]


@dataclass(frozen=True)
class AudienceFilter:
    """A way to narrow an audience. kind: "choices" (several of), "date" (one, `values` holds it as ISO), "flag".

    organizers: which organizers are meant; roles: which appointments are (a condition on registry's Appointment).
    One of them or both. together: instead of these, for filters that speak of one and the same row (an offer's round
    and its answer): given all of them that were chosen, by name, the organizers that fit.
    """

    name: str
    label: Any
    kind: str = "choices"
    choices: Callable[[datetime], Sequence[tuple[str, Any]]] | None = None
    organizers: Callable[[Sequence[str], datetime], QuerySet[Organizer]] | None = None
    roles: Callable[[Sequence[str], datetime], Q] | None = None
    together: Callable[[Mapping[str, Sequence[str]], datetime], QuerySet[Organizer]] | None = None


@dataclass(frozen=True)
class Addressed:
    """Somebody to write to: address, name, language, and the person or organization she is or stands for.

    reasons: why, as [{"role", "place"}]; place as "organizer:17", "university:3", "agency", "list:<key>"; role may be
    "official_address" or "list"; {"as": "deputy"} beside it for who stands in. Without an address it goes on paper.
    """

    address: str
    name: str = ""
    language: str = "sv"
    person: int | None = None
    person_key: Any = None
    organizer: int | None = None
    university: int | None = None
    postal_address: str = ""
    reasons: tuple[Mapping[str, str], ...] = field(default=())

    @property
    def key(self) -> str:
        """The same one from time to time: a person stays herself when her address changes."""
        return (
            f"person:{self.person}"
            if self.person
            else f"organizer:{self.organizer}"
            if self.organizer
            else (f"address:{self.address}")
        )


@dataclass(frozen=True)
class Passer:
    """Who may pass letters on, and to whom.

    places: the places from which a person may ((place, name of it), as ("organizer:17", "Haparanda")); to: whom she
    reaches there.
    """

    name: str
    label: Any
    places: Callable[[Any, datetime], Sequence[tuple[str, str]]]
    to: Callable[[str, datetime], Iterable[Addressed]]


# Whom something promised or moved concerns: by what it is about ("letters.letter"), its key to those to be told.
Concerned = Callable[[str, datetime], Iterable[Addressed]]


@dataclass(frozen=True)
class Subject:
    """What a promise is about, in the reader's language, and where that stands."""

    label: str
    address: str = ""


# By kind: keys to what they are about.
Described = Callable[[Collection[str]], Mapping[str, Subject]]

figure_sources: HandedDown[FigureSource] = HandedDown()
live_sources: HandedDown[LiveSource] = HandedDown()
audience_filters: HandedDown[AudienceFilter] = HandedDown()
passers: HandedDown[Passer] = HandedDown()
concerned: HandedDown[Concerned] = HandedDown()
subjects: HandedDown[Described] = HandedDown()
