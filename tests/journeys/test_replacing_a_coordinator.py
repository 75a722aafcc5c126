"""A chief education officer replaces the coordinator; the successor logs in and reads the handover page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samspel.registry.models import Appointment, Role
from samspel.testing.working import let_the_worker_work
from tests.registry.people import world

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 700}


@pytest.fixture
def w(transactional_db):
    """The small world, everybody in it invented."""
    return world()


def _fits(page):
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url}: {wide} px wider than the screen"


def _look(page, axe, sizes=(PHONE, SMALL, {"width": 1280, "height": 900})):
    for size in sizes:
        page.set_viewport_size(size)
        axe(page)
        _fits(page)


def _in_swedish(page, axe):
    english = page.url
    page.goto(english.replace("/en/", "/"))
    _look(page, axe)
    page.goto(english)


def test_the_chief_replaces_the_coordinator_and_the_successor_reads_the_handover(w, log_in, smtp, axe):
    from_on = timezone.localdate() + timedelta(days=1)
    chief = log_in(w.chief)
    chief.get_by_role("link", name="My organization").first.click()
    chief.get_by_role("heading", name="Ekvikens kommun", level=1).wait_for()
    _look(chief, axe)
    _in_swedish(chief, axe)

    chief.get_by_role("link", name="Coordinator", exact=True).first.click()
    chief.get_by_role("heading", name="Coordinator", level=1).wait_for()
    _look(chief, axe)
    chief.get_by_role("link", name="Replace").click()
    chief.get_by_role("heading", name="Replace", level=1).wait_for()
    _look(chief, axe)
    _in_swedish(chief, axe)

    chief.get_by_role("button", name="Replace").click()
    chief.get_by_text("Say which day.").first.wait_for()
    axe(chief)

    chief.get_by_label("Name", exact=True).fill("Siv Efterträdare")
    chief.get_by_label("Mail address", exact=True).fill("siv@people.example")
    chief.get_by_label("First day").fill(str(from_on))
    chief.get_by_label("Share of full time, per cent").fill("40")
    chief.get_by_role("button", name="Replace").click()
    chief.get_by_role("heading", name="Siv Efterträdare", level=1).wait_for()
    _look(chief, axe)
    _in_swedish(chief, axe)

    new = Appointment.objects.get(person__email="siv@people.example")
    w.coordinator_task.refresh_from_db()
    assert (new.role, new.replaces, new.share_percent) == (Role.COORDINATOR, w.coordinator_task, 40)
    assert w.coordinator_task.to_on == from_on - timedelta(days=1)
    let_the_worker_work()
    told = {mail["To"] for mail in smtp.messages if "Ekvikens kommun" in mail["Subject"]}
    assert any("siv@people.example" in who for who in told)
    assert any("coordinator@people.example" in who for who in told)

    _the_successor_reads(w, log_in(new.person), axe)


def _the_successor_reads(w, page, axe):
    page.goto(f"/en/arbete/uppdrag/{w.coordinator_task.pk}/overlamning/")
    page.get_by_role("heading", name="Handover", level=1).wait_for()
    page.get_by_text("Siv Efterträdare").first.wait_for()
    page.get_by_text("chief@people.example").first.wait_for()
    _look(page, axe)
    _in_swedish(page, axe)
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="What is open").is_visible()


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["/", pytest.param("/en/", marks=pytest.mark.audit)])
def test_the_pages_of_people_are_accessible(w, log_in, axe, prefix):
    head, officer = log_in(w.head), log_in(w.officer)
    task = f"arbete/uppdrag/{w.coordinator_task.pk}"
    for address in ("arbete/huvudman/4931071379/tillsatt/", "arbete/huvudman/4931071379/adresser/",
                    f"{task}/avsluta/", f"{task}/forlang/", f"{task}/ratta/", f"{task}/vikarie/"):  # fmt: skip
        head.goto(prefix + address)
        _look(head, axe, (SMALL,))
    officer.goto(f"{prefix}arbete/organisationer/")
    _look(officer, axe, (SMALL, {"width": 1280, "height": 900}))
