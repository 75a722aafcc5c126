"""A filled PDF as a document of the organizer's case file, in its original bytes."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.casefiles.models import Channel, Direction, Document, DocumentKind
from samspel.casefiles.operations import documents
from samspel.casefiles.queries.casefiles import open_file_of
from samspel.forms import permissions
from samspel.forms.models import Answer, HandedInBy
from samspel.kernel.audit import SYSTEM
from samspel.kernel.files.models import StoredFile
from samspel.registry.models import Organizer


def registered(answer: Answer, file: StoredFile, way: str, origin: str, at: datetime) -> Document | None:
    """Register it in the organizer's open case file. None where there is none, and for what the organization keeps to
    itself, or only tries. The system registers; who handed it in stands in the answer's own audit."""
    organizer = _organizer_of(answer)
    case_file = open_file_of(organizer) if organizer is not None else None
    if case_file is None or answer.is_test or permissions.is_private(answer):
        return None
    with override("sv"):
        title = _("Filled-in form: %(name)s") % {"name": answer.version.definition.name_sv}
    return documents.register(
        case_file=case_file,
        direction=Direction.IN,
        kind=DocumentKind.OTHER,
        title=title[:300],
        on=timezone.localdate(at),
        channel=Channel.MAIL if way == HandedInBy.MAIL else Channel.SYSTEM,
        organizer=organizer,
        file=file,
        origin=origin,
        by=SYSTEM,
        at=at,
    )


def _organizer_of(answer: Answer) -> Organizer | None:
    if answer.organizer is None and answer.school_unit is not None:
        return answer.school_unit.organizer
    return answer.organizer
