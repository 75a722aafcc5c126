"""Notices about answers: the deed and the day stand first, in the receiver's language. Tests are told nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from samspel.accounts.models import Person
from samspel.accounts.queries.people import addressee
from samspel.forms.models import Answer, ParticipantDeed
from samspel.forms.queries.people import in_force_of
from samspel.forms.queries.seeing import about_whom, form_name
from samspel.kernel import jobs
from samspel.kernel.ui import links
from samspel.post.operations import notices


def tell(
    notice: str, answer: Answer, people: Iterable[Person], *, at: datetime, lane: str = jobs.URGENT, **more: Any
) -> int:
    """Send a notice (`forms/notices/<notice>.html`) to people who can be reached. Returns how many."""
    if answer.is_test:
        return 0
    told = {person.pk: person for person in people if person.is_active and person.email}
    for person in told.values():
        form, whom = form_name(answer, person.language), about_whom(answer)
        context = {
            "form": form,
            "whom": whom,
            "what": f"{form}, {whom}" if whom else form,
            "due_on": answer.due_on,
            "url": links.absolute("forms:answer", answer.key),
        }
        notices.send(
            template=f"forms/notices/{notice}.html", to=addressee(person), context=context | more, at=at, lane=lane
        )
    return len(told)


def handed_out(answer: Answer, *, at: datetime, lane: str = jobs.BULK) -> int:
    """Tell each who takes part what is hers to do, and by when."""
    deeds: dict[str, list[Person]] = {}
    rows = sorted(in_force_of(answer, at), key=lambda row: _WEIGHT[row.deed])
    for row in {row.person_id: row for row in rows}.values():
        deeds.setdefault(row.deed, []).append(row.person)
    return sum(tell("handed_out", answer, people, at=at, lane=lane, deed=deed) for deed, people in deeds.items())


# By what she is told of who has several deeds: the last of hers.
_WEIGHT: Final = {
    deed: place
    for place, deed in enumerate(
        (ParticipantDeed.READ, ParticipantDeed.COMMENT, ParticipantDeed.WRITE, ParticipantDeed.SUBMIT)
    )
}
