"""Passive verbs in Swedish, found by their form: a good guess for a writer, not a grammar."""

from __future__ import annotations

import re
from typing import Final

from samspel.letters.rules.plain_language.reading import words

# End in -s and have nobody hidden behind them, with the verbs that build on them.
_ACTIVE_SAID: Final = (
    "finns fanns funnits finnas behövs behövdes behövts behövas krävs krävdes krävts hoppas hoppades hoppats lyckas"
    " lyckades lyckats misslyckas misslyckades misslyckats minns mindes trivs trivdes trivts känns kändes känts tycks"
    " tycktes syns syntes synts hörs hördes andas andades umgås umgicks träffas träffades träffats ses sågs möts"
    " möttes mötts åldras fattas saknas saknades saknats kallas vistas vistades brottas färdas avundas vänjas skäms"
    " envisas mötas anas lättas töras törs nalkas råkas råkades hjälps"
    " samlas samlades samlats samsas enas enades enats tillsammans annars"
)
_ACTIVE: Final = frozenset(_ACTIVE_SAID.split())
# Nouns and small words in the same forms.
_NO_VERB_SAID: Final = (
    "deras allas bådas mångas vilkas andras somligas ingas fleras atlas ananas kaktus ens dess hennes hans vars"
    " resultats mandats formats klimats referats certifikats kandidats dokumentats nämndes sveriges norges"
)
_NO_VERB: Final = frozenset(_NO_VERB_SAID.split())
_GENITIVE: Final = re.compile(
    r".*(?:[oae]rnas|enas|plats|[^t]sats|rådes|andes|endes|läges|väges|stes|teres|tets|dets|nets|lets|ligas|iskas)"
)
_WEAK: Final = re.compile(r".{2,}(?:as|ades|ats|des|tes|its)")
_STRONG: Final = re.compile(
    r".*(?:förs|ges|gavs|getts|tas|togs|görs|gjorts|skrivs|skrevs|drivs|drevs|hålls|hölls|läggs|lagts|sätts|satts"
    r"|dras|drogs|sägs|sagts|ställs|ställts|följs|följts|stöds|vänds|vänts|byggs|byggts|höjs|sänks|utses|utsågs"
    r"|utsetts|anses|ansågs|ansetts|avses|avsågs|inses|förses|tillses|väljs|valts|delges|köps|köpts|prövs|bestäms"
    r"|bestämts|sprids|ökts|minskts|sköts|leds|letts|nås|mäts|mätts|löses|beslutits|bjuds|bjöds|skickas|tänks|brukts|godkänns|(?:god|er|under)känts|lärts|stärkts)"
)
_MORE_STRONG: Final = re.compile(r"(?:fås|bes|les|sker|läses|löses|krävts|sänds|sänts|hämtas)")
_BECOMES: Final = frozenset(("blir", "blev", "bli", "blivit", "blivits"))
_PARTICIPLE: Final = re.compile(
    r".{4,}(?:ad|at|ade)|(?:ut|an|av)se(?:dd|dda|tt)|.*(?:tag|skriv|giv|håll|driv|drag)(?:en|et|na)|.*va(?:ld|lt|lda)"
    r"|.*(?:ställ|följ|för|bestäm|bygg|köp)(?:d|t|da|ta)"
)


def passives(sentence: str) -> list[str]:
    """The passive verbs of a Swedish sentence, in their order: "skickas", "blev utsedd"."""
    found, every = [], words(sentence)
    for place, word in enumerate(every):
        after = every[place + 1] if place + 1 < len(every) else ""
        if word.lower() in _BECOMES and _PARTICIPLE.fullmatch(after.lower()):
            found.append(f"{word} {after}")
        elif not (place and word[0].isupper()) and is_passive(word.lower()):
            found.append(word)
    return found


def is_passive(word: str) -> bool:
    """Whether a word, in small letters, has the form of a passive verb."""
    if word in _ACTIVE or word in _NO_VERB:
        return False
    if _STRONG.fullmatch(word) and not _GENITIVE.fullmatch(word):
        return True
    if _MORE_STRONG.fullmatch(word):
        return True
    return len(word) > 4 and bool(_WEAK.fullmatch(word)) and not _GENITIVE.fullmatch(word)
