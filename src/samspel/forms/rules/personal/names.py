"""A first name that stands with an age or a class: enough for somebody in the municipality to know the child.

A name is one of the list (`first_names.txt`), or an unknown word with a capital where the words around it leave little
else to be ("eleven Xylia, 9 år", "talade med Xylia, 9 år"). What a sentence begins with has a capital anyway, so there
an unknown word is a name only before an age, and a name that is an ordinary word too (Klara, Max, Bo) never is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from samspel.forms.rules.personal.findings import Finding
from samspel.forms.rules.personal.ways import SURE, WAYS, WEAK

# Words that say that the next one is a name.
_CALLED: Final = re.compile(
    r"\b(?:elev|eleven|eleverna|pojken|pojke|flickan|flicka|barnet|barn|dottern|sonen|systern|brodern|kompisen|syskonen|"
    r"heter|hette|kallad|kallas|namnet|kille|tjej)\s$",
    re.IGNORECASE,
)
# What has a capital and is no name: places, schools and bodies by their endings, and what reports speak of.
_NO_NAME: Final = re.compile(
    r"(?:skolan|skola|skolans|skolorna|gymnasiet|gymnasium|verket|kommun|kommunen|nämnden|förvaltningen|förskolan|"
    r"förskolor|universitet|centrum|projektet|modellen|enheten|teamet|gruppen|köping|stad|torp|ryd|holm|fors|"
    r"undervisning|bedömning|prov|stöd|kartläggning|resultat|perioden|tiden|gången|pojkar|pojkarna|flickor|flickorna|"
    r"klassen|klasserna)$",
    re.IGNORECASE,
)
# Somebody who works with a class is not in it, and a body named after somebody is not somebody.
_OTHER: Final = re.compile(
    r"\b(?:undervisar|arbetar|jobbar|lärare|mentor|rektor|rektorn|förstelärare|specialpedagog|handleder|ansvarar|leder|"
    r"skola|skolas|gymnasium|förskola|kyrka|väg|gata|plats|modell|metod|metoden|bok|böcker|film|teori)\b",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"(?:[.!?:•]\s|\n|^)[\"”»–-]?\s?$")
_HERE: Final = Path(__file__).parent


def named(text: str) -> Iterator[Finding]:
    """Names with an age, then names with a class, each from the one to the other."""
    for way in WAYS:
        for match in _matches(way.pattern, text):
            if _is_a_name(text, match, way.says):
                what = "what" if match["what"] else "also"
                ends = match.start("name"), match.start(what), match.end("name"), match.end(what)
                yield Finding(way.kind, min(ends), max(ends))


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match, also those that begin within another: a word that was no name must not hide the name after it."""
    place = 0
    while match := pattern.search(text, place):
        yield match
        place = match.start() + 1


def _is_a_name(text: str, match: re.Match[str], says: str) -> bool:
    word, start = match["name"], match.start("name")
    before, between = text[max(0, start - 20) : start], match.groupdict().get("between") or ""
    if before[-1:].isalnum() or before[-1:] in ("-", ":") or _OTHER.search(between):
        return False
    if word.lower() in _words("common_words"):
        return False
    if _CALLED.search(before):
        return True
    is_first = bool(_ENDS.search(before[-4:]))
    known = _known(word)
    if known == "name" or (known == "word" and not is_first):
        return True
    if known or says == WEAK or _NO_NAME.search(word):
        return False
    return says == SURE or not is_first or match.re is WAYS[0].pattern


def _known(word: str) -> str:
    """`name`, `word` (a name that is an ordinary word too), or nothing; a genitive counts as its name."""
    names = _words("first_names")
    for form in (word, word.removesuffix("s"), word.partition("-")[0]):
        if form in names:
            return "name"
        if f"{form}*" in names:
            return "word"
    return ""


@cache
def _words(name: str) -> frozenset[str]:
    """The words of a file beside this one; a name that is an ordinary word too bears a star."""
    return frozenset((_HERE / f"{name}.txt").read_text(encoding="utf-8").split())
