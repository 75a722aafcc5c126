"""What forms put into Att göra for those who hand them out, and for those who write what they ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo
from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, Version, VersionState
from samspel.forms.queries.seeing import name_of


def to_do(person: Person, at: datetime) -> Iterable[ToDo]:
    """Forms whose day has gone by, in one row that waits for others; drafts that are to be put to use. A query each."""
    if permissions.TABLE.allows(person, permissions.HAND_OUT, at):
        yield from _late(at)
    if permissions.TABLE.allows(person, permissions.EDIT_DEFINITIONS, at):
        yield from _drafts()


def _late(at: datetime) -> Iterable[ToDo]:
    writing = Answer.objects.filter(state=AnswerState.WRITING, is_test=False)
    number = writing.filter(due_on__lt=timezone.localdate(at)).count()
    if number:
        title = ngettext("%(number)s form is late", "%(number)s forms are late", number) % {"number": number}
        because = _("Their day has gone by, and they are not submitted.")
        yield ToDo(title, reverse("forms:handed_out") + "?state=late", because, is_waiting_for_others=True)


def _drafts() -> Iterable[ToDo]:
    drafts = Version.objects.filter(state=VersionState.DRAFT).defer("body").select_related("definition")
    for draft in drafts.order_by("definition__sort_key"):
        words = {"form": name_of(draft.definition), "number": draft.number}
        title = _("Put to use or throw away: %(form)s, version %(number)s") % words
        yield ToDo(title, reverse("forms:draft", args=[draft.definition.slug]), _("A draft is seen by editors alone."))
