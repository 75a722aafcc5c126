"""What higher apps do with authorizations, in the same transaction: they register them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from samspel.kernel.handed_down import HandedDown
from samspel.registry.models import Authorization

Keeper = Callable[[Authorization, Any, datetime], object]

keepers: HandedDown[Keeper] = HandedDown()
"""Called with every authorization that comes in."""

judged: HandedDown[Keeper] = HandedDown()
"""Called with every authorization that was accepted or refused."""
