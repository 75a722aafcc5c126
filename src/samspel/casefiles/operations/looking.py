"""A secret document is read, or a journal taken out: who did, and when, is kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from samspel.casefiles import permissions
from samspel.casefiles.models import Document, Series
from samspel.casefiles.queries import journal
from samspel.kernel.audit import record
from samspel.kernel.files import storing


@transaction.atomic
def look_at(*, document: Document, by: Any, at: datetime) -> None:
    """Before a document is shown: a look at a secret one goes into the audit. Raises PermissionDenied."""
    permissions.require_readable(by, document, at)
    if document.is_secret:
        record(action="casefiles.document.looked_at", on=document, by=by, at=at, case_file=document.case_file.key)


@transaction.atomic
def take_file(*, document: Document, by: Any, at: datetime) -> bytes:
    """The original, agreeing with its digest. Raises PermissionDenied, FileNotFoundError, ValueError if changed."""
    if document.file is None:
        raise FileNotFoundError("the document has no file")
    content = storing.read(document.file)
    permissions.require_readable(by, document, at)
    if document.is_secret:
        record(
            action="casefiles.document.looked_at",
            on=document,
            by=by,
            at=at,
            case_file=document.case_file.key,
            file=document.file.key,
        )
    return content


@transaction.atomic
def take_journal(*, first: date, last: date, series: str, kind: str, by: Any, at: datetime) -> list[journal.Entry]:
    """The journal of a period, to leave the system as a file of some kind. Raises PermissionDenied."""
    permissions.TABLE.require(by, permissions.TAKE_JOURNAL, at)
    found = journal.entries(first, last, series)
    for kept in Series.objects.filter(code=series) if series else Series.objects.all():
        record(
            action="casefiles.journal.taken_out",
            on=kept,
            by=by,
            at=at,
            first=first,
            last=last,
            kind=kind,
            rows=len(found),
        )
    return found
