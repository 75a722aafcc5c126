"""The registry's pages as a person meets them: accessible in both languages, on a phone, and without scripts."""

from __future__ import annotations

from datetime import date

import pytest

from samspel.registry.demo import figures
from samspel.registry.models import Organizer, SchoolUnit
from samspel.registry.operations import imports
from samspel.testing.sessions import log_in_page
from tests.registry.conftest import NOW, kolada, statistics

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}
UPPLANDS_VASBY = "2120000019"
PUBLIC = [
    f"/huvudman/{UPPLANDS_VASBY}/",
    "/skolenhet/74174879/",
    "/kommun/0114/",
    "/sok/?q=skola",
    "/indikatorer/",
    "/indikatorer/foreign_background/",
]


@pytest.fixture
def filled(transactional_db):
    """Published figures, and a unit."""
    figures.fill(NOW)
    unit = SchoolUnit.objects.create(
        code="74174879",
        name="Bollstanäs skola",
        sort_key="bollstanas skola",
        search_key="bollstanas skola",
        organizer=Organizer.objects.get(organization_number=UPPLANDS_VASBY),
        municipality_id="0114",
        as_of=date(2026, 1, 1),
    )
    unit.forms.create(form="GR", grades="1 2 3", pupils=120)


def log_in(page, person, live) -> None:
    """A session for a person."""
    log_in_page(page, person, live.url)


def overflow(page) -> int:
    """How many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_public_pages_are_accessible_and_fit_a_phone(filled, new_page, axe, prefix):
    wide, phone = new_page(), new_page(viewport=PHONE)

    for address in PUBLIC:
        wide.goto(prefix + address)
        axe(wide)
        phone.goto(prefix + address)
        assert (address, overflow(phone)) == (address, 0)


def test_an_import_goes_its_whole_way_without_scripts(filled, officer, live, new_page, tmp_path):
    (tmp_path / "merit.csv").write_bytes(kolada({"0114": "201.5", "0115": "210"}))
    page = new_page(java_script_enabled=False)
    log_in(page, officer, live)

    page.goto("/arbete/importer/")
    page.get_by_label("Filer").set_input_files(tmp_path / "merit.csv")
    page.get_by_role("button", name="Granska filerna").click()
    page.get_by_role("button", name="Importera", exact=True).click()
    assert page.get_by_text("Importen är klar").is_visible()

    page.get_by_text("Återkalla importen", exact=True).click()
    page.get_by_role("button", name="Ja, återkalla importen").click()
    assert page.get_by_text("Importen är återkallad").is_visible()


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_import_pages_are_accessible(filled, officer, live, new_page, axe, tmp_path, prefix):
    (tmp_path / "bad.csv").write_bytes(kolada({"0114": "x"}))
    files = [("antal.csv", statistics({"0114": "24,4"})), ("merit.csv", kolada({"0114": "201.5"}))]
    batch = imports.propose(files=files, by=officer, at=NOW)
    wide, phone = new_page(), new_page(viewport=PHONE)
    for page in (wide, phone):
        log_in(page, officer, live)

    for address in ("/arbete/importer/", f"/arbete/importer/{batch.key}/"):
        wide.goto(prefix + address)
        axe(wide)
        phone.goto(prefix + address)
        assert (address, overflow(phone)) == (address, 0)
    wide.goto("/arbete/importer/")
    wide.get_by_label("Filer").set_input_files(tmp_path / "bad.csv")
    wide.get_by_role("button", name="Granska filerna").click()
    assert wide.title().startswith("Fel: ")
    axe(wide)
