"""What a key of ours looks like."""

from __future__ import annotations

from uuid import UUID


def is_key(text: str) -> bool:
    """Whether a text can be a key of ours."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
