"""Denials that say in words why, for the page that answers them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied


class DeniedInWords(PermissionDenied):
    """Refused, with a heading and a sentence (both may be lazy) that the page of the refusal shows."""

    title: Any = ""
    sentence: Any = ""

    def __init__(self, sentence: Any = "") -> None:
        self.sentence = sentence or self.sentence
        super().__init__(type(self).__name__)


def require(is_allowed: bool) -> None:
    """Raises PermissionDenied unless allowed."""
    if not is_allowed:
        raise PermissionDenied
