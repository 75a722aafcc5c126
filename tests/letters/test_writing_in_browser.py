"""A letter is written in a real browser: by who has never seen Markdown, with and without scripts, on a phone."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from samspel.letters.models import Letter
from samspel.letters.operations import writing
from samspel.testing.sessions import log_in_page
from tests.letters.conftest import AT, BODY

pytestmark = pytest.mark.browser


@pytest.fixture
def log_in(live, new_page):
    """`log_in(person, **options)`: a page where this person is logged in."""

    def open_page(person, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        return page

    return open_page


@pytest.fixture
def begun(editor):
    """A letter with words, and a copy of an empty one."""
    letter = writing.begin(by=editor, at=AT)
    return writing.change(letter=letter, body=BODY, revision=1, by=editor, at=AT)


def write_address(letter, prefix=""):
    return f"{prefix}/arbete/brev/{letter.key}/skriv/"


def text_of(letter, key="a1"):
    letter.refresh_from_db()
    return next(block["words"]["sv"] for block in letter.body["blocks"] if block["key"] == key)


def test_a_letter_is_written_with_the_buttons_alone(live, log_in, editor, begun):
    page = log_in(editor)
    page.goto(write_address(begun))
    part = page.locator("#part-a1")
    area = part.get_by_label("Text, svenska")

    area.fill("Tio år\nArbetet har gett resultat")
    area.evaluate("area => area.setSelectionRange(0, 0)")
    part.get_by_role("button", name="Rubrik").first.click()
    area.evaluate("area => area.setSelectionRange(area.value.indexOf('resultat'), area.value.length)")
    part.get_by_role("button", name="Fet").first.click()
    part.get_by_text("6 ord", exact=True).first.wait_for()
    page.get_by_role("button", name="Spara", exact=True).last.click()
    page.get_by_text("Sparat.").wait_for()

    assert text_of(begun) == "## Tio år\nArbetet har gett **resultat**"


def test_lists_and_links_are_made_and_unmade_by_the_same_button(live, log_in, editor, begun):
    page = log_in(editor)
    page.goto(write_address(begun))
    area = page.locator("#id-a1-words-sv")
    tools = page.locator("#part-a1 .letter-tools").first

    area.fill("Ett\nTvå")
    area.evaluate("area => area.setSelectionRange(0, area.value.length)")
    tools.get_by_role("button", name="Numrerad lista").click()
    assert area.input_value() == "1. Ett\n2. Två"
    area.evaluate("area => area.setSelectionRange(0, area.value.length)")
    tools.get_by_role("button", name="Numrerad lista").click()
    assert area.input_value() == "Ett\nTvå"
    tools.get_by_role("button", name="Länk").click()
    page.keyboard.type("example.org")
    assert area.input_value() == "Ett\nTvå[länkens text](https://example.org)"


def test_how_it_reads_is_shown_while_one_writes(live, log_in, editor, begun):
    page = log_in(editor)
    page.goto(write_address(begun))
    part = page.locator("#part-a1")

    part.get_by_label("Text, svenska").fill("Härmed **skickas** brevet.")
    part.get_by_role("button", name="Se hur det läses").first.click()

    part.locator(".letter-look strong", has_text="skickas").wait_for()
    part.locator(".letter-look summary").click()
    part.get_by_text("pröva ”med det, så”").wait_for()


def test_two_in_two_windows_lose_nothing(live, log_in, editor, officer, begun):
    first, second = log_in(editor), log_in(officer)
    for page in (first, second):
        page.goto(write_address(begun))
    first.locator("#id-a1-words-sv").fill("Det som kom först")
    first.get_by_role("button", name="Spara", exact=True).last.click()
    first.get_by_text("Sparat.").wait_for()
    second.locator("#id-a1-words-sv").fill("Det som kom sedan")
    second.locator("#id-b2-words-sv").fill("Hälsa dem alla")
    second.get_by_role("button", name="Spara", exact=True).last.click()

    second.get_by_role("heading", name="Lagt åt sidan, inte borttappat").wait_for()
    assert (text_of(begun), text_of(begun, "b2")) == ("Det som kom först", "Hälsa dem alla")
    second.get_by_role("button", name="Använd det som lades åt sidan").click()
    second.get_by_text("Klart. Båda texterna finns kvar i historiken.").wait_for()
    assert text_of(begun) == "Det som kom sedan"


def test_a_whole_letter_is_written_without_a_script(live, log_in, editor, tmp_path):
    drawn = io.BytesIO()
    Image.new("RGB", (2400, 1200), "teal").save(drawn, "JPEG")
    (tmp_path / "nätverk.jpg").write_bytes(drawn.getvalue())
    page = log_in(editor, java_script_enabled=False)
    page.goto("/arbete/brev/nytt/")
    page.get_by_role("button", name="Börja på brevet").click()
    page.get_by_label("Ämne, på svenska").fill("Brev till samordnarna")
    page.get_by_role("group", name="Lägg till sist").get_by_role("button", name="Text").click()
    page.get_by_label("Text, svenska").fill("Vi ses i maj.")
    page.get_by_role("group", name="Lägg till sist").get_by_role("button", name="Bild").click()
    page.get_by_role("button", name="Spara, och hämta in en bild").click()
    page.get_by_label("Bild", exact=False).set_input_files(tmp_path / "nätverk.jpg")
    page.get_by_role("button", name="Hämta in bilden").click()
    page.get_by_text("Bilden gjordes mindre: 1200 × 600.").wait_for()
    page.get_by_role("link", name="Tillbaka till brevet").click()
    page.get_by_label("Vilken bild").select_option("Bild 1")
    page.get_by_label("Vad bilden visar, svenska").fill("Samordnare kring ett bord")
    page.get_by_role("button", name="Spara och förhandsgranska").click()

    page.get_by_role("heading", name="Brev till samordnarna").wait_for()
    page.get_by_role("img", name="Samordnare kring ett bord").wait_for()
    assert [block["kind"] for block in Letter.objects.get().body["blocks"]] == ["text", "picture"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_are_accessible_and_fit_a_phone(live, log_in, editor, officer, begun, coordinators, axe, prefix):
    other = {**BODY, "blocks": [{**BODY["blocks"][0], "words": {"sv": "Nytt <b>", "en": "New"}}, BODY["blocks"][1]]}
    writing.set_audience(letter=begun, audience={"to": ["role:coordinator"]}, by=editor, at=AT)
    writing.change(letter=begun, body=other, revision=3, by=officer, at=AT)
    mine = {**BODY, "blocks": [{**BODY["blocks"][0], "words": {"sv": "Mitt", "en": "Mine"}}, BODY["blocks"][1]]}
    mine["blocks"] += [{"key": kind, "kind": kind} for kind in ("picture", "live", "promise")]
    writing.change(letter=begun, body=mine, revision=3, by=editor, at=AT)
    page = log_in(editor, viewport={"width": 320, "height": 700})
    letter = f"{prefix}/arbete/brev/{begun.key}/"

    for path in (
        "",
        "skriv/",
        "bilder/",
        "om/",
        "historik/",
        "forhandsvisa/",
        "forhandsvisa/?visa=text",
        "skickas-inte/",
    ):
        page.goto(letter + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    for path in ("/arbete/brev/", "/arbete/brev/nytt/"):
        page.goto(prefix + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_mail_stands_apart_and_is_read(live, log_in, editor, begun):
    page = log_in(editor)
    page.goto(f"/arbete/brev/{begun.key}/forhandsvisa/?visa=mejl")

    page.frame_locator("iframe.mail-look").get_by_text("Fler nätverk").wait_for()
