"""What may be done to a document after it was registered: its secrecy mark, its title, the mark of a wrong entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.casefiles import permissions
from samspel.casefiles.models import Document, Remark, RemarkKind
from samspel.casefiles.operations.refusals import CaseFileRefused
from samspel.kernel.audit import record


@transaction.atomic
def mark_secret(*, document: Document, ground: str, because: str, by: Any, at: datetime) -> Document:
    """Put a secrecy mark on a document, or another ground. It is a warning: what is secret is decided at release.

    Raises PermissionDenied, CaseFileRefused: no ground, no reason.
    """
    document = _take(permissions.MARK_SECRECY, document, by=by, at=at)
    ground = " ".join(ground.split())
    if not ground:
        raise CaseFileRefused(
            _("Say on what ground it is secret, such as chapter and section of the secrecy act."), code="no_ground"
        )
    _remark(document, RemarkKind.SECRECY_MARKED, because, document.secrecy_ground, by, at)
    document.is_secret, document.secrecy_ground = True, ground
    document.save(update_fields=["is_secret", "secrecy_ground"])
    record(action="casefiles.document.secrecy_marked", on=document, by=by, at=at, case_file=document.case_file.key)
    return document


@transaction.atomic
def lift_secrecy(*, document: Document, because: str, by: Any, at: datetime) -> Document:
    """Take the secrecy mark away. Raises PermissionDenied, CaseFileRefused: it bears none, no reason."""
    document = _take(permissions.MARK_SECRECY, document, by=by, at=at)
    permissions.require_readable(by, document, at)
    if not document.is_secret:
        raise CaseFileRefused(_("The document bears no secrecy mark."), code="not_secret")
    _remark(document, RemarkKind.SECRECY_LIFTED, because, document.secrecy_ground, by, at)
    document.is_secret, document.secrecy_ground = False, ""
    document.save(update_fields=["is_secret", "secrecy_ground"])
    record(action="casefiles.document.secrecy_lifted", on=document, by=by, at=at, case_file=document.case_file.key)
    return document


@transaction.atomic
def retitle(*, document: Document, title: str, because: str, by: Any, at: datetime) -> Document:
    """Put a wrongly written title right; the old one stays in the remark. Raises CaseFileRefused: nothing new."""
    document = _take(permissions.CORRECT, document, by=by, at=at)
    permissions.require_readable(by, document, at)
    title = " ".join(title.split())
    if not title or title == document.title:
        raise CaseFileRefused(_("Write another title than the one it has."), code="same_title")
    _remark(document, RemarkKind.RETITLED, because, document.title, by, at)
    document.title = title
    document.save(update_fields=["title"])
    record(action="casefiles.document.retitled", on=document, by=by, at=at, case_file=document.case_file.key)
    return document


@transaction.atomic
def misregister(*, document: Document, because: str, by: Any, at: datetime) -> Document:
    """Mark a document as registered by mistake: number and content stay. Raises CaseFileRefused: marked already."""
    document = _take(permissions.CORRECT, document, by=by, at=at)
    if document.misregistered_at is not None:
        raise CaseFileRefused(_("It is marked already."), code="misregistered_already")
    _remark(document, RemarkKind.MISREGISTERED, because, "", by, at)
    document.misregistered_at = at
    document.save(update_fields=["misregistered_at"])
    record(action="casefiles.document.misregistered", on=document, by=by, at=at, case_file=document.case_file.key)
    return document


def _take(deed: str, document: Document, *, by: Any, at: datetime) -> Document:
    permissions.TABLE.require(by, deed, at)
    locked = Document.objects.select_for_update(of=("self",)).select_related("case_file__series")
    return locked.get(pk=document.pk)


def _remark(document: Document, kind: RemarkKind, because: str, before: str, by: Any, at: datetime) -> None:
    if not because.strip():
        raise CaseFileRefused(_("Write why."), code="no_reason")
    Remark.objects.create(
        case_file=document.case_file,
        document=document,
        kind=kind,
        because=because.strip(),
        before=before,
        at=at,
        by=by.key,
    )
