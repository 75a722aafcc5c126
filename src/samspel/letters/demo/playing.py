"""A letter played by the operations, by the demo's people, at its own times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from samspel.accounts.models import Person
from samspel.letters.demo.reading import Told, ahead, body, past, words
from samspel.letters.demo.reminding import remind
from samspel.letters.models import KeyDate, Letter, Promise
from samspel.letters.operations import approving, key_dates, promises, writing
from samspel.letters.operations.key_dates import Said
from samspel.letters.operations.sending import planning, starting
from samspel.letters.queries import approvals
from samspel.post.demo import arrive
from samspel.registry.models import Appointment, Role
from samspel.schemes.models import Scheme

# How long before now a date of a letter was moved.
_MOVED = 4


@dataclass(frozen=True)
class _Cast:
    """Who writes, who approves and who sends."""

    editor: Person
    decider: Person
    officer: Person


@transaction.atomic
def play(told: Told, now: datetime) -> None:
    """Play a letter that is not there. Nothing, if its people or its scheme are not there."""
    cast = _cast()
    scheme = Scheme.objects.filter(slug=told["scheme"]).first()
    subject = told["subject"]["sv"]
    if cast is None or scheme is None or Letter.objects.filter(body__subject__sv=subject).exists():
        return
    begun = past(told["begun"], now)
    letter = writing.begin(by=cast.editor, at=begun, kind=told["kind"], scheme=scheme)
    dates = {one["name"]: _date(one, cast, now, begun) for one in told.get("dates", [])}
    owed = {one["name"]: _promise(one, letter, cast, now, begun) for one in told.get("promises", [])}
    letter = writing.change(
        letter=letter,
        body=body(told, {name: str(date.key) for name, date in dates.items()}, owed),
        revision=letter.revision,
        is_public=told["is_public"],
        by=cast.editor,
        at=begun + timedelta(hours=2),
    )
    letter = writing.set_audience(
        letter=letter, audience={"to": list(told["to"])}, by=cast.editor, at=begun + timedelta(hours=3)
    )
    _go_on(told, letter, cast, now)
    for one in told.get("dates", []):
        if "moved_from_days" in one:
            _move(dates[one["name"]], one, cast, now)
    for one in told.get("promises", []):
        if one.get("is_reminded"):
            remind(Promise.objects.get(key=owed[one["name"]]), now)


def _go_on(told: Told, letter: Letter, cast: _Cast, now: datetime) -> None:
    """As far as the file says: asked about, approved, planned or sent."""
    if "asked" in told:
        approving.ask(letter=letter, by=cast.officer, at=past(told["asked"], now, 13))
    elif "planned_in_days" in told:
        letter = _approved(letter, cast, past(told["begun"] - 2, now), past(told["begun"] - 3, now))
        planning.plan(
            letter=letter,
            moment=ahead(told["planned_in_days"], now),
            by=cast.officer,
            at=past(told["begun"] - 4, now),
        )
    elif "sent" in told:
        sent = past(told["sent"], now)
        letter = _approved(letter, cast, sent - timedelta(days=1), sent - timedelta(hours=2))
        letter = starting.start(letter=letter, by=cast.officer, at=sent)
        arrive(mailing_key=letter.mailing_key, at=sent, come_back=told.get("bounced", 0))


def _approved(letter: Letter, cast: _Cast, asked: datetime, at: datetime) -> Letter:
    letter = approving.ask(letter=letter, by=cast.editor, at=asked)
    return approving.approve(letter=letter, digest=approvals.digest(letter), by=cast.decider, at=at)


def _date(told: Told, cast: _Cast, now: datetime, at: datetime) -> KeyDate:
    days = told.get("moved_from_days", told["in_days"])
    return key_dates.make(said=_said(told, days, now), owner=cast.officer, by=cast.editor, at=at)


def _move(date: KeyDate, told: Told, cast: _Cast, now: datetime) -> None:
    said = _said(told, told["in_days"], now)
    key_dates.change(
        date=date, said=said, revision=date.revision, is_told=True, by=cast.officer, at=past(_MOVED, now, 14)
    )


def _said(told: Told, days: int, now: datetime) -> Said:
    starts = ahead(days, now, told.get("from", "09:00"))
    return Said(
        title_sv=told["sv"],
        title_en=told["en"],
        starts_at=starts,
        ends_at=starts + timedelta(minutes=told["minutes"]) if "minutes" in told else None,
        is_whole_day="from" not in told,
        place_sv=told.get("place_sv", ""),
        place_en=told.get("place_en", ""),
        is_preliminary=told.get("is_preliminary", False),
    )


def _promise(told: Told, letter: Letter, cast: _Cast, now: datetime, at: datetime) -> str:
    said = words(told)
    made: Promise = promises.make(
        about=f"letters.letter:{letter.key}",
        kind=told["kind"],
        words_sv=said["sv"],
        words_en=said["en"],
        owner=cast.officer,
        due_on=ahead(told["due_in_days"], now).date(),
        by=cast.editor,
        at=at,
    )
    return str(made.key)


def _cast() -> _Cast | None:
    held: dict[str, Any] = {
        one.role: one.person
        for one in Appointment.objects.filter(person__is_invented=True, organizer=None, university=None, to_on=None)
        .select_related("person")
        .order_by("-pk")
    }
    roles = (Role.EDITOR, Role.DECISION_MAKER, Role.EDUCATION_OFFICER)
    return _Cast(*(held[role] for role in roles)) if all(role in held for role in roles) else None
