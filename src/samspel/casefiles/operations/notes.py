"""A file note of a call or a visit: registered at once, in a case file of its own if there is none."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.casefiles import permissions
from samspel.casefiles.models import CaseFile, Channel, Direction, Document, DocumentKind
from samspel.casefiles.operations import casefiles, documents
from samspel.casefiles.queries.casefiles import open_file_of
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Organizer

GENERAL = "ALM"
# Two notes of one person that say the same within so long are one.
AT_ONCE = timedelta(minutes=2)


@transaction.atomic
def note(
    *,
    words: str,
    said_by: str,
    said_on: date,
    by: Any,
    at: datetime,
    channel: str = Channel.PHONE,
    title: str = "",
    proof: str = "",
    case_file: CaseFile | None = None,
    organizer: Organizer | None = None,
) -> Document:
    """Register what was said, by whom and when, in a case file or among an organizer's.

    Without a case file it goes into the organizer's newest open one that is about nothing else (`open_file_of`), and if
    there is none, into a general one that is opened for it in the same transaction. The same note sent again at once,
    as by a double click, is the one that is there: a number can never be taken back. Raises PermissionDenied,
    DocumentRefused, CaseFileClosed.
    """
    permissions.require_note(by, at)
    if case_file is None and organizer is not None:
        case_file = _of_organizer(organizer, by, at)
    if case_file is None:
        raise ValueError("a note belongs to a case file or to an organizer")
    CaseFile.objects.select_for_update(no_key=True).get(pk=case_file.pk)
    title = " ".join(title.split()) or title_of(channel, organizer)
    told = {"words": words.strip(), "said_by": said_by.strip(), "said_on": said_on, "channel": channel, "title": title}
    if (same := _just_written(case_file, told, by, at)) is not None:
        return same
    return documents.register(
        case_file=case_file,
        direction=Direction.DRAWN_UP,
        kind=DocumentKind.FILE_NOTE,
        channel=channel,
        title=title,
        on=timezone.localdate(at),
        words=words,
        said_by=said_by,
        said_on=said_on,
        proof=proof,
        organizer=organizer,
        by=by,
        at=at,
    )


def _just_written(case_file: CaseFile, told: dict[str, Any], by: Any, at: datetime) -> Document | None:
    lately = Document.objects.filter(case_file=case_file, kind=DocumentKind.FILE_NOTE, registered_at__gt=at - AT_ONCE)
    return lately.filter(registered_by=by.key, misregistered_at=None, **told).order_by("-number").first()


def title_of(channel: str, organizer: Organizer | None) -> str:
    """What a note is called in the diary, which is in Swedish: how it came, and the organizer's name alone."""
    with override("sv"):
        said = _("Visit") if channel == Channel.VISIT else _("Telephone call")
        return f"{said}, {organizer.name}" if organizer else said


def _of_organizer(organizer: Organizer, by: Any, at: datetime) -> CaseFile:
    """Its open case file; of two notes at once the second waits here and finds what the first opened."""
    Organizer.objects.select_for_update(no_key=True).get(pk=organizer.pk)
    found = open_file_of(organizer)
    if found is not None:
        return found
    with override("sv"):
        title = _("Contacts with %(name)s") % {"name": organizer.name}
    # Whoever may write a note may have a case file opened for it, though not open one as she likes.
    return casefiles.open_case(series=GENERAL, title=title, by=SYSTEM, at=at, parties=[organizer])
