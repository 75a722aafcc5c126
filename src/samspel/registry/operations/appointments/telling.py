"""Who is told of a change among appointments and deputies. Part of the operation's own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from samspel.accounts.models import Person
from samspel.accounts.queries import addressee
from samspel.kernel.audit import SYSTEM
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices
from samspel.registry.models import Appointment, Role, StandIn
from samspel.registry.queries.holdings import place_of
from samspel.registry.queries.organizations import administrators_of, organization_of


def appointed(new: Appointment, *, by: Any, at: datetime) -> None:
    """She who was appointed, and her organization's administrators. What the system itself does is told nobody."""
    if by is SYSTEM:
        return
    about = _about(new)
    _send("appointed", [new.person], about, new, at, unless=by)
    _send("appointed_told", _administrators(new, new.person), about, new, at, unless=by)


def replaced(left: Appointment, new: Appointment, *, by: Any, at: datetime) -> None:
    """The one who leaves, the one who comes, and their organization's administrators."""
    about = _about(left) | {
        "leaves": left.person.shown_name,
        "comes": new.person.shown_name,
        "from_on": new.from_on,
        "handover_url": absolute("registry:handover", left.pk),
    }
    _send("replaced_leaves", [left.person], about, new, at, unless=by)
    _send("replaced_comes", [new.person], about, new, at, unless=by)
    _send("replaced_told", _administrators(left, left.person, new.person), about, new, at, unless=by)


def ended(over: Appointment, *, by: Any, at: datetime) -> None:
    """She whose appointment ends, and her organization's administrators."""
    about = _about(over) | {"is_taken_back": over.to_on is not None and over.to_on < over.from_on}
    _send("ended", [over.person], about, over, at, unless=by)
    _send("ended_told", _administrators(over, over.person), about, over, at, unless=by)


def ends_soon(ending: Appointment, *, due: date, at: datetime) -> None:
    """The same, before the last day comes; `due` is the day the telling fell due, so that each is sent once."""
    about = _about(ending)
    _send("ends_soon", [ending.person], about, ending, at, once=f"{due}")
    _send("ends_soon_told", _administrators(ending, ending.person), about, ending, at, once=f"{due}")


def standing_in(standing: StandIn, *, by: Any, at: datetime) -> None:
    """The deputy, and she who will be away."""
    task = standing.appointment
    about = _about_deputy(standing)
    _send("stand_in", [standing.deputy], about, task, at, unless=by)
    _send("stand_in_away", [task.person], about, task, at, unless=by)


def called_off(standing: StandIn, *, by: Any, at: datetime) -> None:
    """Both are told that the deputy does it no more."""
    task = standing.appointment
    _send("stand_in_called_off", [standing.deputy, task.person], _about_deputy(standing), task, at, unless=by)


def _about(appointment: Appointment) -> dict[str, Any]:
    return {
        "name": appointment.person.shown_name,
        "role": Role(appointment.role).label,
        "where": organization_of(appointment).name,
        "unit": appointment.school_unit.name if appointment.school_unit else "",
        "title": appointment.title,
        "from_on": appointment.from_on,
        "to_on": appointment.to_on,
        "reason": appointment.end_reason,
        "url": absolute("registry:appointment", appointment.pk),
        "handover_url": absolute("registry:handover", appointment.pk),
    }


def _about_deputy(standing: StandIn) -> dict[str, Any]:
    return _about(standing.appointment) | {
        "deputy": standing.deputy.shown_name,
        "from_on": standing.from_on,
        "to_on": standing.to_on,
    }


def _administrators(appointment: Appointment, *told_already: Person) -> Iterable[Person]:
    return administrators_of(place_of(appointment)).exclude(pk__in=[one.pk for one in told_already])


def _send(
    name: str,
    people: Iterable[Person],
    about: dict[str, Any],
    on: Appointment,
    at: datetime,
    *,
    unless: Any = None,
    once: str | None = None,
) -> None:
    """To each that can get mail, but not to her who did it herself."""
    for person in people:
        if not person.is_active or person == unless:
            continue
        key = f"registry.{name}:{on.pk}:{person.key}:{once}" if once else None
        notices.send(
            template=f"registry/notices/{name}.html",
            to=addressee(person),
            context=about,
            at=at,
            idempotency_key=key,
        )
