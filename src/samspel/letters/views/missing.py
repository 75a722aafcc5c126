"""What a letter still lacks before somebody can approve it, and what she who writes it should know of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.letters.models import Letter, LinkCheck, Promise
from samspel.letters.operations.sending.refusals import SENTENCES
from samspel.letters.queries import approvals, figures, links
from samspel.letters.queries.writing import where_in_words
from samspel.letters.rules import documents, rich_text
from samspel.letters.rules.documents import LIVE, PICTURE, PROMISE, TEXT, LetterDocument

# The page on which each is put right, where it is another than that of writing.
_PAGES: Final = {"nobody": "audience"}


@dataclass(frozen=True)
class Missing:
    """A sentence, where it is put right, and whether it keeps the letter from being approved or is only said."""

    sentence: Any
    url: str = ""
    is_hindrance: bool = False


def of(letter: Letter, at: datetime) -> list[Missing]:
    """All of it: first what stands in the way, then what is worth knowing. Queries do not grow with the letter."""
    found = [
        Missing(SENTENCES[code], _url(letter, _PAGES.get(code, "write")), is_hindrance=True)
        for code in approvals.wanting(letter, at)
    ]
    try:
        document = documents.read(letter.body)
    except documents.DocumentRefused:
        return found
    here = _url(letter, "write")
    unknown = _("There is no figure called %(name)s. Choose one of those that are listed, or take it out.")
    found += [Missing(unknown % {"name": one}, here, is_hindrance=True) for one in figures.unknown_in(document)]
    said = [*_left_open(document), *_english(document), *_texts(document), *_late(letter, at)]
    return found + [Missing(one, here) for one in [*said, *_dead(letter)]]


def _left_open(document: LetterDocument) -> list[str]:
    what = {PICTURE: _("No picture is chosen in %(part)s."), LIVE: _("No date is chosen in %(part)s."),
            PROMISE: _("Nothing promised is chosen in %(part)s.")}  # fmt: skip
    return [
        what[block.kind] % {"part": where_in_words(f"blocks/{block.key}/", document)}
        for block in document.blocks
        if block.kind in what and not block.ref
    ]


def _english(document: LetterDocument) -> list[str]:
    if document.has_english:
        pictures = [
            block for block in document.blocks if block.kind == PICTURE and block.words.sv and not block.words.en
        ]
        return [_("A picture has no words in English. Who reads English hears the Swedish ones.")] if pictures else []
    begun = document.subject.en or any(block.words.en for block in document.blocks)
    return [_("The English is not whole, so English is not offered. Write it all, or none of it.")] if begun else []


def _texts(document: LetterDocument) -> list[str]:
    said = {
        rich_text.MARKUP: _("%(what)s is shown as words, since a letter holds no code."),
        rich_text.PICTURE: _("%(what)s is no picture here: add a part that is a picture."),
        rich_text.NOT_ALLOWED: _(
            "The link %(what)s is not made: a link leads to https, http, mailto, tel or a page here."
        ),
    }
    found = [
        said[fault.code] % {"what": fault.detail[:100]}
        for block in document.blocks
        if block.kind == TEXT
        for text in (block.words.sv, block.words.en)
        for fault in rich_text.faults(text)
    ]
    return list(dict.fromkeys(found))


def _late(letter: Letter, at: datetime) -> list[str]:
    late = Promise.objects.filter(
        about=f"letters.letter:{letter.key}", state="open", due_on__lt=timezone.localdate(at)
    ).count()
    return [_("Something promised in the letter should have come already.")] if late else []


def _dead(letter: Letter) -> list[str]:
    return [_dead_in_words(one) for one in links.dead(letter)]


def _dead_in_words(one: LinkCheck) -> str:
    if one.outcome == "slow":
        return _("The link %(address)s took very long to answer. Try it yourself.") % {"address": one.address}
    return _("The link %(address)s does not work. Try it yourself, and put it right.") % {"address": one.address}


def _url(letter: Letter, name: str) -> str:
    try:
        return reverse(f"letters:{name}", args=[letter.key])
    except NoReverseMatch:
        return ""
