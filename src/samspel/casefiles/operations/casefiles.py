"""Case files are opened, handed over, given parties, closed and opened again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.casefiles import permissions
from samspel.casefiles.models import CaseFile, CaseFileState, Party, Remark, RemarkKind, Series
from samspel.casefiles.operations import numbers
from samspel.casefiles.operations.refusals import CaseFileRefused
from samspel.kernel.audit import record
from samspel.registry.models import Organizer, University

Concerned = Organizer | University | str
"""Whom a case file concerns: an organizer, a university, or a name."""


@transaction.atomic
def open_case(
    *,
    series: str,
    title: str,
    by: Any,
    at: datetime,
    subject: str = "",
    parties: Iterable[Concerned] = (),
    handler: UUID | None = None,
) -> CaseFile:
    """Open a case file with the next number of its series in the Swedish year of `at`.

    series: its code, as "SAM"; subject: what it is about in a higher app, as "selection.round:17", at most one case
    file each. Raises CaseFileRefused: no such series, no title, one of that subject already.
    """
    permissions.TABLE.require(by, permissions.OPEN, at)
    kept = Series.objects.filter(code=series).first()
    if kept is None:
        raise CaseFileRefused(_("There is no such series of numbers."), code="no_series", series=series)
    title = " ".join(title.split())
    if not title:
        raise CaseFileRefused(_("Say in short what the case file concerns."), code="no_title")
    if subject and CaseFile.objects.filter(subject=subject).exists():
        raise CaseFileRefused(_("There is a case file of this already."), code="subject_taken", subject=subject)
    case_file = CaseFile(series=kept, title=title, subject=subject, opened_at=at, opened_by=by.key, handler=handler)
    concerned = list(dict.fromkeys(parties))
    # The year's row is one that all want at once: nothing is asked of the database between here and the last write.
    case_file.year = timezone.localdate(at).year
    case_file.number = numbers.next_in_series(kept.pk, case_file.year)
    case_file.save(force_insert=True)
    Party.objects.bulk_create(_party(case_file, one) for one in concerned)
    record(
        action="casefiles.case_file.opened",
        on=case_file,
        by=by,
        at=at,
        series=series,
        year=case_file.year,
        number=case_file.number,
        parties=len(concerned),
    )
    return case_file


@transaction.atomic
def hand_over(*, case_file: CaseFile, handler: UUID | None, by: Any, at: datetime) -> CaseFile:
    """Say who handles it; `handler` is a person's key, None for nobody. Raises CaseFileRefused for one with no desk."""
    case_file = take(permissions.HANDLE, case_file, by=by, at=at)
    if handler is not None and not _has_a_desk(handler, at):
        raise CaseFileRefused(_("Choose somebody at the agency who handles case files."), code="no_handler")
    before, case_file.handler = case_file.handler, handler
    case_file.save(update_fields=["handler"])
    record(action="casefiles.case_file.handed_over", on=case_file, by=by, at=at, left=before, to=handler)
    return case_file


@transaction.atomic
def add_party(*, case_file: CaseFile, party: Concerned, by: Any, at: datetime) -> Party:
    """Add whom it concerns. Raises CaseFileRefused: nobody named, or one who is a party already."""
    case_file = take(permissions.HANDLE, case_file, by=by, at=at)
    added = _party(case_file, party.strip() if isinstance(party, str) else party)
    if not (added.organizer_id or added.university_id or added.name):
        raise CaseFileRefused(_("Say whom to add."), code="no_party")
    same = {"organizer": added.organizer_id, "university": added.university_id, "name": added.name}
    if case_file.parties.filter(**same).exists():
        raise CaseFileRefused(_("It is a party already."), code="party_already")
    added.save(force_insert=True)
    record(action="casefiles.case_file.party_added", on=case_file, by=by, at=at, party=added.pk)
    return added


@transaction.atomic
def close(*, case_file: CaseFile, reason: str, by: Any, at: datetime) -> CaseFile:
    """Nothing more is expected in it. Raises CaseFileRefused: closed already, no reason."""
    case_file = take(permissions.CLOSE, case_file, by=by, at=at)
    case_file.state, case_file.closed_at, case_file.closed_by = CaseFileState.CLOSED, at, by.key
    case_file.save(update_fields=["state", "closed_at", "closed_by"])
    _remark(case_file, RemarkKind.CLOSED, reason, by, at)
    record(action="casefiles.case_file.closed", on=case_file, by=by, at=at, documents=case_file.last_document_number)
    return case_file


@transaction.atomic
def reopen(*, case_file: CaseFile, reason: str, by: Any, at: datetime) -> CaseFile:
    """More has come. Raises CaseFileRefused: open already, no reason."""
    case_file = take(permissions.REOPEN, case_file, by=by, at=at)
    case_file.state, case_file.closed_at, case_file.closed_by = CaseFileState.OPEN, None, None
    case_file.save(update_fields=["state", "closed_at", "closed_by"])
    _remark(case_file, RemarkKind.REOPENED, reason, by, at)
    record(action="casefiles.case_file.reopened", on=case_file, by=by, at=at)
    return case_file


def take(deed: str, case_file: CaseFile, *, by: Any, at: datetime) -> CaseFile:
    """The case file, locked, for a deed that `by` may do in the state it is in.

    Raises PermissionDenied, or CaseFileRefused where only the state stands in the way.
    """
    locked = CaseFile.objects.select_for_update(of=("self",)).select_related("series").get(pk=case_file.pk)
    in_some_state = [permissions.TABLE.allows(by, deed, at, state=state) for state in CaseFileState]
    if any(in_some_state) and not permissions.may(by, deed, at, locked):
        said = _("The case file is open.") if locked.is_open else _("The case file is closed. Open it again first.")
        raise CaseFileRefused(said, code=f"is_{locked.state}")
    permissions.TABLE.require(by, deed, at, state=locked.state)
    return locked


def _remark(case_file: CaseFile, kind: RemarkKind, reason: str, by: Any, at: datetime) -> None:
    if not reason.strip():
        raise CaseFileRefused(_("Write why."), code="no_reason")
    Remark.objects.create(case_file=case_file, kind=kind, because=reason.strip(), at=at, by=by.key)


def _party(case_file: CaseFile, one: Concerned) -> Party:
    if isinstance(one, Organizer):
        return Party(case_file=case_file, organizer=one)
    return (
        Party(case_file=case_file, university=one)
        if isinstance(one, University)
        else Party(case_file=case_file, name=one)
    )


def _has_a_desk(key: UUID, at: datetime) -> bool:
    from samspel.casefiles.queries.people import handlers

    return handlers(at).filter(key=key).exists()
