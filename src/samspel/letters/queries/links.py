"""The links of a letter, and what came of trying them."""

from __future__ import annotations

from samspel.letters.models import Letter, LinkCheck
from samspel.letters.rules import documents, rich_text
from samspel.letters.rules.documents import LetterDocument


def in_document(document: LetterDocument) -> list[str]:
    """Every address that the texts of a letter lead to, each once, in order."""
    texts = [text for block in document.blocks for text in (block.words.sv, block.words.en) if text]
    return list(dict.fromkeys(address for text in texts for address in rich_text.links(rich_text.read(text))))


def dead(letter: Letter) -> list[LinkCheck]:
    """Links that stand in the letter now and did not work, or took too long, when they were tried: one query."""
    standing = in_document(documents.read(letter.body))
    tried = {one.address: one for one in letter.link_checks.exclude(outcome__in=("works", "not_tried"))}
    return [tried[address] for address in standing if address in tried]


def untried(letter: Letter) -> list[str]:
    """Links that stand in the letter now and have not been tried."""
    standing = in_document(documents.read(letter.body))
    tried = set(letter.link_checks.values_list("address", flat=True)) if standing else set()
    return [address for address in standing if address not in tried]
