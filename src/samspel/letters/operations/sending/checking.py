"""What is sent is what was approved, by somebody who may say yes to as many as it now goes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from samspel.letters.models import Letter
from samspel.letters.operations.sending.refusals import LetterRefused
from samspel.letters.queries import approvals, chosen
from samspel.letters.queries.handed import Addressed
from samspel.letters.rules.approvals import obstacles


def require_as_approved(letter: Letter, to: Sequence[Addressed], at: datetime) -> None:
    """Raises LetterRefused: changed since, nobody left, or grown so that a second person has to say yes."""
    if letter.approved_by is None or approvals.digest(letter) != letter.approved_digest:
        raise LetterRefused("not_as_approved")
    if not to:
        raise LetterRefused("nobody_left")
    hands, is_to_all = approvals.hands(letter), chosen.is_to_all(letter, at)
    if obstacles(letter.approved_by, hands, is_to_all=is_to_all, recipients=len(to)):
        raise LetterRefused("takes_two")
