"""Reads the fields of a filled PDF that anybody may have made: plain Python, in a process of its own."""

from samspel.kernel.documents.reading.caps import LARGEST, MOST_PAGES, Unreadable
from samspel.kernel.documents.reading.whole import read

__all__ = ["LARGEST", "MOST_PAGES", "Unreadable", "read"]
