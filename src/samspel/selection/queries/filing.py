"""Where a round's documents lie: its case file."""

from __future__ import annotations

from typing import Any

from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.queries.casefiles import of_subject
from samspel.registry.models import Role
from samspel.registry.permissions import holds
from samspel.selection.models import Round

_PREFIX = "selection.round:"


def subject_of(round: Round) -> str:
    """What the case file of a round is bound to."""
    return f"{_PREFIX}{round.pk}"


def case_file_of(round: Round) -> CaseFile | None:
    """The case file of a round, from its confirmation on."""
    return of_subject(subject_of(round))


def may_read_secret(person: Any, document: Document, at: Any) -> bool:
    """Process supporters never read the full protocol of a round, whatever else they are."""
    is_of_round = document.case_file.subject.startswith(_PREFIX)
    return not is_of_round or not holds(person, at, Role.PROCESS_SUPPORTER)
