"""Who came and who went between planning and sending, by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.letters.models import Letter, LetterState
from samspel.letters.queries import chosen
from samspel.registry.models import Organizer

MOST_NAMED = 100


@dataclass(frozen=True)
class Difference:
    """Names of those who came and who went (at most MOST_NAMED of each), and how many they are."""

    added: list[str]
    gone: list[str]
    number_added: int
    number_gone: int

    def __bool__(self) -> bool:
        return bool(self.number_added or self.number_gone)


def since_planned(letter: Letter, at: datetime) -> Difference:
    """Of a letter that is planned: as it would be now. Of one that is sent: as it was."""
    if letter.state == LetterState.PLANNED:
        now, then = {one.key for one in chosen.recipients(letter, at)}, set(letter.planned_recipients)
        return _named(sorted(now - then), sorted(then - now))
    kept = letter.difference
    return _named(kept.get("added", []), kept.get("gone", []))


def _named(added: list[str], gone: list[str]) -> Difference:
    names = _names([*added[:MOST_NAMED], *gone[:MOST_NAMED]])
    return Difference(
        [names.get(key, _("Somebody who is not kept any more")) for key in added[:MOST_NAMED]],
        [names.get(key, _("Somebody who is not kept any more")) for key in gone[:MOST_NAMED]],
        len(added),
        len(gone),
    )


def _names(keys: Collection[str]) -> dict[str, str]:
    found = {key: key.removeprefix("address:") for key in keys if key.startswith("address:")}
    for kind, model in (("person", Person), ("organizer", Organizer)):
        numbers = [int(key.partition(":")[2]) for key in keys if key.startswith(f"{kind}:")]
        if numbers:
            rows = model.objects.filter(pk__in=numbers)
            found |= {f"{kind}:{row.pk}": row.shown_name if isinstance(row, Person) else row.name for row in rows}
    return found
