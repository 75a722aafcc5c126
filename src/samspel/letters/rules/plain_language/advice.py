"""What could be said more simply in a text, gathered for the one who writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samspel.letters.rules.plain_language.officialese import officialese
from samspel.letters.rules.plain_language.passives import passives
from samspel.letters.rules.plain_language.reading import lix, paragraphs, sentences, words

LONG_SENTENCE: Final = "long_sentence"
PASSIVE: Final = "passive"
OFFICIALESE: Final = "officialese"

# Words in a sentence beyond which it is long, in both languages.
MOST_WORDS: Final = 25
# Of each kind so many are told: more is a scolding.
MOST_TOLD: Final = 10
_LONGEST: Final = 120_000


@dataclass(frozen=True)
class Finding:
    """One piece of advice: its kind, where (the first words of the sentence, or the words meant), what to say instead.

    words: how many words the sentence has, for LONG_SENTENCE.
    """

    kind: str
    excerpt: str
    better: str = ""
    words: int = 0


@dataclass(frozen=True)
class Advice:
    """How a text reads. lix: of Swedish text alone, None without words."""

    words: int = 0
    sentences: int = 0
    lix: int | None = None
    findings: tuple[Finding, ...] = ()

    def of_kind(self, kind: str) -> list[Finding]:
        """The findings of a kind, in the order of the text."""
        return [one for one in self.findings if one.kind == kind]


def advise(source: str, language: str) -> Advice:
    """Advice on a text in Swedish ("sv") or English ("en", long sentences alone)."""
    said = [sentence for paragraph in paragraphs(source[:_LONGEST]) for sentence in sentences(paragraph)]
    found = [*_long(said)]
    if language == "sv":
        found += [*_passive(said), *_official(said)]
    return Advice(
        words=sum(len(words(sentence)) for sentence in said),
        sentences=len(said),
        lix=lix(said) if language == "sv" else None,
        findings=tuple(found),
    )


def _long(said: list[str]) -> list[Finding]:
    counted = [(sentence, len(words(sentence))) for sentence in said]
    long = [(sentence, number) for sentence, number in counted if number > MOST_WORDS]
    return [Finding(LONG_SENTENCE, _first_words(sentence), words=number) for sentence, number in long[:MOST_TOLD]]


def _passive(said: list[str]) -> list[Finding]:
    verbs = dict.fromkeys(verb.lower() for sentence in said for verb in passives(sentence))
    return [Finding(PASSIVE, verb) for verb in list(verbs)[:MOST_TOLD]]


def _official(said: list[str]) -> list[Finding]:
    hits = {written.lower(): better for sentence in said for written, better in officialese(sentence)}
    return [Finding(OFFICIALESE, written, better) for written, better in list(hits.items())[:MOST_TOLD]]


def _first_words(sentence: str) -> str:
    return sentence if len(sentence) <= 60 else sentence[:60].rsplit(" ", 1)[0] + " …"
