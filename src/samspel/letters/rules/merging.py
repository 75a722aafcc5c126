"""Two who wrote from the same letter: the changes of both are put together, and where they clash both are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from samspel.letters.rules.documents import Block, LetterDocument, Signer, Words

_GONE: Final = object()
_Said = Callable[[str], str]


@dataclass(frozen=True)
class Clash:
    """A place that both changed. `mine` gave way to `theirs`, and is to be kept beside it."""

    place: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """A letter with the changes of both, and the places where the later writer gave way."""

    document: LetterDocument
    clashes: tuple[Clash, ...] = ()


def places(document: LetterDocument) -> dict[str, str]:
    """What stands where, in the order of the page: "subject/sv", "blocks/<key>/words/en", "signers", "order" …"""
    found = {
        "subject/sv": document.subject.sv,
        "subject/en": document.subject.en,
        "lead/sv": document.lead.sv,
        "lead/en": document.lead.en,
    }
    for block in document.blocks:
        found |= {f"blocks/{block.key}/{name}": text for name, text in _inner(block).items()}
    found["signers"] = _signers_as_text(document.signers)
    found["contact"] = document.contact
    found["order"] = " ".join(block.key for block in document.blocks)
    return found


def merge(base: LetterDocument, mine: LetterDocument, theirs: LetterDocument) -> Merged:
    """Put together what was changed from `base` in both.

    A place that one alone changed is as she left it. Where both changed it, theirs stands (they were first) and mine
    comes back as a clash. A block that one changed and the other took away stays.
    """
    at = (places(base), places(mine), places(theirs))
    clashes: list[Clash] = []

    def said(place: str) -> str:
        was, my, their = (one.get(place, "") for one in at)
        if my in (was, their):
            return their
        if their == was:
            return my
        clashes.append(Clash(place, my, their))
        return their

    document = LetterDocument(
        subject=_words("subject", said),
        lead=_words("lead", said),
        blocks=tuple(_merged_block(key, base, mine, theirs, said) for key in _order(base, mine, theirs)),
        signers=mine.signers if said("signers") == at[1]["signers"] else theirs.signers,
        contact=said("contact"),
    )
    return Merged(document, tuple(clashes))


def take(document: LetterDocument, place: str, source: LetterDocument) -> LetterDocument:
    """The letter with what stands in a place of another letter; unchanged where either has no such place."""
    name, _, rest = place.partition("/")
    if name in ("subject", "lead") and rest in ("sv", "en"):
        return replace(
            document, **{name: replace(getattr(document, name), **{rest: getattr(getattr(source, name), rest)})}
        )
    if name in ("contact", "signers") and not rest:
        return replace(document, **{name: getattr(source, name)})
    key, _, inner = rest.partition("/")
    taken = _by_key(source).get(key)
    if name != "blocks" or taken is None:
        return document
    blocks = tuple(_with(block, inner, taken) if block.key == key else block for block in document.blocks)
    return replace(document, blocks=blocks)


def differences(before: LetterDocument, after: LetterDocument) -> list[tuple[str, str, str]]:
    """(place, what stood, what stands) of every place that is another, in the order of the page."""
    was, now = places(before), places(after)
    every = list(dict.fromkeys([*now, *was]))
    return [
        (place, was.get(place, ""), now.get(place, "")) for place in every if was.get(place, "") != now.get(place, "")
    ]


def _inner(block: Block) -> dict[str, str]:
    return {
        "kind": block.kind,
        "words/sv": block.words.sv,
        "words/en": block.words.en,
        "caption/sv": block.caption.sv,
        "caption/en": block.caption.en,
        "ref": block.ref,
        "passing_on": "yes" if block.is_for_passing_on else "",
    }


def _with(block: Block, inner: str, taken: Block) -> Block:
    name, _, language = inner.partition("/")
    if name in ("words", "caption") and language in ("sv", "en"):
        words: Words = getattr(taken, name)
        return replace(block, **{name: replace(getattr(block, name), **{language: getattr(words, language)})})
    if name == "ref":
        return replace(block, ref=taken.ref)
    return replace(block, is_for_passing_on=taken.is_for_passing_on) if name == "passing_on" else block


def _words(name: str, said: _Said) -> Words:
    return Words(sv=said(f"{name}/sv"), en=said(f"{name}/en"))


def _merged_block(key: str, base: LetterDocument, mine: LetterDocument, theirs: LetterDocument, said: _Said) -> Block:
    """A block that is in both, or in one of them because the other did not have it or took it away."""
    my, their = _by_key(mine).get(key), _by_key(theirs).get(key)
    if my is None or their is None:
        return my or their or _by_key(base)[key]
    place = f"blocks/{key}"
    return Block(
        key=key,
        kind=their.kind,
        words=_words(f"{place}/words", said),
        caption=_words(f"{place}/caption", said),
        ref=said(f"{place}/ref"),
        is_for_passing_on=said(f"{place}/passing_on") == "yes",
    )


def _order(base: LetterDocument, mine: LetterDocument, theirs: LetterDocument) -> list[str]:
    """Their order, unless I alone moved something; what only the other has stands after what it stood after there."""
    was, my, their = _by_key(base), _by_key(mine), _by_key(theirs)
    they_moved = [key for key in their if key in was] != [key for key in was if key in their]
    first, other = (their, my) if they_moved else (my, their)
    order = [key for key in first if _stays(key, was, my, their)]
    for place, key in enumerate(other):
        if key not in order and _stays(key, was, my, their):
            before = [one for one in list(other)[:place] if one in order]
            order.insert(order.index(before[-1]) + 1 if before else 0, key)
    return order


def _stays(key: str, was: Mapping[str, Block], my: Mapping[str, Block], their: Mapping[str, Block]) -> bool:
    """In both; or new in one; or taken away by one while the other changed it."""
    if key in my and key in their:
        return True
    return (my.get(key) or their.get(key)) != was.get(key, _GONE)


def _by_key(document: LetterDocument) -> dict[str, Block]:
    return {block.key: block for block in document.blocks}


def _signers_as_text(signers: tuple[Signer, ...]) -> str:
    return "\n".join(" / ".join(part for part in (one.name, one.title.sv, one.title.en) if part) for one in signers)
