"""Addresses of a letter in mail and on paper: whole, and in the reader's language where they are ours."""

from __future__ import annotations

from collections.abc import Callable

from samspel.kernel.ui.links import absolute, in_language, is_ours


def whole(language: str) -> Callable[[str], str]:
    """A function from an address to its whole form; those that are not ours stay as they are."""

    def made(address: str) -> str:
        address = absolute(address) if address.startswith("/") else address
        return in_language(address, language) if is_ours(address) else address

    return made
