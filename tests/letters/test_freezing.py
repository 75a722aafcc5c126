"""What a letter said when it was sent stays: its words and figures as then, in rows that never change."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from samspel.kernel.files import storing
from samspel.letters.models import Frozen, Picture, PromiseState
from samspel.letters.operations import freezing
from samspel.letters.queries import showing
from samspel.letters.rules import figures
from samspel.registry.models import Appointment, Organizer
from tests.casefiles.conftest import make_organizer
from tests.letters.conftest import AT, BODY, make_letter, text_block

LATER = AT + timedelta(days=10)


def with_figures(editor, words="{{huvudman|over}} huvudmän, {{samordnare}} samordnare"):
    body = {**BODY, "subject": {"sv": "Till {{huvudman}} huvudmän"}, "blocks": [text_block("a", words)]}
    return make_letter(body, by=editor, slug="brevet", sent_at=AT, state="sent")


def test_figures_are_found_once_and_stay_as_words(editor, organizers, coordinators):
    letter, count = with_figures(editor), Organizer.objects.filter(ended_on=None).count()
    frozen = freezing.freeze(letter, at=AT)[0]
    make_organizer(9)
    shown = showing.shown(letter, "sv", LATER, frozen=frozen)

    assert frozen.subject == shown.subject == f"Till {count} huvudmän"
    assert f"{figures.words(count, figures.OVER, 'sv')} huvudmän, 2 samordnare" in shown.blocks[0].html
    assert {row["name"]: (row["value"], row["as_of"]) for row in frozen.figures} == {
        "huvudman": (count, "2026-11-22"),
        "samordnare": (2, "2026-11-22"),
    }
    assert showing.shown(letter, "sv", LATER).subject == f"Till {count + 1} huvudmän"


def test_a_coordinator_of_two_organizers_is_one_and_her_organizers_two(editor, organizers, coordinators):
    Appointment.objects.create(person=coordinators[0], role="coordinator", organizer=organizers[2], from_on=AT.date())
    letter = with_figures(editor, "{{huvudman_med_samordnare}} och {{samordnare}}")

    assert "3 och 2" in freezing.freeze(letter, at=AT)[0].web_html


def test_a_figure_nobody_has_is_refused_in_words_and_freezes_nothing(editor):
    letter = with_figures(editor, "{{pengar}} och {{huvudman|under}}")
    with pytest.raises(freezing.FigureMissing) as refused:
        freezing.freeze(letter, at=AT)

    assert "pengar, huvudman|under" in str(refused.value)
    assert not Frozen.objects.exists()


def test_each_language_is_frozen_in_its_own_words(full_letter):
    swedish, english = freezing.freeze(full_letter, at=AT)

    assert (swedish.language, english.language) == ("sv", "en")
    assert "Theme seminar" in english.web_html and "Temaseminarium" in swedish.web_html
    assert "Theme seminar" in english.mail_text and "Temaseminarium" in swedish.mail_html


def test_a_frozen_letter_is_never_changed_nor_taken_away(full_letter):
    frozen = freezing.freeze(full_letter, at=AT)[0]
    for change in (lambda: Frozen.objects.update(subject="Annat"), lambda: Frozen.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    with pytest.raises(DatabaseError), transaction.atomic():
        freezing.freeze(full_letter, at=LATER)
    frozen.refresh_from_db()
    assert frozen.subject == BODY["subject"]["sv"]


def test_words_written_afterwards_are_in_no_frozen_letter(full_letter):
    frozen = freezing.freeze(full_letter, at=AT)[0]
    full_letter.body = {**full_letter.body, "subject": {"sv": "Ändrat", "en": ""}}
    full_letter.save()

    assert showing.shown(full_letter, "sv", LATER, frozen=frozen).subject == BODY["subject"]["sv"]


def test_a_date_that_moves_is_shown_as_it_now_stands_with_what_it_was(full_letter, seminar):
    frozen = freezing.freeze(full_letter, at=AT)[0]
    seminar.starts_at += timedelta(days=7)
    seminar.place_sv = "Örebro"
    seminar.save()
    now = next(block for block in showing.shown(full_letter, "sv", LATER, frozen=frozen).blocks if block.key == "c")
    then = next(b for b in showing.shown(full_letter, "sv", LATER, frozen=frozen, as_sent=True).blocks if b.key == "c")

    assert now.date.where == "Örebro" and "29 december 2026" in now.date.when
    assert now.changed == "Ny tid. Den var 22 december 2026 kl. 10.00. Ny plats. Den var På nätet."
    assert now.changed in now.html
    assert (then.date.where, then.changed) == ("På nätet", "")


def test_a_cancelled_date_says_so(full_letter, seminar):
    frozen = freezing.freeze(full_letter, at=AT)[0]
    seminar.state = "cancelled"
    seminar.save()
    block = next(b for b in showing.shown(full_letter, "sv", LATER, frozen=frozen).blocks if b.key == "c")

    assert block.changed == "Det är inställt." and block.date.is_cancelled


def test_a_promise_that_has_come_is_shown_with_when(full_letter, coming):
    frozen = freezing.freeze(full_letter, at=AT)[0]
    coming.state, coming.filled_sv, coming.ended_at = PromiseState.FILLED, "Klockan tio: **inledning**.", LATER
    coming.save()
    block = next(b for b in showing.shown(full_letter, "sv", LATER, frozen=frozen).blocks if b.key == "d")

    assert "<strong>inledning</strong>" in block.html
    assert block.changed == "Det utlovade kom den 2 december 2026."


def test_what_stood_stays_when_what_it_points_to_is_gone(full_letter, seminar, coming):
    frozen = freezing.freeze(full_letter, at=AT)[0]
    coming.delete()
    seminar.delete()
    blocks = {block.key: block for block in showing.shown(full_letter, "sv", LATER, frozen=frozen).blocks}

    assert blocks["c"].date.title == "Temaseminarium"
    assert "Programmet kommer i mars." in blocks["d"].html


def test_the_document_is_tagged_in_its_language_and_says_what_was_sent(full_letter, seminar):
    freezing.freeze(full_letter, at=AT)
    first = freezing.pdf(full_letter, "en")
    seminar.title_en = "Something else"
    seminar.save()
    document = pypdf.PdfReader(io.BytesIO(first))
    said = " ".join(page.extract_text() for page in document.pages)

    assert document.root_object["/MarkInfo"]["/Marked"]
    assert document.root_object["/Lang"] == "en"
    assert document.metadata.title == BODY["subject"]["en"]
    assert "Theme seminar" in said and "Director of education" in said
    assert freezing.pdf(full_letter, "en") == first


def test_a_letter_that_is_being_written_is_a_document_too(letter):
    assert freezing.pdf(letter, "sv").startswith(b"%PDF")


def test_a_picture_stands_in_the_document_with_its_words(editor):
    letter = make_letter(by=editor)
    stream = io.BytesIO()
    Image.effect_noise((400, 300), 80).save(stream, "PNG")
    file = storing.keep_own(stream.getvalue(), name="karta.png", by=None, at=AT)
    picture = Picture.objects.create(letter=letter, file=file, width=400, height=300, added_at=AT)
    block = {"key": "p", "kind": "picture", "ref": str(picture.key), "words": {"sv": "Karta över nätverken"}}
    letter.body = {**BODY, "blocks": [block]}

    document = pypdf.PdfReader(io.BytesIO(freezing.pdf(letter, "sv")))
    assert [len(page.images) for page in document.pages] == [1]
    assert "Karta över nätverken" in alternatives(document.root_object["/StructTreeRoot"]["/K"])


def alternatives(node):
    """Every alternative text of a document's structure."""
    node = node.get_object()
    if isinstance(node, list):
        return [words for kid in node for words in alternatives(kid)]
    if not isinstance(node, dict):
        return []
    own = [node["/Alt"]] if "/Alt" in node else []
    return [*own, *(alternatives(node["/K"]) if "/K" in node else [])]
