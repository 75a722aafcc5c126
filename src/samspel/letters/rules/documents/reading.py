"""From data to a letter and back. What is read here came from a page or the database, and is not trusted."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from samspel.letters.rules.documents.parts import (
    KINDS,
    Block,
    DocumentRefused,
    Fault,
    LetterDocument,
    Signer,
    Words,
)

FORMAT: Final = "samspel.letter/1"
# Most signs of each, so that a letter stays a letter.
LONGEST: Final = {"subject": 200, "lead": 200, "words": 20_000, "caption": 500, "name": 120, "title": 200, "ref": 200}
MOST_BLOCKS: Final = 60
MOST_SIGNERS: Final = 10
_KEY: Final = re.compile(r"[a-z0-9]{1,12}")
_ONE_LINE: Final = ("subject", "lead", "name", "title")


def read(data: Any) -> LetterDocument:
    """The letter that data say. An empty mapping is an empty letter. Raises DocumentRefused with every fault found."""
    faults: list[Fault] = []
    if not isinstance(data, Mapping) or data.get("format", FORMAT) != FORMAT:
        raise DocumentRefused((Fault("", "not_a_letter"),))
    document = LetterDocument(
        subject=_words(data.get("subject"), "subject", "subject", faults),
        lead=_words(data.get("lead"), "lead", "lead", faults),
        blocks=_blocks(data.get("blocks", []), faults),
        signers=_signers(data.get("signers", []), faults),
        contact=_text(data.get("contact", ""), "contact", 254, faults),
    )
    if faults:
        raise DocumentRefused(tuple(faults))
    return document


def as_data(document: LetterDocument) -> dict[str, Any]:
    """A letter as data; `read` gives the same letter back."""
    return {
        "format": FORMAT,
        "subject": vars(document.subject),
        "lead": vars(document.lead),
        "blocks": [
            {**vars(block), "words": vars(block.words), "caption": vars(block.caption)} for block in document.blocks
        ],
        "signers": [{"name": signer.name, "title": vars(signer.title)} for signer in document.signers],
        "contact": document.contact,
    }


def digest_of(document: LetterDocument, **beside: Any) -> str:
    """SHA-256 of a letter and what is approved with it, in one order."""
    whole = json.dumps([as_data(document), beside], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


def _blocks(given: Any, faults: list[Fault]) -> tuple[Block, ...]:
    if not isinstance(given, list) or len(given) > MOST_BLOCKS:
        faults.append(Fault("blocks", "too_many_blocks", str(MOST_BLOCKS)))
        return ()
    found = [_block(one, faults) for one in given]
    keys = [block.key for block in found]
    for key in {key for key in keys if keys.count(key) > 1}:
        faults.append(Fault(f"blocks/{key}", "key_twice", key))
    return tuple(found)


def _block(given: Any, faults: list[Fault]) -> Block:
    given = given if isinstance(given, Mapping) else {}
    key, kind = str(given.get("key", "")), str(given.get("kind", ""))
    place = f"blocks/{key}"
    if not _KEY.fullmatch(key):
        faults.append(Fault("blocks", "no_key"))
    if kind not in KINDS:
        faults.append(Fault(place, "no_such_kind", kind[:40]))
    return Block(
        key=key,
        kind=kind,
        words=_words(given.get("words"), place, "words", faults),
        caption=_words(given.get("caption"), place, "caption", faults),
        ref=_text(given.get("ref", ""), place, LONGEST["ref"], faults),
        is_for_passing_on=given.get("is_for_passing_on") is True,
    )


def _signers(given: Any, faults: list[Fault]) -> tuple[Signer, ...]:
    if not isinstance(given, list) or len(given) > MOST_SIGNERS:
        faults.append(Fault("signers", "too_many_signers", str(MOST_SIGNERS)))
        return ()
    rows = [one if isinstance(one, Mapping) else {} for one in given]
    return tuple(
        Signer(
            name=_flat(_text(row.get("name", ""), f"signers/{place}", LONGEST["name"], faults)),
            title=_words(row.get("title"), f"signers/{place}", "title", faults),
        )
        for place, row in enumerate(rows)
    )


def _words(given: Any, place: str, name: str, faults: list[Fault]) -> Words:
    given = given if isinstance(given, Mapping) else {}
    said = [_text(given.get(language, ""), place, LONGEST[name], faults) for language in ("sv", "en")]
    return Words(*(_flat(text) if name in _ONE_LINE else text for text in said))


def _text(given: Any, place: str, longest: int, faults: list[Fault]) -> str:
    text = given if isinstance(given, str) else ""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > longest:
        faults.append(Fault(place, "too_long", str(longest)))
    return text


def _flat(text: str) -> str:
    return " ".join(text.split())
