"""Recipients, lists and passing on in a real browser: accessible in both languages, nothing wider than a phone."""

from __future__ import annotations

import pytest

from samspel.letters.models import Letter, ListRow, NamedList
from samspel.letters.operations import freezing
from samspel.letters.operations.sending import recipients
from samspel.letters.queries import audiences
from samspel.registry.models import Organizer, Role
from samspel.testing.sessions import log_in_page
from tests.letters.conftest import AT, TO_COORDINATORS, TODAY, at_organizer, make_letter

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
def named(editor, organizers):
    """A list with a long address and an organizer on it, looked through soon."""
    named = NamedList.objects.create(name="Referensgruppen", purpose="Läser utkast", review_on=TODAY, made_at=AT)
    ListRow.objects.create(list=named, address="ett-mycket-langt-namn-" * 2 + "@example.org", added_at=AT)
    ListRow.objects.create(list=named, organizer=organizers[0], added_at=AT)
    return named


def test_recipients_are_chosen_counted_and_saved(live, log_in, editor, coordinators):
    letter = make_letter(by=editor, audience={})
    page = log_in(editor)
    page.goto(f"/arbete/brev/{letter.key}/mottagare/")
    page.get_by_text("Ingen är vald än").wait_for()

    page.get_by_label("Samordnare", exact=True).check()
    page.locator("summary").filter(has_text="Typ av huvudman").first.click()
    page.locator("#f-kind").get_by_label("Kommun", exact=True).check()
    page.get_by_role("button", name="Räkna utan att spara").click()
    page.get_by_text("inte sparat än").wait_for()
    page.get_by_role("button", name="Spara", exact=True).click()

    page.get_by_text("Mottagarna är sparade.").wait_for()
    letter.refresh_from_db()
    assert letter.audience == {"to": ["role:coordinator"], "filters": {"kind": ["municipality"]}}


@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_pages_are_accessible_and_fit_a_phone(live, log_in, editor, coordinators, principal, named, axe, prefix):
    Organizer.objects.filter(pk=coordinators[0].appointments.get().organizer_id).update(type="abroad")
    audience = {"to": ["role:coordinator", "organizer"], "filters": {"kind": ["abroad"]}, "lists": [str(named.key)]}
    chosen = make_letter(by=editor, audience=audience)
    nobody = make_letter(by=editor, audience={})
    sent = make_letter(by=editor, state="sent", slug="brev-2026", sent_at=AT)
    recipients.write(sent, audiences.recipients(TO_COORDINATORS, AT), freezing.freeze(sent, at=AT), by=editor, at=AT)
    pages = {
        editor: [
            f"/arbete/brev/{chosen.key}/mottagare/",
            f"/arbete/brev/{nobody.key}/mottagare/",
            f"/arbete/brev/{sent.key}/vidare/",
            "/arbete/brev/listor/",
            "/arbete/brev/listor/ny/",
            f"/arbete/brev/listor/{named.key}/",
            f"/arbete/brev/listor/{named.key}/avsluta/",
        ],
        coordinators[0]: ["/arbete/brev/till-mig/", f"/arbete/brev/{sent.key}/skicka-vidare/"],
    }
    for person, addresses in pages.items():
        page = log_in(person, viewport={"width": 320, "height": 800})
        for address in addresses:
            assert page.goto(prefix + address).status == 200
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_a_coordinator_passes_a_letter_on_from_her_own_place(live, log_in, officer, coordinator, organizer):
    at_organizer(organizer, Role.PRINCIPAL, "Petra Rektor")
    sent = make_letter(by=officer, state="sent", slug="brev-2026", sent_at=AT)
    recipients.write(sent, audiences.recipients(TO_COORDINATORS, AT), freezing.freeze(sent, at=AT), by=officer, at=AT)
    page = log_in(coordinator)
    page.goto("/arbete/brev/till-mig/")

    page.get_by_role("link", name="Skicka vidare").click()
    page.get_by_text("Petra Rektor").wait_for()
    page.get_by_label("Din hälsning").fill("Läs gärna!")
    page.get_by_role("button", name="Skicka vidare").click()

    page.get_by_text("Det är skickat vidare till 1 person.").wait_for()
    assert Letter.objects.get(pk=sent.pk).passed_on.get().greeting == "Läs gärna!"
