"""Authorizations become documents: the paper when it comes in, and what came of it when it is judged.

Called in the transaction of each by the registry's shelves. The system registers; who sent it in and who judged it
stands in the registry's own audit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.accounts.queries import names_of
from samspel.casefiles.models import CaseFile, Direction, Document, DocumentKind
from samspel.casefiles.operations import casefiles, documents
from samspel.casefiles.queries.casefiles import of_subject
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Authorization, AuthorizationState

SERIES: Final = "FUL"


@transaction.atomic
def keep(authorization: Authorization, by: Any, at: datetime) -> Document:
    """Open a case file for an authorization that came in, and register its paper."""
    place = authorization.organizer or authorization.university
    with override("sv"):
        title = _("Authorization of an administrator, %(name)s") % {"name": place.name}
    case_file = casefiles.open_case(
        series=SERIES, title=title[:300], subject=subject_of(authorization), parties=[place], by=SYSTEM, at=at
    )
    return documents.register(
        case_file=case_file,
        direction=Direction.IN,
        kind=DocumentKind.AUTHORIZATION,
        title=title[:300],
        on=timezone.localdate(at),
        organizer=authorization.organizer,
        university=authorization.university,
        file=authorization.file,
        origin=subject_of(authorization),
        by=SYSTEM,
        at=at,
    )


@transaction.atomic
def judge(authorization: Authorization, by: Any, at: datetime) -> Document:
    """Register what came of an authorization, and close its case file."""
    case_file = _open_file_of(authorization, by, at)
    with override("sv"):
        is_accepted = authorization.state == AuthorizationState.ACCEPTED
        title = _("The authorization is accepted") if is_accepted else _("The authorization is not accepted")
        who = names_of([by.key]).get(by.key, "") if by.key else ""
        words = [f"{title}.", _("Judged by %(name)s.") % {"name": who} if who else "", authorization.reason]
        made = documents.register(
            case_file=case_file,
            direction=Direction.DRAWN_UP,
            kind=DocumentKind.DECISION,
            title=title,
            on=timezone.localdate(at),
            words="\n\n".join(part for part in words if part),
            organizer=authorization.organizer,
            university=authorization.university,
            origin=f"{subject_of(authorization)}:judged",
            by=SYSTEM,
            at=at,
        )
        casefiles.close(case_file=case_file, reason=_("The authorization is judged."), by=SYSTEM, at=at)
    return made


def subject_of(authorization: Authorization) -> str:
    """What its case file is bound to."""
    return f"registry.authorization:{authorization.key}"


def _open_file_of(authorization: Authorization, by: Any, at: datetime) -> CaseFile:
    """Its case file, open: one that came in before there were case files gets one now."""
    found = of_subject(subject_of(authorization)) or keep(authorization, by, at).case_file
    if not found.is_open:
        with override("sv"):
            found = casefiles.reopen(case_file=found, reason=_("The authorization is judged."), by=SYSTEM, at=at)
    return found
