"""What case files put into Att göra."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.casefiles.models import CaseFile, CaseFileState
from samspel.casefiles.permissions import HANDLE, TAKE_JOURNAL, may


def to_do(person: Person, at: datetime) -> Iterable[ToDo]:
    """For registrars the open case files that nobody handles; for a handler those with nothing registered in them."""
    open_ones = CaseFile.objects.filter(state=CaseFileState.OPEN)
    if may(person, TAKE_JOURNAL, at):
        without = open_ones.filter(handler__isnull=True).count()
        if without:
            yield ToDo(
                title=ngettext(
                    "%(number)s case file without a handler", "%(number)s case files without a handler", without
                )
                % {"number": without},
                address=reverse("casefiles:list") + "?state=open&handler=nobody",
                because=_("Somebody is to handle each open case file."),
            )
    if may(person, HANDLE, at, CaseFile(state=CaseFileState.OPEN)):
        for one in open_ones.filter(handler=person.key, last_document_number=0).select_related("series")[:50]:
            yield ToDo(
                title=f"{one.diary_number} {one.title}",
                address=reverse("casefiles:detail", args=[one.address]),
                because=_("No document is registered in it yet."),
            )
