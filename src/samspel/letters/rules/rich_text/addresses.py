"""Which addresses a letter may link to: web, mail, telephone, and our own pages."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_SCHEMES: Final = ("https", "http", "mailto", "tel")
# A browser would read it otherwise than it looks: signs that are not seen, backslashes, quotes, brackets of tags.
_HARMFUL: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\\\"'<>`]")
_SEEN: Final = re.compile(r"(?i)\b(?:https?://[^\s<>\"'`\\]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)")
_AFTER: Final = ".,;:!?)]}”»*_"


def is_allowed(address: str) -> bool:
    """Whether a letter may link to it: https, http, mailto, tel, or a path of ours ("/kalender/")."""
    if _HARMFUL.search(address):
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        split = urlsplit(address)
    except ValueError:
        return False
    if split.scheme in ("mailto", "tel"):
        return bool(split.path)
    return split.scheme in _SCHEMES and bool(split.hostname) and split.username is None


def found(words: str) -> list[tuple[str, str]]:
    """Words in pieces, each with the address it is, or nothing: addresses that stand written out become links."""
    pieces: list[tuple[str, str]] = []
    after = 0
    for match in _SEEN.finditer(words):
        seen = match[0].rstrip(_AFTER)
        address = seen if "://" in seen else f"mailto:{seen}"
        if not is_allowed(address):
            continue
        pieces += [(words[after : match.start()], ""), (seen, address)]
        after = match.start() + len(seen)
    return [piece for piece in (*pieces, (words[after:], "")) if piece[0]]
