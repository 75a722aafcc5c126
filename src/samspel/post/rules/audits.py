"""What an audit of a mailing says: who should have got it, what became of each, and whether that adds up. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class MailingAudit:
    """One mailing, counted. expected: by who asked for it; rows: found; doubled: rows beyond one to an address.

    sent_again: sent once more because a person so decided of one in doubt; it may have reached somebody twice.
    """

    key: UUID
    kind: str
    title: str
    written_at: datetime
    expected: int
    rows: int
    sent: int
    bounced: int
    in_doubt: int
    waiting: int
    failed: int
    paper: int
    doubled: int
    sent_again: int

    @property
    def missing(self) -> int:
        """Those who should have had a row and have none."""
        return max(self.expected - self.rows, 0)

    @property
    def is_right(self) -> bool:
        """Whether every one that was expected has exactly one row, and each row a state that is counted."""
        return self.expected == self.rows == self.counted and self.doubled == 0

    @property
    def counted(self) -> int:
        """The rows by what became of them; sums to all of them."""
        return self.sent + self.bounced + self.in_doubt + self.waiting + self.failed + self.paper

    def as_document(self) -> dict[str, Any]:
        """For programs."""
        return {
            "key": str(self.key), "kind": self.kind, "title": self.title, "written_at": self.written_at.isoformat(),
            "expected": self.expected, "rows": self.rows, "sent": self.sent, "bounced": self.bounced,
            "in_doubt": self.in_doubt, "waiting": self.waiting, "failed": self.failed, "paper": self.paper,
            "missing": self.missing, "doubled": self.doubled, "sent_again": self.sent_again, "is_right": self.is_right,
        }  # fmt: skip
