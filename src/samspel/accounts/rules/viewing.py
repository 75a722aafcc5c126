"""Looking at pages as another: for what reasons, for how long, and how a session keeps it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

# Where a session keeps it.
LOOKING: Final = "samspel_looking"
LASTS: Final = timedelta(minutes=30)
# Why: she asked for help, a fault is looked into, permissions are checked.
HELP, FAULT, CHECK = "help", "fault", "check"
REASONS: Final = (HELP, FAULT, CHECK)


@dataclass(frozen=True)
class Looking:
    """Who looks (the key of the administrator), as whom (the key of the person), and until when."""

    by: UUID
    person: UUID
    until: datetime

    def as_kept(self) -> dict[str, str]:
        """For a session, which keeps text."""
        return {"by": str(self.by), "person": str(self.person), "until": self.until.isoformat()}


def looking_in(session: Mapping[str, Any]) -> Looking | None:
    """What a session keeps, if anything that can be understood."""
    kept = session.get(LOOKING)
    if not isinstance(kept, dict):
        return None
    try:
        return Looking(UUID(kept["by"]), UUID(kept["person"]), datetime.fromisoformat(kept["until"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
