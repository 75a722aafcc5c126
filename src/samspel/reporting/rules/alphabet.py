"""The letters of an A–Ö list, each with the first sign of the stored sort key (`kernel.values.sorting`)."""

from collections.abc import Iterable

# Å, Ä and Ö sort after Z under these signs; whatever begins with no letter is gathered under 0–9.
DIGITS = "0–9"
_SIGNS = {**{letter.upper(): letter for letter in "abcdefghijklmnopqrstuvwxyz"}, "Å": "{", "Ä": "|", "Ö": "}"}
_LETTERS = {sign: letter for letter, sign in _SIGNS.items()}
LETTERS = (*_SIGNS, DIGITS)


def letter_of(sort_key: str) -> str:
    """The letter a sort key stands under."""
    return _LETTERS.get(sort_key[:1], DIGITS)


def sign_of(letter: str) -> str:
    """The sort key's first sign under a letter; nothing for DIGITS. KeyError for what is no letter of the list."""
    return "" if letter == DIGITS else _SIGNS[letter]


def in_order(first_signs: Iterable[str]) -> list[str]:
    """The letters that these first signs stand under, in the order of the list, each once."""
    present = {letter_of(sign) for sign in first_signs}
    return [letter for letter in LETTERS if letter in present]
