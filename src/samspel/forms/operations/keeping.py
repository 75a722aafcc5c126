"""A submitted answer becomes a document: tagged PDF/A, kept, and registered in the organizer's open case file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.casefiles.models import Direction, Document, DocumentKind
from samspel.casefiles.operations import documents
from samspel.casefiles.queries.casefiles import open_file_of
from samspel.forms import permissions
from samspel.forms.models import Submission
from samspel.forms.queries.seeing import about_whom, form_name
from samspel.forms.queries.sheets import finished
from samspel.kernel import jobs
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.files import storing
from samspel.registry.models import Organizer

LANGUAGE = "sv"


@transaction.atomic
def keep(*, submission: Submission, at: datetime) -> Submission:
    """Keep a submission as a document, and register it in the newest open case file that its organizer has.

    A test, and what is the organization's own alone, is registered nowhere. Done again it changes nothing.
    """
    found = Submission.objects.select_for_update(of=("self",)).select_related(
        "answer__version__definition", "answer__organizer", "answer__school_unit__organizer", "answer__university"
    )
    submission = found.get(pk=submission.pk)
    if submission.file_id is not None or submission.answer.forgotten_at is not None:
        return submission
    content = finished(submission, LANGUAGE)
    submission.file = storing.keep_own(content, name=_name(submission), by=SYSTEM, at=at)
    submission.document = _registered(submission, at)
    submission.save(update_fields=["file", "document"])
    document = submission.document.key if submission.document else None
    facts = {"number": submission.number, "file": submission.file.key, "document": document}
    record(action="forms.submission.kept", on=submission.answer, by=SYSTEM, at=at, **facts)
    return submission


@transaction.atomic
def again(*, submission: Submission, by: Any, at: datetime) -> bool:
    """Queue the making of a document that did not come to be; whether it was queued. One waits at a time.

    For those who may read what was submitted. Raises PermissionDenied.
    """
    permissions.require(permissions.may_read(by, submission.answer, at))
    if submission.file_id is not None or submission.answer.forgotten_at is not None:
        return False
    name = f"forms.keep_submission:{submission.pk}"
    return jobs.queue("forms.keep_submission", only_one=name, submission=submission.pk) is not None


def _registered(submission: Submission, at: datetime) -> Document | None:
    answer = submission.answer
    organizer = organizer_of(answer)
    if answer.is_test or permissions.is_private(answer) or organizer is None:
        return None
    case_file = open_file_of(organizer)
    if case_file is None:
        return None
    return documents.register(
        case_file=case_file,
        direction=Direction.IN,
        kind=DocumentKind.OTHER,
        title=f"{form_name(answer, LANGUAGE)}, {about_whom(answer)}"[:300],
        on=timezone.localdate(submission.submitted_at),
        organizer=organizer,
        file=submission.file,
        origin=f"forms.submission:{answer.key}:{submission.number}",
        by=SYSTEM,
        at=at,
    )


def organizer_of(answer: Any) -> Organizer | None:
    """The organizer that an answer is about, or whose unit it is about."""
    return answer.organizer or (answer.school_unit.organizer if answer.school_unit else None)


def _name(submission: Submission) -> str:
    answer = submission.answer
    return storing.safe_name(f"{answer.version.definition.slug}-{submission.number}.pdf")
