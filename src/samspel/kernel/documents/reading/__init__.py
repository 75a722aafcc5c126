"""Reads the fields of a filled PDF that anybody may have made: plain Python, in a process of its own."""

from __future__ import annotations

from samspel.kernel.documents.reading.caps import LARGEST, MOST_PAGES, Unreadable

__all__ = ["LARGEST", "MOST_PAGES", "Unreadable", "read"]


def read(content: bytes) -> dict[str, str | list[str]]:
    """As `whole.read`: full name of each field to its text. Raises Unreadable."""
    # Loaded where something is read: the program itself only needs the bounds.
    from samspel.kernel.documents.reading.whole import read as read_whole

    return read_whole(content)
