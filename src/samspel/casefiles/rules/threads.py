"""Which thread a mail belongs to, and by when it is to be answered. Pure: no Django here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from samspel.kernel.values.working_days import working_days_after

# A mail without references belongs to the sender's open thread of the same subject if that is no older than this.
SAME_SUBJECT_WITHIN: Final = timedelta(days=60)

_PREFIX = re.compile(r"^(?:\s*(?:re|sv|vb|fwd?|fw|aw|svar|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_OURS = re.compile(r"^<([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@", re.IGNORECASE)


def bare_subject(subject: str) -> str:
    """A subject without "Re:", "SV:" and the like, folded for comparing."""
    return " ".join(_PREFIX.sub("", subject).split()).casefold()


def answer_subject(subject: str) -> str:
    """The subject of an answer: "SV: " once, whatever stood before."""
    return f"SV: {' '.join(_PREFIX.sub('', subject).split())}"[:300]


def is_askers(mail: Any, question: Any) -> bool:
    """Whether a mail of a thread is between us and who asked, as far as its head tells."""
    return bool(mail.is_out or mail.from_address.lower() == question.from_address.lower())


def our_messages(references: Iterable[str]) -> list[UUID]:
    """The keys of our own messages among the Message-IDs that a mail refers to, nearest first."""
    found = (_OURS.match(reference) for reference in references)
    return [UUID(match[1]) for match in found if match]


def answer_by(received_on: date, working_days: int) -> date:
    """The last day to answer: so many working days after the day it came."""
    return working_days_after(received_on, working_days)
