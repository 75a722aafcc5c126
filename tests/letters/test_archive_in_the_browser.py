"""The archive in a real browser: accessible in both languages, and nothing wider than a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samspel.letters.models import PromiseState
from samspel.letters.operations import freezing
from tests.letters.conftest import AT, BODY, make_letter, text_block
from tests.letters.test_archive import picture_of

pytestmark = pytest.mark.browser

WIDTHS = (320, 1280)


@pytest.fixture
def letters(editor, full_letter, seminar, coming):
    """A letter with a picture and a wide table, whose date has moved and whose promise has come, and its correction."""
    table = "| Huvudman | År | Elever |\n|---|---|---|\n| Enmycketlångpåhittadkommunutanmellanslag | 2021 | 1 234 |"
    blocks = [
        *full_letter.body["blocks"],
        text_block("e", f"## Tabell\n\n{table}\n\nSe https://samspel.example/{'x' * 90}", "## Table\n\nNone."),
        {"key": "f", "kind": "picture", "ref": str(picture_of(full_letter).key), "words": {"sv": "Karta", "en": "Map"},
         "caption": {"sv": "Kartan", "en": "The map"}},
    ]  # fmt: skip
    full_letter.body = {**full_letter.body, "blocks": blocks}
    full_letter.save()
    freezing.freeze(full_letter, at=AT)
    seminar.starts_at += timedelta(days=7)
    seminar.save()
    coming.state, coming.filled_sv, coming.ended_at = PromiseState.FILLED, "Klockan tio.", AT
    coming.save()
    correction = make_letter(
        {**BODY, "subject": {"sv": "Rättelse"}},
        by=editor,
        slug="rattelse",
        sent_at=AT,
        state="sent",
        corrects=full_letter,
    )
    freezing.freeze(correction, at=AT)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_archive_is_accessible_and_fits_a_phone(live, new_page, letters, axe, prefix):
    for width in WIDTHS:
        page = new_page(viewport={"width": width, "height": 800})
        for address in ("/brev/", "/brev/?ar=2026", "/brev/brevet/", "/brev/rattelse/"):
            page.goto(prefix + address)
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_what_has_changed_leads_to_its_place(live, new_page, letters):
    page = new_page()
    page.goto("/brev/")
    page.get_by_role("link", name="Brev till samordnarna 2026").click()
    page.get_by_role("link", name="Temaseminarium").first.click()

    assert page.url.endswith("#b-c")
    assert page.locator("#b-c").get_by_text("29 december 2026 kl. 10.00").is_visible()
    assert page.locator("#b-c").get_by_text("Ny tid. Den var 22 december 2026 kl. 10.00.").is_visible()
