"""Documents are registered in a case file: in, out and drawn up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.casefiles import permissions
from samspel.casefiles.models import CaseFile, CaseFileState, Channel, Document
from samspel.casefiles.operations import numbers
from samspel.casefiles.operations.refusals import DocumentRefused
from samspel.casefiles.rules import registering
from samspel.kernel.audit import record
from samspel.kernel.files import kinds, storing
from samspel.kernel.files.models import StoredFile
from samspel.registry.models import Organizer, University

# What an original may be.
ORIGINALS: Final = kinds.PAPERS | {kinds.TEXT, kinds.DOCX, kinds.XLSX, kinds.EML}


@dataclass(frozen=True)
class Upload:
    """A file as somebody handed it in: what she called it, and its bytes."""

    name: str
    content: bytes


@transaction.atomic
def register(
    *,
    case_file: CaseFile,
    direction: str,
    kind: str,
    title: str,
    on: date,
    by: Any,
    at: datetime,
    file: StoredFile | None = None,
    upload: Upload | None = None,
    words: str = "",
    channel: str = Channel.SYSTEM,
    person: Person | None = None,
    organizer: Organizer | None = None,
    university: University | None = None,
    counterpart: str = "",
    is_secret: bool = False,
    secrecy_ground: str = "",
    said_by: str = "",
    said_on: date | None = None,
    proof: str = "",
    origin: str = "",
) -> Document:
    """Register a document, with the next number of its case file.

    file: one that is kept already; upload: one to check and keep if nothing else stands in the way.
    on: the day it came in, went out or was drawn up; person, organizer, university or counterpart: who sent it or got
    it; said_by, said_on, proof: what somebody said or sent outside the system; origin: where it came from, at most one
    document each. Raises PermissionDenied, DocumentRefused with every reason, FileRefused, CaseFileClosed.
    """
    permissions.TABLE.require(by, permissions.REGISTER, at, state=CaseFileState.OPEN)
    document = Document(
        case_file=case_file,
        direction=direction,
        kind=kind,
        title=" ".join(title.split()),
        on=on,
        channel=channel,
        person=person,
        organizer=organizer,
        university=university,
        counterpart=" ".join(counterpart.split()),
        words=words.strip(),
        file=file,
        is_secret=is_secret,
        secrecy_ground=secrecy_ground.strip() if is_secret else "",
        said_by=said_by.strip(),
        said_on=said_on,
        proof=proof.strip(),
        origin=origin,
        registered_at=at,
        registered_by=by.key,
    )
    if found := registering.obstacles(_facts_of(document, at, has_file=bool(file or upload))):
        raise DocumentRefused(found)
    if upload is not None:
        document.file = storing.keep(upload.content, name=upload.name, by=by, at=at, allowed=ORIGINALS)
    document.number = numbers.next_in_case_file(case_file)
    document.save(force_insert=True)
    record(
        action="casefiles.document.registered",
        on=document,
        by=by,
        at=at,
        case_file=case_file.key,
        number=document.number,
        direction=direction,
        kind=kind,
        channel=channel,
        is_secret=is_secret,
        file=document.file.key if document.file else None,
    )
    return document


def _facts_of(document: Document, at: datetime, *, has_file: bool) -> registering.Facts:
    return registering.Facts(
        direction=document.direction,
        kind=document.kind,
        channel=document.channel,
        title=document.title,
        on=document.on,
        today=timezone.localdate(at),
        has_file=has_file,
        words=document.words,
        has_counterpart=bool(
            document.person_id or document.organizer_id or document.university_id or document.counterpart
        ),
        is_secret=document.is_secret,
        secrecy_ground=document.secrecy_ground,
        said_by=document.said_by,
        said_on=document.said_on,
    )
