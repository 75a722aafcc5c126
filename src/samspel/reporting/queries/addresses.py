"""Addresses of pages, one place for each."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def organizer(organizer: Any) -> str:
    """An organizer's own page, which the registry keeps; nothing where it is not installed."""
    try:
        return reverse("registry:organizer", args=[organizer.organization_number])
    except NoReverseMatch:
        return ""


def county_map(code: str) -> str:
    """The map of one county."""
    return f"{reverse('reporting:map')}?lan={code}"


def round_page(slug: str) -> str:
    """A round's public page."""
    return reverse("reporting:round", args=[slug])
