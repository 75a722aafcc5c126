"""A whole letter in one language. A constant number of queries, however many blocks it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import override

from samspel.letters.models import Frozen, Letter
from samspel.letters.queries import figures as figure_queries
from samspel.letters.queries.showing import blocks
from samspel.letters.rules import documents, figures
from samspel.letters.rules.documents import LetterDocument
from samspel.letters.rules.rendering import ShownBlock


@dataclass(frozen=True)
class ShownFigure:
    """A figure of the letter: what it counts, the number in words ("1 206"), its day and where it is from."""

    label: str
    value: str
    as_of: date
    source: str
    address: str = ""


@dataclass(frozen=True)
class ShownLetter:
    """A letter to be read. languages: those it can be read in; signers: (name, title); contact: an address or empty."""

    letter: Letter
    language: str
    languages: tuple[str, ...]
    subject: str
    lead: str
    blocks: tuple[ShownBlock, ...]
    signers: tuple[tuple[str, str], ...]
    contact: str
    figures: tuple[ShownFigure, ...]

    @property
    def changes(self) -> list[ShownBlock]:
        """Blocks that say something else than when the letter was sent."""
        return [block for block in self.blocks if block.changed]


def shown(
    letter: Letter, language: str, at: datetime, *, frozen: Frozen | None = None, as_sent: bool = False
) -> ShownLetter:
    """The letter in a language; in Swedish where it has no English.

    frozen: as it was sent, with its figures as then; without it, as it is written now. Dates and promises stand as they
    are at `at`, with what has changed since it was sent; as_sent: as they were then.
    """
    document = documents.read(frozen.body if frozen else letter.body)
    languages = ("sv", "en") if document.has_english else ("sv",)
    language = language if language in languages else "sv"
    with override(language):
        rows = frozen.figures if frozen else figures_of(document, language, at)
        said = {} if frozen else _said(document, rows)
        then = frozen.body.get("then", {}) if frozen else {}
        return ShownLetter(
            letter=letter,
            language=language,
            languages=languages,
            subject=figures.put_in(document.subject.in_language(language), said),
            lead=figures.put_in(document.lead.in_language(language), said),
            blocks=blocks.shown(document, language, at, said=said, then=then, as_sent=as_sent),
            signers=tuple((signer.name, signer.title.in_language(language)) for signer in document.signers),
            contact=document.contact,
            figures=_figures(rows, language),
        )


def figures_of(document: LetterDocument, language: str, at: datetime) -> list[dict[str, Any]]:
    """The figures of a letter as they are now, as data: name, way, label, value, as_of, source, address, shown."""
    found, labels = figure_queries.found(document, at), figure_queries.sources()
    words = figure_queries.in_words(document, {name: figure.value for name, figure in found.items()}, language)
    return [
        {
            "name": place.name,
            "way": place.way,
            "label": str(labels[place.name].label),
            "value": found[place.name].value,
            "as_of": found[place.name].as_of.isoformat(),
            "source": str(found[place.name].source),
            "address": found[place.name].address,
            "shown": shown_as,
        }
        for place, shown_as in words.items()
    ]


def put_in(document: LetterDocument, rows: list[dict[str, Any]]) -> LetterDocument:
    """The letter with the figures of a language in words, in both its languages' texts."""
    said = _said(document, rows)

    def filled(words: documents.Words) -> documents.Words:
        return documents.Words(figures.put_in(words.sv, said), figures.put_in(words.en, said))

    return documents.LetterDocument(
        subject=filled(document.subject),
        lead=filled(document.lead),
        blocks=tuple(blocks.with_words(block, filled) for block in document.blocks),
        signers=document.signers,
        contact=document.contact,
    )


def _said(document: LetterDocument, rows: list[dict[str, Any]]) -> Mapping[figures.Place, str]:
    return {figures.Place(row["name"], row["way"]): row["shown"] for row in rows}


def _figures(rows: list[dict[str, Any]], language: str) -> tuple[ShownFigure, ...]:
    """Each figure once, however many ways it stands in the letter."""
    once: dict[str, dict[str, Any]] = {}
    for row in rows:
        once.setdefault(row["name"], row)
    return tuple(
        ShownFigure(
            row["label"],
            figures.words(row["value"], "", language),
            date.fromisoformat(row["as_of"]),
            row["source"],
            row["address"],
        )
        for row in once.values()
    )
