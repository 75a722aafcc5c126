"""Who can see and do what: every app's table joined, and the part of it that is one person's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspel.accounts.queries.people import names_of
from samspel.accounts.rules.allowances import Allowance, Who, gathered
from samspel.kernel.permissions import (
    ANY_STATE,
    ANYBODY,
    HERSELF,
    LEVEL_NAMES,
    LOGGED_IN,
    THE_SYSTEM,
    Deed,
    Holding,
    Level,
    Place,
    Table,
    holdings_of,
    names_of_places,
    names_of_roles,
    tables,
)

# Whom a deed is for without any appointment.
OTHERS = {
    ANYBODY: gettext_lazy("Anybody, logged in or not"),
    LOGGED_IN: gettext_lazy("Whoever is logged in"),
    HERSELF: gettext_lazy("The person it is about"),
    THE_SYSTEM: gettext_lazy("The system itself"),
}


@dataclass(frozen=True)
class Mine:
    """Something the reader may: the deed in some states, and by what (in words, each once)."""

    allowance: Allowance
    by_what: tuple[str, ...]


def all_allowances() -> list[Allowance]:
    """Every deed of every app, in the order of the tables, once for each set of roles."""
    return [one for app, table in tables.items() for one in _rows(app, table)]


def titles() -> dict[str, Any]:
    """App to what its table is called, in order."""
    return {app: table.title for app, table in tables.items()}


def role_label(role: str) -> str:
    """What a role is called, also those that nobody is appointed to. A role without a name is its code."""
    return str({**names_of_roles(), **OTHERS}.get(role, role))


def who_label(who: Who) -> str:
    """The role, and that it counts where the thing belongs if it does."""
    if who.is_at_own_place and who.is_at_agency_too:
        return _("%(role)s, where it belongs or at the agency") % {"role": role_label(who.role)}
    if who.is_at_own_place:
        return _("%(role)s, where it belongs") % {"role": role_label(who.role)}
    return role_label(who.role)


def states_label(allowance: Allowance) -> str:
    """The states by name; nothing where the state does not matter."""
    table = tables.get(allowance.app)
    names = table.states if table else {}
    return ", ".join(str(names.get(state, state)) for state in allowance.states)


def level_label(allowance: Allowance) -> str:
    """How sure a login it takes."""
    return str(LEVEL_NAMES[Level(allowance.level)])


def but_label(allowance: Allowance) -> str:
    """What else must hold, and that it is shut to who looks as another."""
    private = _("Not shown to who looks as another.") if allowance.is_private else ""
    return " ".join(str(part) for part in (allowance.but, private) if part)


def flat_rows(allowances: Iterable[Allowance]) -> list[dict[str, Any]]:
    """One row for each deed, role and state, for files: codes and their names in the language being read."""
    called, apps = {**names_of_roles(), **OTHERS}, titles()
    rows = []
    for one in allowances:
        table = tables.get(one.app)
        names = table.states if table else {}
        for who in one.who:
            for state in one.states or (ANY_STATE,):
                rows.append(
                    {
                        "app": one.app,
                        "app_name": str(apps[one.app]),
                        "deed": one.deed,
                        "deed_name": str(one.label),
                        "role": who.role,
                        "role_name": str(called.get(who.role, who.role)),
                        "held": _held(who),
                        "state": state,
                        "state_name": str(names.get(state, state)),
                        "level": Level(one.level).name.lower(),
                        "but": but_label(one),
                    }
                )
    return rows


def _held(who: Who) -> str:
    if who.role in OTHERS:
        return ""
    places = ["own_place"] * who.is_at_own_place + ["agency"] * (not who.is_at_own_place or who.is_at_agency_too)
    return "+".join(places)


def allowances_of(person: Any, at: datetime) -> list[Mine]:
    """What a person may by what she is, holds and stands in for, in the order of the tables."""
    held = holdings_of(person, at)
    words = _words_of(held)
    mine = []
    for app, table in tables.items():
        for one in _rows(app, table):
            if by_what := _by_what(one, table.deeds[one.deed], held, words):
                mine.append(Mine(one, by_what))
    return mine


def _by_what(one: Allowance, deed: Deed, held: Iterable[Holding], words: dict[Holding, str]) -> tuple[str, ...]:
    roles = {who.role for who in one.who}
    without = [str(OTHERS[role]) for role in (ANYBODY, LOGGED_IN, HERSELF) if role in roles]
    # Held anywhere counts for a deed at its own place: then it is for the things that belong there.
    counting = [words[item] for item in held if item.role in roles and deed.counts(item, item.place)]
    return tuple(dict.fromkeys(without[:1] + counting))


def _words_of(held: Iterable[Holding]) -> dict[Holding, str]:
    """Holding to words: the role, where, and for whom she stands in. Two queries at most, and those of the places."""
    held = list(held)
    called = names_of_roles()
    places: dict[Place, str] = names_of_places(item.place for item in held)
    people: dict[UUID, str] = names_of({item.instead_of for item in held if item.instead_of})
    return {item: _words(item, called, places, people) for item in held}


def _words(item: Holding, called: dict[str, Any], places: dict[Place, str], people: dict[UUID, str]) -> str:
    role, where = str(called.get(item.role, item.role)), places.get(item.place, "")
    text = f"{role}, {where}" if where else role
    if item.instead_of is None:
        return text
    who = people.get(item.instead_of, pgettext("a person", "another"))
    return _("%(role)s, in place of %(name)s") % {"role": text, "name": who}


def _rows(app: str, table: Table) -> Iterator[Allowance]:
    called = list(names_of_roles())
    order = {role: number for number, role in enumerate([*OTHERS, *called])}
    for code, deed in table.deeds.items():
        for roles, states in gathered(dict(deed.by), list(table.states)):
            ranked = sorted(roles, key=lambda role: (order.get(role, len(order)), role))
            who = tuple(Who(str(role), role in deed.at_own_place, role in deed.at_agency_too) for role in ranked)
            yield Allowance(app, code, deed.label, who, states, int(deed.level), deed.but, deed.is_private)
