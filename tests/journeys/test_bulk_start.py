"""An administrator hands a list in, says who is who, and both histories stand with the one who stays."""

from __future__ import annotations

import pytest

from samspel.accounts.models import Person
from samspel.registry.models import Appointment, Role
from samspel.testing.sessions import log_in_page
from tests.registry.people import holds, person, world

pytestmark = pytest.mark.browser


@pytest.fixture
def w(transactional_db):
    """The small world, in which Nora Ny is known twice over."""
    made = world()
    made.new_task = holds(made.new, Role.DEVELOPMENT_LEAD, organizer=made.ekviken)
    made.twin = person("nora.twin@people.example", "Nora Ny")
    made.twin_task = holds(made.twin, Role.BOARD_CHAIR, organizer=made.ekviken)
    return made


def rows(w) -> str:
    number = w.ekviken.organization_number
    return "\n".join(
        [
            "Roll;Namn;E-post;Orgnr",
            f"Samordnare;Siv Ny;siv@people.example;{number}",
            f"Samordnare;Nora Ny;nora.twin@people.example;{number}",
            f"Skolchef;Head;{w.head.email};{number}",
        ]
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_with_duplicates_is_pasted_chosen_and_carried_out(w, new_page, live, axe, scripts):
    page = new_page(java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    log_in_page(page, w.admin, live.url)
    page.goto("/arbete/massuppdrag/")
    if scripts:
        axe(page)
    page.get_by_label("Klistra in rader").fill(rows(w).replace("Skolchef", "Kung"))
    page.get_by_role("button", name="Granska listan").click()
    page.get_by_text("Det finns inget uppdrag med det namnet.").wait_for()
    if scripts:
        axe(page)

    page.get_by_label("Klistra in rader").fill(rows(w))
    page.get_by_role("button", name="Granska listan").click()
    page.get_by_role("heading", name="Kan vara någon känd", exact=True).wait_for()
    if scripts:
        axe(page)
    assert not Person.objects.filter(email="siv@people.example").exists()
    page.get_by_role("button", name="Genomför listan").click()
    page.get_by_text("Välj för varje rad").first.wait_for()

    page.get_by_label(f"Samma person som Nora Ny; adressen blir {w.new.email}").check()
    page.get_by_role("button", name="Genomför listan").click()
    page.get_by_role("heading", name="Listan är genomförd").wait_for()
    if scripts:
        axe(page)

    w.twin.refresh_from_db()
    assert w.twin.merged_into == w.new
    assert Appointment.objects.filter(person=w.new).count() == 3
    page.goto(f"/arbete/personer/{w.new.key}/")
    text = page.inner_text("main")
    assert all(role in text for role in ("Utvecklingsledare", "Nämndordförande", "Samordnare"))


def test_a_stranger_sends_an_authorization_and_an_officer_accepts_it(w, new_page, live, axe, tmp_path):
    paper = tmp_path / "fullmakt.pdf"
    paper.write_bytes(b"%PDF-1.7 signed")
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(f"/huvudman/{w.sjoby.organization_number}/fullmakt/")
    axe(page)
    page.locator("input[name=name]").fill("Vera Vill")
    page.locator("input[name=email]").fill("vera@sjoby.example")
    page.get_by_label("Vem som har skrivit under").fill("Bo Ek, ordförande")
    page.locator("input[type=file]").set_input_files(paper)
    page.get_by_role("button", name="Skicka in fullmakten").click()
    page.get_by_role("heading", name="Din fullmakt har kommit in").wait_for()
    axe(page)

    hers = new_page()
    log_in_page(hers, w.officer, live.url)
    hers.goto("/arbete/")
    hers.get_by_role("link", name="Bedöm fullmakt: Sjöby kommun").click()
    axe(hers)
    hers.get_by_role("button", name="Godkänn fullmakten").click()
    hers.get_by_text("Vera Vill är administratör för Sjöby kommun.").wait_for()
    assert Appointment.objects.filter(person__email="vera@sjoby.example", role=Role.ADMINISTRATOR).exists()
