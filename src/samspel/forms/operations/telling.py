"""Notices about answers: the deed and the day stand first, in the receiver's language. Tests are told nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from samspel.accounts.models import Person
from samspel.accounts.queries.people import addressee
from samspel.forms.models import Answer, Participant, ParticipantDeed
from samspel.forms.queries.seeing import about_whom, form_name
from samspel.kernel import jobs
from samspel.kernel.ui import links
from samspel.post.operations import notices


def tell(
    notice: str, answer: Answer, people: Iterable[Person], *, at: datetime, lane: str = jobs.URGENT, **more: Any
) -> int:
    """Send a notice (`forms/notices/<notice>.html`) to people who can be reached. Returns how many."""
    return tell_each(notice, [(answer, people, more)], at=at, lane=lane)


def tell_each(
    notice: str, told: Iterable[tuple[Answer, Iterable[Person], dict[str, Any]]], *, at: datetime, lane: str = jobs.BULK
) -> int:
    """The same about many answers, each with its people and what more is said to them: two statements however many."""
    to = [
        (addressee(person), _context(answer, person) | more)
        for answer, people, more in told
        if not answer.is_test
        for person in {one.pk: one for one in people if one.is_active and one.email}.values()
    ]
    return len(notices.send_each(template=f"forms/notices/{notice}.html", to=to, at=at, lane=lane))


def _context(answer: Answer, person: Person) -> dict[str, Any]:
    form, whom = form_name(answer, person.language), about_whom(answer)
    return {
        "form": form,
        "whom": whom,
        "what": f"{form}, {whom}" if whom else form,
        "due_on": answer.due_on,
        "url": links.absolute("forms:answer", answer.key),
    }


def handed_out(told: Iterable[tuple[Answer, Iterable[Participant]]], *, at: datetime, lane: str = jobs.BULK) -> int:
    """Tell each who takes part what is hers to do, and by when; the rows are those in force."""
    each = [(answer, people, {"deed": deed}) for answer, rows in told for deed, people in _by_deed(rows).items()]
    return tell_each("handed_out", each, at=at, lane=lane)


def _by_deed(rows: Iterable[Participant]) -> dict[str, list[Person]]:
    """Each person once, by her weightiest deed."""
    deeds: dict[str, list[Person]] = {}
    ordered = sorted(rows, key=lambda row: _WEIGHT[row.deed])
    for row in {row.person_id: row for row in ordered}.values():
        deeds.setdefault(row.deed, []).append(row.person)
    return deeds


# By what she is told of who has several deeds: the last of hers.
_WEIGHT: Final = {
    deed: place
    for place, deed in enumerate(
        (ParticipantDeed.READ, ParticipantDeed.COMMENT, ParticipantDeed.WRITE, ParticipantDeed.SUBMIT)
    )
}
