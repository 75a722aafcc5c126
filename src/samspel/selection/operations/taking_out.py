"""Secret documents of a round that are taken out of the system: who did, and when, is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samspel.kernel.audit import record
from samspel.selection import permissions
from samspel.selection.models import Round
from samspel.selection.operations.refusals import refuse_if
from samspel.selection.queries import protocols
from samspel.selection.queries.results import result_of, seed_of
from samspel.selection.rules import bundle
from samspel.selection.rules.problems import Problem


@transaction.atomic
def take_bundle(*, round: Round, by: Any, at: datetime) -> bytes:
    """Rules, figures, seed and result of a drawn round as a zip file that carries its secrecy mark.

    Raises PermissionDenied for all who may not see the seed, StepNotOpen before the draw.
    """
    permissions.require(permissions.may_see_figures(by, round, at))
    refuse_if([] if round.drawn_at is not None else [Problem("not_drawn", "")])
    permissions.require(permissions.may_see_seed(by, round, at))
    content = bundle.pack(result_of(round), seed_of(round), secrecy=secrecy_mark(round))
    record(action="selection.round.bundled", on=round, by=by, at=at, digest=round.digest)
    return content


@transaction.atomic
def take_protocol(*, round: Round, language: str, by: Any, at: datetime) -> bytes:
    """The full protocol of a frozen round as PDF, with its secrecy mark.

    Raises PermissionDenied for all who may not see the figures, StepNotOpen before the freeze.
    """
    permissions.require(permissions.may_see_figures(by, round, at))
    refuse_if([] if round.frozen_at is not None else [Problem("not_frozen", "")])
    content = protocols.full_pdf(round, language, at)
    record(action="selection.round.protocol_taken", on=round, by=by, at=at, language=language)
    return content


def secrecy_mark(round: Round) -> str:
    """What stands on all that may not become public before the evaluation closes; a demonstration says it is one."""
    mark = _(
        "SECRECY MARK: not public before the evaluation closes on %(day)s. A request for it goes to secrecy review."
    ) % {"day": round.evaluation_closes_on.isoformat()}
    return f"{mark}\n{_('Demonstration: the programme shown here is invented.')}" if settings.SAMSPEL_IS_DEMO else mark
