"""Case files in a real browser: a file note in two clicks, accessible pages, nothing wider than a phone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from samspel.casefiles.models import Document
from samspel.casefiles.operations import casefiles, corrections
from samspel.casefiles.operations.documents import Upload
from samspel.testing.sessions import log_in_page
from tests.casefiles.conftest import PDF, letter

pytestmark = pytest.mark.browser

COUNT_CLICKS = """
addEventListener('click', event => {
  if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);
"""


@pytest.fixture
def log_in(live, new_page):
    """`log_in(person, **options)`: a page where this person is logged in."""

    def open_page(person, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        return page

    return open_page


@pytest.mark.parametrize("start", ["/huvudman/{number}/", "/arbete/arenden/{case_file}/"])
def test_a_file_note_takes_two_clicks(live, log_in, officer, organizer, case_file, start):
    page = log_in(officer)
    page.add_init_script(COUNT_CLICKS)
    page.goto(start.format(number=organizer.organization_number, case_file=case_file.address))

    page.get_by_role("link", name="Skriv tjänsteanteckning").first.click()
    page.get_by_label("Vad som sades").fill("Undrar när nätverket möts.")
    page.get_by_label("Vem du talade med").fill("Samordnaren")
    page.get_by_role("button", name="Spara anteckningen").click()

    page.get_by_text("Anteckningen är diarieförd som").wait_for()
    assert page.evaluate("sessionStorage.clicks") == "2"
    note = Document.objects.select_related("organizer").get()
    assert (note.words, note.said_by, note.organizer) == ("Undrar när nätverket möts.", "Samordnaren", organizer)
    assert (note.case_file_id, note.said_on) == (case_file.pk, timezone.localdate())


def test_a_document_with_its_file_is_registered_and_taken_out(live, log_in, registrar, case_file, tmp_path):
    (tmp_path / "brev.pdf").write_bytes(PDF)
    page = log_in(registrar)
    page.goto(f"/arbete/arenden/{case_file.address}/handling/")

    page.get_by_label("Vad det gäller, i korthet").fill("Brev om uppdraget från 19900101-2384")
    page.get_by_label("Fil", exact=False).first.set_input_files(tmp_path / "brev.pdf")
    page.get_by_role("button", name="Diarieför").click()
    page.get_by_text("Den verkar innehålla ett personnummer.").first.wait_for()
    page.get_by_label("Vad det gäller, i korthet").fill("Brev om uppdraget")
    page.locator("input[type=file]").set_input_files(tmp_path / "brev.pdf")
    page.get_by_role("button", name="Diarieför").click()
    page.get_by_role("link", name="Brev om uppdraget").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Originalet").click()

    assert download.value.suggested_filename == "brev.pdf"
    with open(download.value.path(), "rb") as taken:  # noqa: PTH123 - Playwright gives a plain path
        assert taken.read() == PDF


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_pages_are_accessible_and_fit_a_phone(live, log_in, registrar, organizer, case_file, axe, prefix):
    at = timezone.now()
    told = {"at": at, "on": timezone.localdate(at), "organizer": organizer}
    letter(case_file, registrar, upload=Upload("ett-mycket-langt-filnamn-utan-mellanslag-" * 4 + ".pdf", PDF), **told)
    secret = letter(case_file, registrar, is_secret=True, secrecy_ground="23 kap. 2 § OSL", **told)
    corrections.misregister(document=secret, because="Dubblett", by=registrar, at=at)
    casefiles.hand_over(case_file=case_file, handler=registrar.key, by=registrar, at=at)
    page = log_in(registrar, viewport={"width": 320, "height": 700})
    mine = f"/arbete/arenden/{case_file.address}/"
    addresses = ["/arbete/arenden/", "/arbete/arenden/nytt/", "/arbete/arenden/diarium/", mine, f"{mine}handling/"]
    addresses += [f"{mine}notering/", f"{mine}part/", f"{mine}stang/", f"{mine}handlingar/1/", f"{mine}handlingar/2/"]
    addresses += [
        f"{mine}handlingar/2/{word}/" for word in ("sekretess", "sekretess/ta-bort", "rubrik", "felregistrerad")
    ]
    addresses += [f"/huvudman/{organizer.organization_number}/"]

    for address in addresses:
        assert page.goto(f"{prefix}{address}").status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        axe(page)
