"""What the page of writing shows: each block with its words, what it can be, and advice on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from samspel.letters.models import Letter, Promise
from samspel.letters.queries.handed import figure_sources, live_sources
from samspel.letters.rules import documents, figures, plain_language, rich_text
from samspel.letters.rules.documents import LIVE, PICTURE, PROMISE, TEXT
from samspel.letters.rules.merging import places


@dataclass(frozen=True)
class LanguageRow:
    """A block's words in a language: the code, what it is called, the words, and advice on them."""

    code: str
    name: str
    words: str
    caption: str = ""
    advice: plain_language.Advice | None = None
    faults: tuple[rich_text.TextFault, ...] = ()


@dataclass(frozen=True)
class BlockRow:
    """A block as it is written. number: its place from 1; choices: what a picture, date or promise can be."""

    key: str
    kind: str
    label: str
    number: int
    languages: list[LanguageRow]
    ref: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    picture: Any = None
    is_for_passing_on: bool = False
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True)
class FigureRow:
    """A figure that can be put in: its sign, what it counts, its value now and the day it holds for."""

    sign: str
    label: str
    value: str
    as_of: Any = None


@dataclass(frozen=True)
class AsideRow:
    """What was written while another was first: where, in words, both texts, whose and when."""

    number: int
    place: str
    where: str
    text: str
    stands: str
    by: Any
    at: datetime


def blocks_of(letter: Letter, data: Mapping[str, Any], at: datetime) -> list[BlockRow]:
    """The blocks of a letter's data, kept or only typed, in order. Queries do not grow with the blocks."""
    given = [block for block in data.get("blocks", []) if isinstance(block, Mapping)]
    kinds = {block.get("kind") for block in given}
    pictures = {str(one.key): one for one in letter.pictures.order_by("pk")} if PICTURE in kinds else {}
    choices: dict[str, list[tuple[str, str]]] = {
        PICTURE: [(key, _("Picture %(number)s") % {"number": number}) for number, key in enumerate(pictures, 1)],
        LIVE: live_choices(at) if LIVE in kinds else [],
        PROMISE: promise_choices(letter) if PROMISE in kinds else [],
    }
    return [_row(block, number, len(given), choices, pictures) for number, block in enumerate(given, 1)]


def live_choices(at: datetime) -> list[tuple[str, str]]:
    """What shows itself as it stands, of every source: ("<source>:<key>", what it is)."""
    return [(f"{one.name}:{key}", str(label)) for one in live_sources for key, label in one.choices(at)]


def promise_choices(letter: Letter) -> list[tuple[str, str]]:
    """What is promised about this letter."""
    found = Promise.objects.filter(about=f"letters.letter:{letter.key}").order_by("due_on", "pk")
    return [(str(one.key), one.words_sv) for one in found]


def figures_now(at: datetime) -> list[FigureRow]:
    """Every figure a writer may put in, as it is now."""
    rows = []
    for one in figure_sources:
        found = one.find(at)
        rows.append(FigureRow(f"{{{{{one.name}}}}}", str(one.label), figures.words(found.value, "", "sv"), found.as_of))
    return rows


def advice_on_all(data: Mapping[str, Any], language: str) -> plain_language.Advice:
    """Advice on all the texts of a letter together."""
    texts = [
        str((block.get("words") or {}).get(language, ""))
        for block in data.get("blocks", [])
        if block.get("kind") == TEXT
    ]
    return plain_language.advise("\n\n".join(texts), language)


def asides(letter: Letter) -> list[AsideRow]:
    """What waits to be decided on, oldest first: one query."""
    rows = letter.revisions.filter(body__has_key="set_aside").exclude(body__set_aside={}).order_by("number")
    document = documents.read(letter.body)
    stands = places(document)
    return [
        AsideRow(row.number, place, where_in_words(place, document), text, stands.get(place, ""), row.by, row.at)
        for row in rows
        for place, text in row.body["set_aside"].items()
    ]


def where_in_words(place: str, document: documents.LetterDocument) -> str:
    """Where in a letter, for people: "Text 2, in English"."""
    name, _slash, rest = place.partition("/")
    simple = {
        "signers": _("Signers"),
        "contact": _("Address for questions"),
        "order": _("The order of the parts"),
        "subject": _("Subject"),
        "lead": _("Line after the subject"),
    }
    if name != "blocks":
        said = str(simple.get(name, name))
        return said if not rest else _in_language(said, rest)
    key, _slash, inner = rest.partition("/")
    numbered = {block.key: number for number, block in enumerate(document.blocks, 1)}
    said = _("Part %(number)s") % {"number": numbered[key]} if key in numbered else _("A part that is gone")
    if inner.startswith("caption"):
        said = _("Caption of %(part)s") % {"part": said}
    return _in_language(said, inner.rpartition("/")[2])


def kind_in_words(kind: str) -> str:
    """What a kind of block is called."""
    return str({TEXT: _("Text"), PICTURE: _("Picture"), LIVE: _("Key date"), PROMISE: _("Promised")}.get(kind, kind))


def _in_language(said: str, language: str) -> str:
    if language == "sv":
        return _("%(what)s, in Swedish") % {"what": said}
    return _("%(what)s, in English") % {"what": said} if language == "en" else said


def _row(
    block: Mapping[str, Any], number: int, many: int, choices: Mapping[str, list[tuple[str, str]]], pictures: Any
) -> BlockRow:
    kind, ref = str(block.get("kind", "")), str(block.get("ref", ""))
    return BlockRow(
        key=str(block.get("key", "")),
        kind=kind,
        label=kind_in_words(kind),
        number=number,
        languages=[_language(block, "sv", _("Swedish"), kind), _language(block, "en", _("English"), kind)],
        ref=ref,
        choices=choices.get(kind, []),
        picture=pictures.get(ref) if kind == PICTURE else None,
        is_for_passing_on=block.get("is_for_passing_on") is True,
        is_first=number == 1,
        is_last=number == many,
    )


def _language(block: Mapping[str, Any], code: str, name: str, kind: str) -> LanguageRow:
    words = str((block.get("words") or {}).get(code, ""))
    is_text = kind == TEXT and bool(words.strip())
    return LanguageRow(
        code=code,
        name=name,
        words=words,
        caption=str((block.get("caption") or {}).get(code, "")),
        advice=plain_language.advise(words, code) if is_text else None,
        faults=tuple(rich_text.faults(words)) if is_text else (),
    )
