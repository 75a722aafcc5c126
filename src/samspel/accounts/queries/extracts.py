"""The register extract: all that is kept about a person, each app handing in its own part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.ui.dates import day_text, moment_text


@dataclass(frozen=True)
class Field:
    """One thing that is kept: a key that never changes, what it is called, and the value (plain, a day or a moment).

    shown: what a code is called, for the PDF.
    """

    key: str
    label: Any
    value: Any
    shown: Any = None

    @property
    def text(self) -> str:
        """As people read it."""
        return _text(self.value if self.shown is None else self.shown)


@dataclass(frozen=True)
class ExtractPart:
    """One sort of rows that an app keeps about somebody. `key` is the part's name in the JSON; rows name nobody else.

    note: what is not told here and why, or how it was counted.
    """

    title: Any
    rows: tuple[tuple[Field, ...], ...]
    key: str = ""
    note: Any = ""


PartProvider = Callable[[Person, datetime], ExtractPart | Iterable[ExtractPart]]

parts: HandedDown[PartProvider] = HandedDown()
"""Each app that keeps something about people adds its part here, from its extensions."""


def parts_of(person: Person, at: datetime) -> list[ExtractPart]:
    """Every part, in the order of those who handed them in; a part without rows stands with none."""
    found: list[ExtractPart] = []
    for provider in parts:
        given = provider(person, at)
        found.extend([given] if isinstance(given, ExtractPart) else given)
    return found


def information() -> list[tuple[str, str, str]]:
    """Why the data are kept, on what ground, how long, and whom to ask: (key, heading, words)."""
    return [
        ("purpose", _("Why the data are kept"), _purpose()),
        ("legal_ground", _("On what ground"), _ground()),
        ("kept_for", _("For how long"), _kept_for()),
        ("sources", _("Where they come from"), _sources()),
        ("receivers", _("Who can see them"), _receivers()),
        ("rights", _("Your rights"), _rights()),
        ("contact", _("Whom to ask"), _contact()),
    ]


def as_document(person: Person, at: datetime, *, name: str) -> dict[str, Any]:
    """The extract as plain values for its PDF, in the language being read."""
    return {
        "title": _("Register extract"),
        "foot": _("Register extract, made %(moment)s") % {"moment": moment_text(at)},
        "lead": _("All that is kept in Samspel about %(name)s (%(email)s), as it stood %(moment)s.")
        % {"name": name, "email": person.email, "moment": moment_text(at)},
        "information": [{"heading": heading, "words": words} for _key, heading, words in information()],
        "kept": _("What is kept"),
        "sections": [_section(part) for part in parts_of(person, at)],
    }


def as_values(person: Person, at: datetime) -> dict[str, Any]:
    """The extract as JSON: keys that never change, moments and days in ISO 8601."""
    return {
        "format": "samspel-register-extract-1",
        "made_at": at.isoformat(),
        "person": str(person.key),
        "information": {key: words for key, _heading, words in information()},
        "parts": {
            part.key: [{one.key: _value(one.value) for one in row} for row in part.rows]
            for part in parts_of(person, at)
        },
    }


# A page holds about forty rows; what is more stands in the JSON, and the PDF says so.
MOST_ROWS = 400


def _section(part: ExtractPart) -> dict[str, Any]:
    left_out = max(len(part.rows) - MOST_ROWS, 0)
    note = str(part.note)
    if left_out:
        more = _("The latest %(shown)s are shown; all %(all)s stand in the file in JSON.")
        note = " ".join(filter(None, [note, more % {"shown": MOST_ROWS, "all": len(part.rows)}]))
    rows = part.rows[:MOST_ROWS]
    is_table = len(rows) > 1 and len(rows[0]) <= 5
    return {
        "heading": str(part.title),
        "note": note,
        "empty": "" if rows else _("Nothing."),
        "columns": [str(one.label) for one in rows[0]] if is_table else [],
        "rows": [[one.text for one in row] for row in rows] if is_table else [],
        "facts": [] if is_table else [[[str(one.label), one.text] for one in row] for row in rows],
    }


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)


def _text(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment_text(value)
    return day_text(value) if isinstance(value, date) else str(value)


def _contact() -> str:
    return _("Write to %(address)s.") % {"address": parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}


def _purpose() -> str:
    return _(
        "To know who holds which task at organizers, universities and the agency, to let the right person in, "
        "to reach her by mail, and to be able to show afterwards who did what."
    )


def _ground() -> str:
    return _(
        "A task of public interest and the exercise of authority (article 6.1 e of the General Data Protection "
        "Regulation), and what the law says of public documents and archives (article 6.1 c)."
    )


def _kept_for() -> str:
    return _(
        "Name, mail address and telephone are removed %(months)s months after the last task has ended; a notice is "
        "sent 30 days before. What was done stays on record with a key alone. Documents in case files are kept or "
        "destroyed as the archive rules say."
    ) % {"months": settings.SAMSPEL_KEEP_PEOPLE_MONTHS}


def _sources() -> str:
    return _("From you, from the organization that appointed or invited you, and from your own work here.")


def _receivers() -> str:
    return _(
        "Those at the agency and in your own organization whose task needs it. The page “Who can see and do what” "
        "tells which roles. Documents of the agency are given to who asks for them, unless they are secret."
    )


def _rights() -> str:
    return _(
        "You can correct name, telephone, language and mail address yourself. You can ask for the rest to be put "
        "right or removed, object to it, and complain to the Swedish Authority for Privacy Protection (IMY)."
    )
