"""What the running of the system asks of a person: post lies below, and knows of no Att göra."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries.handed import ToDo
from samspel.kernel.values.working_days import working_days_after
from samspel.post import permissions
from samspel.post.queries import health


def to_do(person: Person, at: datetime) -> Iterator[ToDo]:
    """A row for each thing that is wrong, worst first; for those who may look after messages and jobs, nobody else.

    Each is to be seen to by the end of the working day after it was noticed: somebody waits for a mail.
    """
    if not permissions.may_look(person, at):
        return
    for trouble in health.troubles(at):
        yield ToDo(
            title=trouble.sentence,
            address=trouble.url or reverse("post:operation"),
            because=_("It stays on the operations page until somebody has seen to it."),
            due_on=working_days_after(timezone.localdate(trouble.since or at), 1),
        )
