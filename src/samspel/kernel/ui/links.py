"""Addresses as they stand in a mail or a file: whole, from where the site is reached (setting SAMSPEL_URL)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import is_valid_path, reverse
from django.utils.translation import override

from samspel.kernel.ui.languages import without_language


def absolute(path_or_url_name: str, *args: Any) -> str:
    """The whole address of a path ("/arbete/"), of a page by its name ("accounts:work", with its arguments in order).

    An address that is ours already is given back as it is. Raises ValueError for one that is not.
    """
    if path_or_url_name.startswith(("http://", "https://")):
        if not is_ours(path_or_url_name):
            raise ValueError(f"not an address of ours: {path_or_url_name}")
        return path_or_url_name
    path = path_or_url_name if path_or_url_name.startswith("/") else reverse(path_or_url_name, args=args)
    return settings.SAMSPEL_URL + path


def is_ours(address: str) -> bool:
    """Whether a whole address leads to this site."""
    return address == settings.SAMSPEL_URL or address.startswith(f"{settings.SAMSPEL_URL}/")


def in_language(address: str, language: str) -> str:
    """The same page of ours in that language; what stands in no language, as a file, stays as it is."""
    path = address.removeprefix(settings.SAMSPEL_URL)
    wanted = f"/{'' if language == settings.LANGUAGE_CODE else f'{language}/'}{without_language(path)}"
    with override(language):
        is_page = is_valid_path(wanted.partition("?")[0])
    return settings.SAMSPEL_URL + wanted if is_page else address
