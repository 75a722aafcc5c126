"""A letter frozen when it is sent: its figures found once and put in as words, its page and its mail as they were."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.kernel import documents as paper
from samspel.kernel.files import storing
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.dates import day_text
from samspel.letters.models import Frozen, Letter, Picture
from samspel.letters.queries import figures, showing
from samspel.letters.queries.showing import blocks as block_queries
from samspel.letters.queries.showing import letters as letter_queries
from samspel.letters.queries.showing.addresses import whole
from samspel.letters.rules import documents
from samspel.letters.rules.rendering import paper_block


class FigureMissing(Refusal):
    """The letter asks for a figure that nobody has."""

    def __init__(self, names: list[str]) -> None:
        said = _("There is no figure called %(names)s. Choose another in the letter, or write the number out.")
        super().__init__(said % {"names": ", ".join(names)}, code="figure_missing")


@transaction.atomic
def freeze(letter: Letter, *, at: datetime) -> list[Frozen]:
    """The letter as it is sent, a row for each of its languages, Swedish first. Once: the rows never change again.

    Raises FigureMissing where it asks for a figure that there is not.
    """
    document = documents.read(letter.body)
    if missing := figures.unknown_in(document):
        raise FigureMissing(missing)
    return [_frozen(letter, document, language, at) for language in (("sv", "en") if document.has_english else ("sv",))]


def pdf(letter: Letter, language: str) -> bytes:
    """The letter as a tagged PDF: as it was sent, or as it is written where it has not been."""
    frozen = Frozen.objects.filter(letter=letter, language=language).first()
    at = frozen.frozen_at if frozen else letter.changed_at
    shown = showing.shown(letter, language, at, frozen=frozen, as_sent=frozen is not None)
    with override(shown.language):
        return paper.pdf("letters/documents/letter.typ", _paper(shown, at), shown.language, at=at)


def _frozen(letter: Letter, document: documents.LetterDocument, language: str, at: datetime) -> Frozen:
    with override(language):
        rows = letter_queries.figures_of(document, language, at)
        filled = letter_queries.put_in(document, rows)
        body = {**documents.as_data(filled), "then": block_queries.then_of(document, language, at)}
        one = Frozen(letter=letter, language=language, body=body, figures=rows, frozen_at=at)
        shown = showing.shown(letter, language, at, frozen=one)
        mail = showing.mail_of(shown, why="", archive_address="", unsubscribe_address="")
        one.subject, one.mail_html, one.mail_text = shown.subject, mail.html, mail.text
        one.web_html = render_to_string("letters/archive/words.html", {"shown": shown})
        one.save()
    return one


def _paper(shown: showing.ShownLetter, at: datetime) -> dict[str, Any]:
    pictures = _pictures(shown)
    absolute = whole(shown.language)
    return {
        "title": shown.subject,
        "lead": shown.lead,
        "day": day_text(at),
        "blocks": [paper_block(block, absolute, pictures.get(block.key, b"")) for block in shown.blocks],
        "signers": [list(signer) for signer in shown.signers],
        "contact": _("Questions? Write to %(contact)s") % {"contact": shown.contact} if shown.contact else "",
        "foot": shown.subject,
        "figures_heading": _("Figures in the letter"),
        "figures": [
            _("%(label)s: %(value)s on %(day)s. Source: %(source)s.")
            % {"label": one.label, "value": one.value, "day": day_text(one.as_of), "source": one.source}
            for one in shown.figures
        ],
    }


def _pictures(shown: showing.ShownLetter) -> dict[str, bytes]:
    """Block key to the bytes of its picture."""
    keys = {block.key: block.picture.key for block in shown.blocks if block.picture}
    rows = Picture.objects.filter(key__in=set(keys.values())).select_related("file") if keys else ()
    kept = {str(one.key): storing.read(one.file) for one in rows}
    return {block: kept[key] for block, key in keys.items() if key in kept}
