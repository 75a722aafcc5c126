"""Swedish order and forgiving search, as stored keys.

No server can be trusted to know Swedish (the embedded one has no such collation), so the order is made here and
compared as plain bytes. Order: å ä ö after z; é as e, ü as y, w as itself; capitals and marks do not count.
"""

from __future__ import annotations

import unicodedata

# Letters after z, in Swedish order; æ and ø stand with ä and ö.
_AFTER_Z = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
_ALIKE = {"ü": "y", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ł": "l"}


def _base(letter: str) -> str:
    """The letter without its marks."""
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


def sort_key(name: str) -> str:
    """ASCII text whose byte order is the Swedish alphabetical order of names."""
    letters = unicodedata.normalize("NFC", name).casefold()
    key = "".join(_AFTER_Z.get(letter) or _ALIKE.get(letter) or _base(letter) for letter in letters)
    kept = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "{|}") else " " for letter in key)
    return " ".join(kept.split())


def search_key(name: str) -> str:
    """Folded text for finding, never for identity: `Örebro` is found as `orebro`."""
    letters = unicodedata.normalize("NFC", name).casefold().replace("æ", "a").replace("ø", "o")
    plain = "".join(_ALIKE[letter] if letter in "ßðþđł" else _base(letter) for letter in letters)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
