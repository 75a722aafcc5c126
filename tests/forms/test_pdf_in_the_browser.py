"""A sheet is downloaded, filled in, handed in and gone through in a real browser; its pages fit a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from samspel.forms.models import HandedIn
from samspel.forms.operations import handing_in, saving
from samspel.forms.queries import sheets
from samspel.forms.queries.answers import fields_of
from samspel.testing.sessions import log_in_page
from tests.forms.test_round_trip import by_pypdf

pytestmark = pytest.mark.browser


@pytest.fixture
def log_in(live, new_page):
    """`log_in(person, **options)`: a page where this person is logged in."""

    def open_page(person, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        return page

    return open_page


def test_a_sheet_is_downloaded_filled_in_handed_in_and_accepted(live, log_in, answer, writer, tmp_path):
    at = timezone.now()
    saving.write(answer=answer, values={"contact": "Anna", "pupils": "12"}, by=writer, at=at, way="page")
    page = log_in(writer)
    page.goto(f"/arbete/formular/{answer.key}/pdf/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner PDF:en").click()
    filled = tmp_path / "ifylld.pdf"
    said = {"contact": "Bo Öst", "pupils": "många", "measures/new1/what": "Läsgrupper", "need": "high"}
    filled.write_bytes(by_pypdf(Path(download.value.path()).read_bytes(), said))

    page.get_by_label("Den ifyllda PDF:en").set_input_files(filled)
    page.get_by_role("button", name="Lämna in PDF:en").click()
    page.get_by_role("heading", name="Vad PDF:en säger").wait_for()
    assert page.get_by_text("Läsgrupper").count() == 1
    assert fields_of(answer) == {"contact": "Anna", "pupils": "12"}
    contact = page.locator("fieldset", has_text="Bo Öst")
    contact.get_by_label("Ta det PDF:en säger").check()
    page.get_by_role("button", name="Spara mina val").click()
    page.get_by_text("1 sak från PDF:en står nu i formuläret.").wait_for()
    page.get_by_role("button", name="Ta allt som bara PDF:en har ändrat").click()
    page.get_by_text("Ingenting: PDF:en är genomgången.").wait_for()

    row = next(path for path in fields_of(answer) if path.count("/") == 1)
    assert fields_of(answer) == {
        "contact": "Bo Öst",
        "pupils": "12",
        "need": "high",
        row: 1,
        f"{row}/what": "Läsgrupper",
    }
    assert HandedIn.objects.get().state == "done"


def test_it_is_gone_through_with_the_keyboard_alone(live, log_in, answer, writer):
    at = timezone.now()
    handed_in = _handed_in(answer, writer, at, {"contact": "Bo"})
    page = log_in(writer)
    page.goto(f"/arbete/formular/{answer.key}/pdf/{handed_in.key}/")

    page.get_by_label("Ta det PDF:en säger").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Ingenting: PDF:en är genomgången.").wait_for()

    assert fields_of(answer) == {"contact": "Bo"}


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_its_pages_are_accessible_and_fit_a_phone(live, log_in, answer, writer, second_writer, axe, prefix, tmp_path):
    at = timezone.now()
    saving.write(answer=answer, values={"contact": "Anna", "summary": "Kort"}, by=writer, at=at, way="page")
    long_word = "ord" * 60
    said = {"contact": "Bo", "summary": f"{long_word}\n\nLång text. " * 8, "pupils": "många"}
    handed_in = _handed_in(answer, writer, at, said | {"measures/new1/what": "Ny rad", "measures/new1/cost": "dyr"})
    saving.write(answer=answer, values={"summary": "Annat"}, by=second_writer, at=at, way="page")
    page = log_in(writer, viewport={"width": 320, "height": 700})

    for address in (f"/arbete/formular/{answer.key}/pdf/", f"/arbete/formular/{answer.key}/pdf/{handed_in.key}/"):
        assert page.goto(f"{prefix}{address}").status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        axe(page)
    page.goto(f"{prefix}/arbete/formular/{answer.key}/pdf/")
    (tmp_path / "fel.pdf").write_bytes(b"hej")
    page.locator("input[type=file]").set_input_files(tmp_path / "fel.pdf")
    page.locator("main form button").last.click()
    page.locator(".error-summary").wait_for()
    axe(page)


def _handed_in(answer, writer, at, said):
    answer.refresh_from_db()
    content = by_pypdf(sheets.sheet(answer, writer, "sv", at), said)
    return handing_in.hand_in(answer=answer, content=content, name="ifylld.pdf", way="upload", by=writer, at=at)
