"""Those who write are told of a filled PDF that came by mail."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.queries import addressee
from samspel.forms.models import HandedIn, ParticipantDeed
from samspel.kernel.ui.links import absolute
from samspel.post.operations import notices

_WRITES = (ParticipantDeed.WRITE, ParticipantDeed.SUBMIT)


def tell(handed_in: HandedIn, at: datetime) -> int:
    """Send a notice to each who writes in the answer today. Returns how many."""
    answer = handed_in.answer
    day = timezone.localdate(at)
    takes_part = Q(form_participations__answer=answer, form_participations__deed__in=_WRITES)
    in_force = Q(form_participations__from_on__lte=day) & (
        Q(form_participations__to_on=None) | Q(form_participations__to_on__gte=day)
    )
    writers = Person.objects.filter(takes_part & in_force, is_active=True).distinct().order_by("pk")
    context = {"form": answer.version.definition.name_sv, "url": absolute("forms:handed_in", answer.key, handed_in.key)}
    told = [person for person in writers if person.email]
    for person in told:
        notices.send(
            template="forms/notices/pdf_came.html",
            to=addressee(person),
            context=context,
            at=at,
            idempotency_key=f"forms.pdf_came:{handed_in.key}:{person.key}",
        )
    return len(told)
