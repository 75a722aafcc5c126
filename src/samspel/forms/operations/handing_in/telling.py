"""Those who write are told of a filled PDF that came by mail."""

from __future__ import annotations

from datetime import datetime

from samspel.accounts.queries import addressee
from samspel.forms.models import HandedIn
from samspel.forms.queries.people import writers_of
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices


def tell(handed_in: HandedIn, at: datetime) -> int:
    """Send a notice to each who writes in the answer now. Returns how many."""
    answer = handed_in.answer
    context = {
        "form": answer.version.definition.name_sv,
        "url": absolute("forms:handed_in", answer.key, handed_in.key),
    }
    told = [person for person in writers_of(answer, at) if person.is_active and person.email]
    for person in told:
        notices.send(
            template="forms/notices/pdf_came.html",
            to=addressee(person),
            context=context,
            at=at,
            idempotency_key=f"forms.pdf_came:{handed_in.key}:{person.key}",
        )
    return len(told)
