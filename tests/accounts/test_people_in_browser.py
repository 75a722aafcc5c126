"""The people pages and the own account as a person meets them: accessible, in both languages, on a phone."""

from __future__ import annotations

from datetime import date

import pytest

from samspel.accounts.operations import protecting
from samspel.registry.models import StandIn
from samspel.testing.sessions import log_in_page
from tests.accounts.conftest import NOW

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def world(transactional_db, administrator, add_person, appoint, organization):
    """An administrator, Astrid twice in one organization, and somebody with protected identity."""
    home = organization()
    two = [
        add_person(email=f"astrid.bergvall@{place}.example", name="Astrid Bergvall", phone="070-123 45 67")
        for place in ("kommunen", "gammal-kommun")
    ]
    held = appoint(two[0], "coordinator", home, appointed_by=administrator.key)
    appoint(two[1], "coordinator", home, from_on=date(2021, 8, 1), to_on=date(2023, 6, 30))
    StandIn.objects.create(
        appointment=held, deputy=administrator, from_on=date(2026, 1, 1), to_on=date(2099, 1, 1), set_at=NOW
    )
    hidden = add_person(email="dold@kommunen.example", name="Dold")
    protecting.protect(person=hidden, reason="threat", by=administrator, at=NOW)
    return administrator, two, hidden


def addresses_of(two, hidden):
    page = f"/arbete/personer/{two[0].key}/"
    return {
        "konto": "/konto/",
        "adress": "/konto/adress/",
        "kod": "/konto/adress/kod/",
        "personer": "/arbete/personer/",
        "skyddade": "/arbete/personer/skyddade/",
        "dubbletter": "/arbete/personer/dubbletter/",
        "ihop": f"/arbete/personer/dubbletter/{two[0].key}/{two[1].key}/",
        "person": page,
        "skyddad": f"/arbete/personer/{hidden.key}/",
        "ratta": f"{page}ratta/",
        "skydd": f"{page}skydd/",
        "stang": f"{page}konto/",
        "rensa": f"{page}rensa/",
    }


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_pages_are_accessible_and_fit_a_phone(world, new_page, live, axe, prefix):
    administrator, two, hidden = world
    wide, phone = new_page(), new_page(viewport=PHONE)
    for page in (wide, phone):
        log_in_page(page, administrator, live.url)

    for address in addresses_of(two, hidden).values():
        assert wide.goto(prefix + address).status == 200
        axe(wide)
        phone.goto(prefix + address)
        assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_she_puts_her_details_right_and_is_told(world, new_page, live, axe):
    _administrator, two, _hidden = world
    page = new_page()
    log_in_page(page, two[0], live.url)
    page.goto("/konto/")
    page.get_by_label("Telefon").fill("ring mig")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Skriv telefonnumret med siffror").wait_for()
    axe(page)

    page.get_by_label("Telefon").fill("+46 70 555 66 77")
    page.get_by_role("button", name="Spara").click()

    page.get_by_text("Dina uppgifter är sparade.").wait_for()
    two[0].refresh_from_db()
    assert two[0].phone == "+46 70 555 66 77"


def test_two_rows_are_merged_by_hand(world, new_page, live):
    administrator, two, _hidden = world
    page = new_page()
    log_in_page(page, administrator, live.url)
    page.goto("/arbete/personer/dubbletter/")
    page.get_by_role("link", name="Titta på").first.click()
    page.get_by_role("group", name="Raden som ska vara kvar").get_by_role("radio").first.check()
    page.get_by_role("button", name="Slå ihop dem").click()

    page.get_by_text("De två är nu en.").wait_for()
    two[1].refresh_from_db()
    assert two[1].merged_into == two[0]
