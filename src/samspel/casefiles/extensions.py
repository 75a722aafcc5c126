"""What case files hand down to the apps below them."""

from __future__ import annotations


def hand_down() -> None:
    """Called once, when the app is ready."""
