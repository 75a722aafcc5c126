"""Where a round's documents lie: its case file."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.queries.casefiles import of_subject
from samspel.kernel.audit.models import AuditEntry
from samspel.registry.models import Role
from samspel.registry.permissions import holds
from samspel.selection.models import Round

_PREFIX = "selection.round:"
MISSING = "selection.round.protocol_missing"


def subject_of(round: Round) -> str:
    """What the case file of a round is bound to."""
    return f"{_PREFIX}{round.pk}"


def origin_of(round_pk: Any, step: str, which: str, moment: str) -> str:
    """Where a protocol in a case file came from; `moment` is that of its step."""
    return f"{_PREFIX}{round_pk}:{step}:{which}:{moment}"


def with_missing_protocols() -> QuerySet[Round]:
    """Rounds of which a protocol could not be made when its step was taken, and is not registered yet. Two queries."""
    entries = AuditEntry.objects.filter(action=MISSING).values_list("subject_key", "facts")
    wanted = {origin_of(key, facts["step"], facts["protocol"], facts["moment"]): int(key) for key, facts in entries}
    there = set(Document.objects.filter(origin__in=wanted).values_list("origin", flat=True)) if wanted else set()
    lacking = {key for origin, key in wanted.items() if origin not in there}
    return Round.objects.filter(pk__in=lacking).order_by("slug") if lacking else Round.objects.none()


def case_file_of(round: Round) -> CaseFile | None:
    """The case file of a round, from its confirmation on."""
    return of_subject(subject_of(round))


def may_read_secret(person: Any, document: Document, at: Any) -> bool:
    """Process supporters never read the full protocol of a round, whatever else they are."""
    is_of_round = document.case_file.subject.startswith(_PREFIX)
    return not is_of_round or not holds(person, at, Role.PROCESS_SUPPORTER)
