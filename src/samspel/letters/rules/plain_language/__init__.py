"""Plain-language advice: how hard a text is to read, and what could be said more simply. It never stops anyone."""

from samspel.letters.rules.plain_language.advice import LONG_SENTENCE, OFFICIALESE, PASSIVE, Advice, Finding, advise
from samspel.letters.rules.plain_language.reading import lix, paragraphs, sentences, words

__all__ = [
    "LONG_SENTENCE",
    "OFFICIALESE",
    "PASSIVE",
    "Advice",
    "Finding",
    "advise",
    "lix",
    "paragraphs",
    "sentences",
    "words",
]
