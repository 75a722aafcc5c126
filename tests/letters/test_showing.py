"""A letter as it is shown: figures, dates and promises in place, and the same words on the web, in mail, on paper."""

from __future__ import annotations

import io

import pypdf

from samspel.letters.models import Frozen, KeyDate, Promise
from samspel.letters.operations import freezing
from samspel.letters.queries import showing
from tests.letters.conftest import AT, BODY, make_letter, text_block
from tests.letters.markup import HARMFUL, Markup, words_of

LINE = {"why": "Du är samordnare.", "archive_address": "", "unsubscribe_address": ""}


def test_web_page_mail_text_and_paper_say_the_same(full_letter, organizers):
    freezing.freeze(full_letter, at=AT)
    for frozen in Frozen.objects.all():
        shown = showing.shown(full_letter, frozen.language, AT, frozen=frozen)
        mail = showing.mail_of(shown, **LINE)
        web = words_of(Markup(frozen.web_html).words)
        pages = pypdf.PdfReader(io.BytesIO(freezing.pdf(full_letter, frozen.language))).pages
        paper = words_of(" ".join(page.extract_text() for page in pages))
        wording = words_of(shown.subject) | words_of(shown.lead)

        for said in (words_of(mail.text), words_of(Markup(mail.html).words), paper):
            assert web | wording <= said
        addresses = words_of("https mote example")
        assert words_of(mail.text) - addresses <= words_of(Markup(mail.html).words)


def test_a_date_and_a_promise_are_shown_as_they_stand(full_letter):
    blocks = {block.key: block for block in showing.shown(full_letter, "en", AT).blocks}

    assert (blocks["c"].date.title, blocks["c"].date.where) == ("Theme seminar", "På nätet")
    assert "https://mote.example/1" in blocks["c"].html
    assert blocks["d"].is_open and "In March." in blocks["d"].html
    assert [block.changed for block in blocks.values()] == [""] * 4


def test_a_letter_without_english_is_shown_in_swedish(editor):
    letter = make_letter({**BODY, "subject": {"sv": "Bara svenska"}}, by=editor)
    shown = showing.shown(letter, "en", AT)

    assert (shown.language, shown.languages, shown.subject) == ("sv", ("sv",), "Bara svenska")


def test_what_a_letter_points_to_and_is_gone_leaves_no_hole(editor):
    gone = "00000000-0000-4000-8000-000000000001"
    blocks = [
        {"key": kind, "kind": kind, "ref": ref}
        for kind in ("live", "promise", "picture")
        for ref in (f"letters.date:{gone}" if kind == "live" else gone,)
    ]
    letter = make_letter({**BODY, "blocks": [*blocks, {"key": "x", "kind": "live", "ref": "nothing"}]}, by=editor)

    assert showing.shown(letter, "sv", AT).blocks == ()


def test_markup_in_every_field_is_words_everywhere(officer, seminar, coming, organizers):
    seminar.title_sv = seminar.place_sv = coming.words_sv = HARMFUL
    seminar.link = "javascript:alert(4)"
    seminar.save()
    coming.save()
    blocks = [
        text_block("a", HARMFUL),
        {"key": "c", "kind": "live", "ref": f"letters.date:{seminar.key}"},
        {"key": "d", "kind": "promise", "ref": str(coming.key)},
    ]
    said = {"sv": HARMFUL, "en": ""}
    body = {**BODY, "subject": said, "lead": said, "blocks": blocks, "contact": HARMFUL,
            "signers": [{"name": HARMFUL[:120], "title": said}]}  # fmt: skip
    letter = make_letter(body, by=officer, slug="brevet", sent_at=AT, state="sent")

    frozen = freezing.freeze(letter, at=AT)[0]
    mail = showing.mail_of(
        showing.shown(letter, "sv", AT, frozen=frozen), why=HARMFUL, archive_address="",
        unsubscribe_address="https://x.example/\"'><script>", greeting=HARMFUL,
    )  # fmt: skip
    for html in (frozen.web_html, frozen.mail_html, mail.html):
        markup = Markup(html)
        assert not markup.names & {"script", "img", "iframe", "svg", "object"}
        assert not [name for name in markup.attributes if name.startswith("on")]
        assert not [address for address in markup.all_of("href") if address.startswith("javascript")]
    assert freezing.pdf(letter, "sv").startswith(b"%PDF")


def test_a_mail_has_what_is_each_recipients_own(full_letter):
    shown = showing.shown(full_letter, "sv", AT)
    bare = showing.mail_of(shown, **LINE)
    whole = showing.mail_of(
        shown, why="Du är rektor.", archive_address="https://samspel.example/brev/x/",
        unsubscribe_address="https://samspel.example/av/", greeting="Läs **detta**.",
    )  # fmt: skip

    assert "Du är samordnare." in bare.text and "Du är samordnare." in bare.html
    assert "Läs detta." in whole.text and "Läs <strong>detta</strong>." in whole.html
    assert "https://samspel.example/av/" in whole.text and "https://samspel.example/av/" in whole.html
    assert "\0" not in bare.text + bare.html + whole.text + whole.html
    assert max(len(line) for line in bare.text.split("\n")) <= 72


def test_a_mail_leads_to_whole_addresses_in_the_readers_language(editor, settings):
    letter = make_letter({**BODY, "blocks": [text_block("a", "[Läs](/huvudman/)", "[Read](/huvudman/)")]}, by=editor)
    mail = showing.mail_of(showing.shown(letter, "en", AT), **LINE)

    assert f'href="{settings.SAMSPEL_URL}/en/huvudman/"' in mail.html
    assert f"Read ({settings.SAMSPEL_URL}/en/huvudman/)" in mail.text


def test_queries_do_not_grow_with_blocks(editor, officer, django_assert_num_queries):
    def letter_of(count):
        blocks = []
        for place in range(count):
            key_date = KeyDate.objects.create(title_sv="Möte", starts_at=AT, owner=officer, made_at=AT, changed_at=AT)
            promise = Promise.objects.create(
                about="x", kind="link", words_sv="Kommer", owner=officer, due_on=AT.date(), made_at=AT
            )
            blocks += [
                {"key": f"c{place}", "kind": "live", "ref": f"letters.date:{key_date.key}"},
                {"key": f"d{place}", "kind": "promise", "ref": str(promise.key)},
            ]
        return make_letter({**BODY, "blocks": blocks}, by=editor)

    for letter in (letter_of(1), letter_of(20)):
        with django_assert_num_queries(3):
            showing.shown(letter, "sv", AT)
