"""Who has an answer open just now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from samspel.accounts.queries import names_of
from samspel.forms.models import Answer, Presence

# A page says that it is open more often than this.
SEEN_WITHIN: Final = timedelta(seconds=40)


@dataclass(frozen=True)
class Present:
    """Somebody who is here: who, in which section, and in which field if any."""

    person: UUID
    name: str
    section: str
    path: str
    seen_at: datetime


def present(answer: Answer, at: datetime, *, but: Any = None) -> list[Present]:
    """Those who were seen within 40 seconds, by name; without `but`, who asks, and who alone is told her own name."""
    rows = Presence.objects.filter(answer=answer, seen_at__gt=at - SEEN_WITHIN).select_related("person")
    if getattr(but, "pk", None):
        rows = rows.exclude(person=but)
    found = list(rows)
    names = names_of({row.person.key for row in found}, seen_by=but)
    here = [Present(row.person.key, names[row.person.key], row.section, row.path, row.seen_at) for row in found]
    return sorted(here, key=lambda one: (one.name, str(one.person)))
