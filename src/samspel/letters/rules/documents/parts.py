"""The parts of a letter. A figure stands in a text as `{{name}}`, or `{{name|over}}` for "drygt"."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

TEXT: Final = "text"
PICTURE: Final = "picture"
LIVE: Final = "live"
PROMISE: Final = "promise"
KINDS: Final = (TEXT, PICTURE, LIVE, PROMISE)


@dataclass(frozen=True)
class Words:
    """The same in Swedish and English; English may be empty, and is then not offered."""

    sv: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """As said in a language: English where there is any, else Swedish."""
        return (self.en or self.sv) if language == "en" else self.sv


@dataclass(frozen=True)
class Block:
    """One block. key: short, lowercase letters and digits, its own within the letter.

    TEXT: `words` is Markdown of the kind rules.rich_text takes. PICTURE: `ref` is a Picture's key, `words` its
    alternative text, `caption` what stands beneath. LIVE: `ref` is "<source>:<key>" of what shows itself as it now
    stands (queries.handed.live_sources), as "letters.date:<key>". PROMISE: `ref` is a Promise's key.
    """

    key: str
    kind: str
    words: Words = Words()
    caption: Words = Words()
    ref: str = ""
    # Meant to be passed on by those who get the letter.
    is_for_passing_on: bool = False


@dataclass(frozen=True)
class Signer:
    """Who signs: name and title."""

    name: str
    title: Words = Words()


@dataclass(frozen=True)
class LetterDocument:
    """A whole letter. lead: the line that mail programs show after the subject. contact: the address for questions."""

    subject: Words = Words()
    lead: Words = Words()
    blocks: tuple[Block, ...] = ()
    signers: tuple[Signer, ...] = ()
    contact: str = ""

    @property
    def has_english(self) -> bool:
        """Whether it can be read in English: the subject is, and every text."""
        texts = [block.words for block in self.blocks if block.kind == TEXT]
        return bool(self.subject.en) and all(words.en or not words.sv for words in texts)


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: place as "subject", "blocks/<key>", "signers/0"; code; detail for the sentence."""

    place: str
    code: str
    detail: str = ""


@dataclass(frozen=True)
class DocumentRefused(ValueError):
    """Data that are no letter."""

    faults: tuple[Fault, ...] = field(default=())
