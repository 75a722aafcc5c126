"""A round's protocols become documents in its case file, in the transaction of the step they tell of.

A protocol that cannot be set (`DocumentNotMade`: a fault of ours in a template) never takes the step with it: the round
is confirmed, accepted, published or voided as decided, the audit says what is missing, and a job tries again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.casefiles.models import CaseFile, Direction, DocumentKind
from samspel.casefiles.operations import casefiles, documents
from samspel.casefiles.queries.casefiles import of_subject
from samspel.casefiles.queries.documents import of_origin
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.documents import DocumentNotMade
from samspel.kernel.files import storing
from samspel.kernel.jobs import BULK, queue
from samspel.selection.models import Round
from samspel.selection.queries import protocols
from samspel.selection.queries.filing import MISSING, origin_of, subject_of
from samspel.selection.rules import road

log = structlog.get_logger(__name__)

TASK: Final = "selection.file_protocol"
SERIES: Final = "URV"
LANGUAGE: Final = "sv"
PUBLIC, FULL = "public", "full"
# Which protocols tell of which step. The full one bears a secrecy mark.
TELL_OF: Final[Mapping[str, tuple[str, ...]]] = {
    road.CONFIRM: (PUBLIC,),
    road.ACCEPT: (FULL,),
    road.PUBLISH: (PUBLIC,),
    road.VOID: (PUBLIC,),
}
_MAKE: Final[Mapping[str, Callable[[Round, str, datetime], bytes]]] = {
    PUBLIC: protocols.public_pdf,
    FULL: protocols.full_pdf,
}


def file_step(*, round: Round, step: str, at: datetime) -> None:
    """Register what tells of a step that was just taken, last in its operation."""
    for which in TELL_OF[step]:
        try:
            file_protocol(round=round, step=step, which=which, at=at)
        except DocumentNotMade:
            log.exception("protocol_not_made", round=round.pk, step=step, which=which)
            facts = {"step": step, "protocol": which, "moment": at.isoformat()}
            record(action=MISSING, on=round, by=SYSTEM, at=at, **facts)
            queue(TASK, lane=BULK, round=round.pk, step=step, which=which, at=at.isoformat())


@transaction.atomic
def file_protocol(*, round: Round, step: str, which: str, at: datetime) -> None:
    """Make a protocol as of a moment and register it; one that is registered already is left alone.

    Raises DocumentNotMade, before any number is taken.
    """
    origin = origin_of(round.pk, step, which, at.isoformat())
    if of_origin(origin) is not None:
        return
    content = _MAKE[which](round, LANGUAGE, at)
    with override(LANGUAGE):
        file = storing.keep_own(content, name=f"{round.slug}-{_WORDS[which]}.pdf", by=SYSTEM, at=at)
        documents.register(
            case_file=_open_file_of(round, at),
            direction=Direction.DRAWN_UP,
            kind=DocumentKind.PROTOCOL,
            title=_title(round, step, which),
            on=timezone.localdate(at),
            file=file,
            is_secret=which == FULL,
            secrecy_ground=_ground(round) if which == FULL else "",
            origin=origin,
            by=SYSTEM,
            at=at,
        )


def _open_file_of(round: Round, at: datetime) -> CaseFile:
    """The case file of the round, which is locked by its step: opened at the first, opened again if it was closed."""
    found = of_subject(subject_of(round))
    if found is None:
        return casefiles.open_case(
            series=SERIES,
            title=(_("Selection: %(title)s") % {"title": round.title})[:300],
            subject=subject_of(round),
            handler=round.made_by.key if round.made_by else None,
            by=SYSTEM,
            at=at,
        )
    if found.is_open:
        return found
    return casefiles.reopen(case_file=found, reason=_("The round went on."), by=SYSTEM, at=at)


_WORDS: Final[Mapping[str, str]] = {PUBLIC: "offentligt-protokoll", FULL: "protokoll"}


def _title(round: Round, step: str, which: str) -> str:
    titles: Mapping[str, Any] = {
        road.CONFIRM: _("Public protocol when the round was confirmed"),
        road.ACCEPT: _("Full protocol when the round was accepted"),
        road.PUBLISH: _("Public protocol when the round was published"),
        road.VOID: _("Public protocol when the round was voided"),
    }
    return titles[step]


def _ground(round: Round) -> str:
    return _("Not public before the evaluation closes on %(day)s; to be judged when somebody asks for it.") % {
        "day": round.evaluation_closes_on.isoformat()
    }
