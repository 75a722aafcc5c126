"""Audit entries are written in the operation's own transaction, and read back as a history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from samspel.kernel.audit.models import AuditEntry


class _System:
    """The system itself, as an actor. It never confirms, decides, signs or draws."""

    key = None
    pk = None
    is_authenticated = False

    def __repr__(self) -> str:
        return "SYSTEM"


SYSTEM: Final = _System()

_labels: dict[str, Any] = {}


@dataclass(frozen=True)
class HistoryRow:
    """One line of a thing's history, for reading. `by_key` is None for the system itself."""

    at: datetime
    action: str
    label: Any
    by_key: UUID | None
    facts: Mapping[str, Any]


def label_actions(labels: Mapping[str, Any]) -> None:
    """Hand in what actions are called in a history (action to lazy text). The kernel knows no app."""
    _labels.update(labels)


def label_of(action: str) -> Any:
    """What an action is called in a history; its code where nobody has named it."""
    return _labels.get(action, action)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    return value


def record(*, action: str, on: Model, by: Any, at: datetime, **facts: Any) -> AuditEntry:
    """Add an entry about `on`, done by `by` (a person, or SYSTEM). Facts are keys, codes, counts and dates only."""
    from samspel.kernel.audit.models import AuditEntry

    return AuditEntry.objects.create(
        at=at,
        action=action,
        by_key=by.key,
        subject_type=on._meta.label_lower,
        subject_key=str(on.pk),
        facts={name: _plain(value) for name, value in facts.items()},
    )


def record_many(*, action: str, on: Iterable[Model], by: Any, at: datetime, **facts: Any) -> int:
    """The same entry about each of many things, in few statements. Returns how many."""
    from samspel.kernel.audit.models import AuditEntry

    told = {name: _plain(value) for name, value in facts.items()}
    entries = [
        AuditEntry(
            at=at,
            action=action,
            by_key=by.key,
            subject_type=thing._meta.label_lower,
            subject_key=str(thing.pk),
            facts=told,
        )
        for thing in on
    ]
    return len(AuditEntry.objects.bulk_create(entries, batch_size=5_000))


def record_each(*, action: str, on: Iterable[tuple[Model, Mapping[str, Any]]], by: Any, at: datetime) -> int:
    """An entry about each of many things with facts of its own, in few statements. Returns how many."""
    from samspel.kernel.audit.models import AuditEntry

    entries = [
        AuditEntry(
            at=at,
            action=action,
            by_key=by.key,
            subject_type=thing._meta.label_lower,
            subject_key=str(thing.pk),
            facts={name: _plain(value) for name, value in facts.items()},
        )
        for thing, facts in on
    ]
    return len(AuditEntry.objects.bulk_create(entries, batch_size=5_000))


def entries_about(thing: Model) -> QuerySet[AuditEntry]:
    """The entries about a thing, oldest first."""
    from samspel.kernel.audit.models import AuditEntry

    return AuditEntry.objects.filter(subject_type=thing._meta.label_lower, subject_key=str(thing.pk)).order_by("id")


def history_of(thing: Model, *, entries: Iterable[AuditEntry] | None = None) -> list[HistoryRow]:
    """A thing's history, newest first, in one query. Names of people are looked up by who may see them."""
    rows = [
        HistoryRow(
            at=entry.at,
            action=entry.action,
            label=label_of(entry.action),
            by_key=entry.by_key,
            facts=entry.facts,
        )
        for entry in (entries_about(thing) if entries is None else entries)
    ]
    return rows[::-1]
