"""A first name that stands with an age or a class: enough for somebody in the municipality to know the child.

A name is one of the list (`first_names.txt`), or an unknown word with a capital where the words around it say that it
is a name ("eleven Xylia, 9 år"). Names that are ordinary words too (Klara, Max, Bo) need such words around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from samspel.forms.rules.personal.findings import Finding, Kind

_WORD: Final = r"[A-ZÅÄÖÉÜÇŠŽĆÐØÆ][a-zåäöéèêëáàâãíìîïóòôõúùûüýÿçñšžćđðøæłşğı'’]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_UNITS: Final = (
    r"ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|tjugo"
)
_YEARS: Final = rf"(?:\d{{1,2}}(?:[,.]5)?|{_UNITS})"
_CLASS: Final = (
    r"(?:(?:(?i:åk|årskurs|klass|grupp)\.?)\s?(?:[1-9]|F|ett|två|tre|fyra|fem|sex|sju|åtta|nio)\s?[A-Ea-e]?(?![\w%])"
    r"|[1-9]\s?[A-E](?![\w%])|förskoleklass(?:en)?(?!\w)|F-klass(?:en)?"
    r"|(?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian)(?!\w)"
    r"|(?:NA|SA|EK|TE|ES|HU|IM|VO|BA|EE|FT|HT|BF|IMS|IMA)\s?\d\d[A-Fa-f]?(?!\w))"
)
# Between a name and what tells of it: a family name, a comma, that she goes in it, that she is so old.
_FAMILY: Final = rf"(?:\s(?:[A-ZÅÄÖ]\.?|{_WORD}|al|el|bin|von|af|de)){{0,2}}"
_AFTER_AGE: Final = (
    r"(?:,?\s(?:som\s)?(?:nu\s)?(?:är|var|blir|fyller|fyllt|har\sfyllt)\s(?:nu\s|snart\s|bara\s)?|\s?,\s|\s?\()"
)
_AGE_AFTER: Final = re.compile(
    rf"(?P<name>{_WORD}){_FAMILY}{_AFTER_AGE}(?P<what>{_YEARS}(?:\s?år(?:\sgamm?al)?(?!\w|\s(?:sedan|efter|senare|framåt|i\srad))|(?=\s?\)))|{_UNITS}årig|{_YEARS}-årig)"
)
_FILLS: Final = re.compile(
    rf"(?P<name>{_WORD}){_FAMILY}\s(?:har\s|som\s)?(?:fyller|fyllde|fyllt)\s(?P<what>{_YEARS})(?!\w)"
)
_AGE_BEFORE: Final = re.compile(
    rf"(?P<what>{_YEARS}\s?-?\s?årig[ae](?:\s(?:eleven|pojken|flickan|barnet|sonen|dottern|brodern|systern))?|{_YEARS}-åringen)\s(?P<name>{_WORD})",
    re.IGNORECASE,
)
_CLASS_AFTER: Final = re.compile(
    rf"(?P<name>{_WORD}){_FAMILY}(?:\s?\(|,\s|\s/\s|\s)(?P<between>(?:[a-zåäö]+,?\s){{0,5}}?)(?P<what>{_CLASS})"
)
_CLASS_BEFORE: Final = re.compile(
    rf"(?P<what>{_CLASS})(?:\s?[:–-]\s|,\s|\s)(?P<between>(?:[a-zåäö]+,?\s){{0,4}}?)(?P<name>{_WORD})"
)
# Words that say that the next one is a name.
_CALLED: Final = re.compile(
    r"(?:\b(?:eleven|elev|pojken|flickan|barnet|dottern|sonen|systern|brodern|kompisen|heter|hette|kallad|kallas|namnet|kille|tjej))\s$",
    re.IGNORECASE,
)
# What is no name though it has a capital: it begins a sentence, or is a place, a school, a body, a subject, a month.
_NO_NAME: Final = re.compile(
    r"(?:skolan|skola|skolans|gymnasiet|gymnasium|verket|kommun|kommunen|nämnden|förvaltningen|förskolan|förskola|universitet|"
    r"ska|centrum|projektet|modellen|enheten|teamet|borg|köping|stad|torp|ryd|sala|holm|berg|fors|vik|näs|arna|erna|orna)$",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(r"(?:[.!?:]\s|\n|^)[\"”»–-]?\s?$")


def named(text: str) -> Iterator[Finding]:
    """Names with an age, then names with a class, each from the name to what tells of it."""
    for kind, pattern in (
        (Kind.NAME_WITH_AGE, _AGE_AFTER),
        (Kind.NAME_WITH_AGE, _FILLS),
        (Kind.NAME_WITH_AGE, _AGE_BEFORE),
        (Kind.NAME_WITH_CLASS, _CLASS_AFTER),
        (Kind.NAME_WITH_CLASS, _CLASS_BEFORE),
    ):
        for match in _matches(pattern, text):
            start, end = min(match.start("name"), match.start("what")), max(match.end("name"), match.end("what"))
            if _is_a_name(text, match):
                yield Finding(kind, start, end)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every match, also those that begin within another: a word that was no name must not hide the name after it."""
    place = 0
    while match := pattern.search(text, place):
        yield match
        place = match.start() + 1


def _is_a_name(text: str, match: re.Match[str]) -> bool:
    word = match["name"]
    start = match.start("name")
    if start and (text[start - 1].isalnum() or text[start - 1] == "-"):
        return False
    between = match.groupdict().get("between") or ""
    if "." in between:
        return False
    is_called = bool(_CALLED.search(text[max(0, start - 20) : start]))
    if is_called:
        return True
    known = _known(word)
    if known == "name":
        return True
    if known == "word":
        # A word of the language with a capital inside a sentence is a name there.
        return not _ENDS.search(text[max(0, start - 4) : start])
    return False


def _known(word: str) -> str:
    """`name`, `word` (a name that is an ordinary word too), or nothing; a genitive counts as its name."""
    names, words = _lists()
    for form in (word, word.removesuffix("s"), word.partition("-")[0]):
        if form in names:
            return "name"
        if form in words:
            return "word"
    return ""


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """First names, and those that are ordinary words too (marked with a star in the file)."""
    lines = (Path(__file__).parent / "first_names.txt").read_text(encoding="utf-8").split()
    names = frozenset(line for line in lines if not line.endswith("*"))
    return names, frozenset(line.rstrip("*") for line in lines if line.endswith("*"))
