"""What post hands down to the kernel."""

from __future__ import annotations

from samspel.kernel import permissions as gate
from samspel.post import permissions


def hand_down() -> None:
    """Called once, when the app is ready."""
    gate.tables.add("post", permissions.TABLE, order=80)
