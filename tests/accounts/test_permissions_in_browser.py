"""Permissions in a real browser: read on a phone, in both languages, without a script; a look, begun and stopped."""

from __future__ import annotations

import pytest

from samspel.kernel.permissions import Level
from samspel.testing.sessions import log_in_page

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 320, "height": 800}, {"width": 1600, "height": 900}


@pytest.fixture
def administrator(live, add_person, appoint):
    """Somebody who administers the system."""
    person = add_person(email="ada@myndigheten.example", name="Ada Administratör", is_invented=True)
    appoint(person, "administrator")
    appoint(person, "education_officer")
    return person


@pytest.fixture
def coordinator(live, add_person, appoint, organization):
    """A coordinator at an organizer."""
    person = add_person(email="astrid@ekviken.example", name="Astrid Bergvall", is_invented=True)
    appoint(person, "coordinator", organization())
    return person


def width_beyond(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_the_pages_are_accessible_and_fit_from_phone_to_wide_screen(
    live, new_page, axe, administrator, coordinator, prefix
):
    for viewport in (PHONE, DESK):
        page = new_page(viewport=viewport)
        log_in_page(page, administrator, live.url)
        chosen = f"/arbete/se-som/?q=astrid&person={coordinator.key}"
        for address in ("/arbete/behorigheter/?role=registrar", "/arbete/se-som/?q=ingen", chosen):
            assert page.goto(prefix + address).status == 200
            assert width_beyond(page) <= 0
            axe(page)


def test_a_login_that_falls_short_is_told_so_on_an_accessible_page(live, new_page, axe, administrator):
    page = new_page(viewport=PHONE)
    log_in_page(page, administrator, live.url, level=Level.READ)

    assert page.goto("/arbete/se-som/").status == 403
    axe(page)
    assert width_beyond(page) <= 0
    assert page.get_by_role("link", name="Kom tillbaka till sidan").get_attribute("href") == "/arbete/se-som/"


@pytest.mark.parametrize("has_script", [True, False])
def test_a_look_is_begun_followed_and_stopped(live, new_page, axe, administrator, coordinator, has_script):
    page = new_page(viewport=PHONE, java_script_enabled=has_script)
    log_in_page(page, administrator, live.url)
    page.goto("/arbete/se-som/")
    page.get_by_label("Namn eller mejladress").fill("astrid")
    page.get_by_role("main").get_by_role("button", name="Sök").click()
    page.get_by_role("link", name="Astrid Bergvall").click()
    page.get_by_label("Personen har bett om hjälp").check()
    page.get_by_role("button", name="Börja").click()

    page.get_by_text("Du är inloggad som Astrid Bergvall").wait_for()
    banner = page.get_by_role("region", name="Du ser sidan som en annan person")
    assert "Du ser det som Astrid Bergvall ser." in banner.inner_text()
    if has_script:
        axe(page)
        assert width_beyond(page) <= 0
    page.goto("/konto/")
    page.get_by_role("heading", name="Den här sidan är privat").wait_for()

    banner.get_by_role("button", name="Sluta").click()
    page.get_by_role("heading", name="Se som en annan person").wait_for()
    assert banner.count() == 0
