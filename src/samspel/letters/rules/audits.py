"""What an audit of a letter says: who should have got it, what became of each mail, and whether that adds up. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

LETTER: Final = "letter"
PASSED_ON: Final = "passed_on"
COUNTS: Final = ("sent", "bounced", "in_doubt", "waiting", "failed", "paper")


@dataclass(frozen=True)
class LetterAudit:
    """One sending, counted. what: LETTER or PASSED_ON; expected: as it was written down when sending started.

    rows: recipients found; mails: messages of the mailing; missing: recipients without a mail, and those expected
    without a row; doubled: mails beyond one to an address, and mails that are nobody's.
    """

    key: UUID
    what: str
    title: str
    sent_at: datetime
    expected: int
    rows: int
    mails: int
    sent: int
    bounced: int
    in_doubt: int
    waiting: int
    failed: int
    paper: int
    without_mail: int
    doubled: int

    @property
    def missing(self) -> int:
        """Those who should have had a mail, and for whom none was written."""
        return max(self.expected - self.rows, 0) + self.without_mail

    @property
    def is_right(self) -> bool:
        """Whether each one expected has one row and one mail, and each mail a state that is counted."""
        counted = sum(getattr(self, name) for name in COUNTS)
        return self.expected == self.rows == self.mails == counted and not self.missing and not self.doubled

    def as_document(self) -> dict[str, Any]:
        """For programs."""
        names = ("what", "title", "expected", "rows", *COUNTS, "missing", "doubled", "is_right")
        told = {name: getattr(self, name) for name in names}
        return {"key": str(self.key), "sent_at": self.sent_at.isoformat(), **told}
