"""Two rows turn out to be one person: her things are gathered under one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from samspel.accounts.models import Person
from samspel.kernel.handed_down import HandedDown


class Mover(Protocol):
    """Moves an app's rows from one person to another, in the merge's own transaction."""

    def __call__(self, keep: Person, gone: Person, *, by: Any, at: datetime) -> None: ...


movers: HandedDown[Mover] = HandedDown()
"""Each app above that has rows about people adds its mover here, from its extensions."""
