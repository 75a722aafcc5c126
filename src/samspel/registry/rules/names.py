"""Names of public bodies as people write them, where the register writes capitals."""

from __future__ import annotations

import re

# Words that are no names: they stand small inside a public body's name.
_SMALL = {
    "kommun", "kommuner", "stad", "län", "läns", "och", "i", "av", "för", "kommunalförbund", "utbildningsförbund",
    "gymnasieförbund", "skolmyndigheten", "individutveckling",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
# ",VBU" after a name: the body's initials once more.
_INITIALS = re.compile(r"\s*,\s*[A-ZÅÄÖ]{2,5}$", re.IGNORECASE)


def public_name(written: str) -> str:
    """`VÄSTERBERGSLAGENS UTBILDNINGSFÖRBUND,VBU` as `Västerbergslagens utbildningsförbund`.

    A name that is not all capitals is only tidied of double blanks and repeated initials.
    """
    name = _INITIALS.sub("", " ".join(written.split()))
    if name != name.upper():
        return name
    lowered = _WORD.sub(lambda word: _cased(word[0]), name)
    return lowered[:1].upper() + lowered[1:]


def _cased(word: str) -> str:
    small = word.lower()
    return small if small in _SMALL else small.capitalize()
