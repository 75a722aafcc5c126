"""What each has to do and holds, and the demo's people: all as the apps above hand them down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final, Protocol

from django.utils.functional import lazy

from samspel.accounts.models import Person
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions import Holding
from samspel.kernel.values.sorting import sort_key


@dataclass(frozen=True)
class ToDo:
    """A row of Att göra: what to do, where, why, and by when (None: no date).

    Two rows with the same title and address are the same row.
    """

    title: Any
    address: str
    because: Any
    due_on: date | None = None
    is_waiting_for_others: bool = False
    # Whose task it is, when she who reads stands in for somebody; and who does it while she who reads is away.
    instead_of: str = ""
    done_by: str = ""


@dataclass(frozen=True)
class Due:
    """A date by which somebody shall do something: what reminders are made of.

    kind: as "forms.answer"; key: which one, as "forms.answer:<key>"; deed: what to do, in the imperative, as "Submit
    Needs analysis"; where: for which organization, in words; address: where it is done; people: who shall do it.
    """

    kind: str
    key: str
    deed: Any
    due_on: date
    address: str
    people: frozenset[int]
    where: str = ""


class DuesNow(Protocol):
    """How the dates of some keys stand now."""

    def __call__(self, keys: Collection[str], at: datetime, *, lock: bool = False) -> Iterable[Due]: ...


@dataclass(frozen=True)
class DueSource:
    """Where dates of a kind come from. `at`: whose they are at that moment, deputies counted in.

    between: those still open whose date lies there, the last day included, in queries that do not grow with rows.
    now: of these keys, those still open, as they stand. lock: their rows are locked until the transaction ends, so that
    nobody moves a date while a reminder of it is being written.

    Who shall do it is who has it in Att göra and does not wait for others there: a deputy while she stands in, and
    meanwhile not the one who is away.
    """

    kind: str
    label: Any
    between: Callable[[date, date, datetime], Iterable[Due]]
    now: DuesNow


def deed_in_words(words: Any, /, **facts: Any) -> Any:
    """A deed of a Due, put into words when it is read, in the language of who reads: words is lazily translated.

    A fact may be something to call, for a name that there is in several languages.
    """
    return _put_into_words(words, facts)


def _words(words: Any, facts: dict[str, Any]) -> str:
    return str(words) % {name: fact() if callable(fact) else fact for name, fact in facts.items()}


_put_into_words = lazy(_words, str)


@dataclass(frozen=True)
class HeldRole:
    """A role that a person holds: what, where (an organization's name), from when to when (last day included).

    instead_of: for whom she stands in, if the role is another's.
    """

    role: Any
    where: str
    from_on: date
    to_on: date | None = None
    instead_of: str = ""


@dataclass(frozen=True)
class Absence:
    """A role of hers that somebody else does for a time: the holding, and who does it."""

    holding: Holding
    deputy: str


AGENCY: Final = "agency"
ORGANIZER: Final = "organizer"
UNIVERSITY: Final = "university"
GROUPS: Final = (AGENCY, ORGANIZER, UNIVERSITY)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to log in as in a demo: who, in which of GROUPS, as what, where, and what one sees as her."""

    person: Person
    group: str
    role: Any
    where: str
    sees: Any

    def __post_init__(self) -> None:
        if self.group not in GROUPS:
            raise ValueError(self.group)


ToDoProvider = Callable[[Person, datetime], Iterable[ToDo]]
RoleProvider = Callable[[Person, datetime], Iterable[HeldRole]]
AbsenceProvider = Callable[[Person, datetime], Iterable[Absence]]
DemoPeopleProvider = Callable[[datetime], Iterable[DemoPerson]]

# Each app above adds its rows here, from its extensions.
todo_providers: HandedDown[ToDoProvider] = HandedDown()
role_providers: HandedDown[RoleProvider] = HandedDown()
absences: HandedDown[AbsenceProvider] = HandedDown()
# By kind.
due_sources: HandedDown[DueSource] = HandedDown()
demo_people: HandedDown[DemoPeopleProvider] = HandedDown()


def roles_of(person: Person, at: datetime) -> list[HeldRole]:
    """The roles a person holds now, in the order of those who handed them down."""
    return [role for provider in role_providers for role in provider(person, at)]


def demo_people_by_group(at: datetime) -> list[tuple[str, list[DemoPerson]]]:
    """The demo's people, group after group in the order of GROUPS, in each by place; empty groups are left out.

    Who has protected identity is in no list, and nobody enters a closed account.
    """
    given = [one for provider in demo_people for one in provider(at)]
    people = [one for one in given if one.person.is_active and not one.person.is_protected]
    ranked = sorted(people, key=lambda one: (GROUPS.index(one.group), sort_key(one.where)))
    return [(group, list(rows)) for group, rows in groupby(ranked, key=lambda one: one.group)]
