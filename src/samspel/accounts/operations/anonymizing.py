"""Long after her last role a person's row is emptied: the audit keeps her key, and nothing else says who she was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from samspel.accounts.models import Person
from samspel.kernel.handed_down import HandedDown


class Emptier(Protocol):
    """Removes what an app's rows tell of a person, in the emptying's own transaction."""

    def __call__(self, person: Person, *, at: datetime) -> None: ...


Holder = Callable[[Person, datetime], Any]

holders: HandedDown[Holder] = HandedDown()
"""Why a person cannot be emptied yet (a sentence), or None: an open question, a handover."""

emptiers: HandedDown[Emptier] = HandedDown()
"""Each app above that writes down names or addresses of people adds its emptier here, from its extensions."""
