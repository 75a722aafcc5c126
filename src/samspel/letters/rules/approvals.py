"""What is wanting before a letter is approved or sent, and who may say yes to it. Pure: no Django here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

# A letter to more than these is everybody's business: one alone does not send it.
FEW: Final = 25
# A planned letter that could not start in so long is not sent any more until somebody says so.
LATEST: Final = timedelta(hours=12)

# Each code is one sentence in `operations.sending.refusals`.
NO_SUBJECT = "no_subject"
NO_WORDS = "no_words"
NO_ALTERNATIVE_TEXT = "no_alternative_text"
NOBODY = "nobody"
OWN = "own"
CHANGED_BY_HER = "changed_by_her"


@dataclass(frozen=True)
class Facts:
    """What a letter says and to how many, as far as the rules ask."""

    has_subject: bool
    has_words: bool
    pictures_without_text: int
    recipients: int


@dataclass(frozen=True)
class Hands:
    """Whose hands a letter has been in: keys of people; None is nobody or the system."""

    asked_by: UUID | None
    changed_by: UUID | None


def wanting(facts: Facts) -> list[str]:
    """What keeps a letter from being shown for approval, as codes in the order of the page."""
    found = {
        NO_SUBJECT: not facts.has_subject,
        NO_WORDS: not facts.has_words,
        NO_ALTERNATIVE_TEXT: facts.pictures_without_text > 0,
        NOBODY: facts.recipients == 0,
    }
    return [code for code, is_so in found.items() if is_so]


def takes_two(*, is_to_all: bool, recipients: int) -> bool:
    """Whether a second person has to say yes: a letter to all of a kind, or to more than FEW."""
    return is_to_all or recipients > FEW


def obstacles(approver: UUID, hands: Hands, *, is_to_all: bool, recipients: int) -> list[str]:
    """Why this person may not be the one who says yes; empty if she may."""
    if not takes_two(is_to_all=is_to_all, recipients=recipients):
        return []
    found = {OWN: approver == hands.asked_by, CHANGED_BY_HER: approver == hands.changed_by}
    return [code for code, is_so in found.items() if is_so]
