"""Invented examples of every component, for the gallery page."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict


def gallery(params: QueryDict) -> dict[str, Any]:
    """What the gallery's template shows."""
    return {}
