"""The letter of the year: written, approved by another, sent to all coordinators, read in the archive, corrected."""

from __future__ import annotations

import pytest

from samspel.letters.models import Letter, Recipient
from samspel.letters.queries import audit
from samspel.post.models import Message
from samspel.registry.models import Role
from samspel.testing.sessions import log_in_page
from samspel.testing.working import let_the_worker_work
from tests.letters.conftest import at_organizer, make_organizer, person_with

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
OPENING = "Insatsen har pågått i många år. Just nu har {{huvudman_med_samordnare}} huvudmän en samordnare."
SEMINAR = "Temaseminarium den 14 mars kl. 15–16.30."


@pytest.fixture
def people(transactional_db):
    """Who writes, who approves, who sends, and the coordinators of three organizers."""
    held = {
        role: person_with(role, name=name)
        for role, name in (
            (Role.EDITOR, "Edit Redaktör"),
            (Role.DECISION_MAKER, "Bodil Beslutsfattare"),
            (Role.EDUCATION_OFFICER, "Ester Handläggare"),
        )
    }
    names = ("Sanna Samordnare", "Sixten Samordnare", "Selma Samordnare")
    coordinators = [
        at_organizer(make_organizer(place), Role.COORDINATOR, name) for place, name in enumerate(names, start=1)
    ]
    return held, coordinators


@pytest.fixture
def enter(live, new_page):
    """`enter(person, path)`: a page of hers, there."""

    def page_of(person, path):
        page = new_page(locale="sv")
        log_in_page(page, person, live.url)
        page.goto(path)
        return page

    return page_of


def addressed_to(smtp, person):
    return [mail for mail in smtp.messages if person.email in mail["To"]]


def test_a_letter_is_written_approved_sent_read_and_corrected(live, enter, people, smtp, axe, new_page):
    held, coordinators = people

    # Written by one who may not send.
    page = enter(held[Role.EDITOR], "/arbete/brev/nytt/")
    axe(page)
    page.get_by_role("radio", name="Om ett uppdrag").check()
    page.locator("main form button[type=submit]").last.click()
    page.get_by_label("Ämne, på svenska").fill("Brev till samordnarna")
    page.get_by_label("Ämne, på engelska").fill("Letter to the coordinators")
    page.get_by_role("button", name="Text", exact=True).last.click()
    page.locator("[id^=part-]").first.get_by_label("Text, svenska").fill(
        f"## Så går det vidare\n\n{OPENING}\n\n{SEMINAR}"
    )
    page.locator("[id^=part-]").first.get_by_label("Text, engelska").fill("## How it goes on\n\nThank you.")
    page.get_by_label("Namn", exact=True).first.fill("Ester Handläggare")
    page.get_by_role("button", name="Spara och stäng").click()
    letter = Letter.objects.get()
    page.goto(f"/arbete/brev/{letter.key}/mottagare/")
    page.get_by_label("Samordnare", exact=True).first.check()
    axe(page)
    page.get_by_role("button", name="Spara", exact=True).click()
    page.goto(f"/arbete/brev/{letter.key}/")
    axe(page)
    page.get_by_role("button", name="Visa det för den som godkänner").click()
    assert page.request.get(f"{live.url}/arbete/brev/{letter.key}/skicka/").status == 403

    # Approved by another, who sees just what will be sent.
    page = enter(held[Role.DECISION_MAKER], f"/arbete/brev/{letter.key}/godkann/")
    page.get_by_text("har 3 huvudmän en samordnare").first.wait_for()
    axe(page)
    page.get_by_role("button", name="Godkänn brevet").click()

    # Sent by who may, and followed.
    page = enter(held[Role.EDUCATION_OFFICER], f"/arbete/brev/{letter.key}/skicka/")
    axe(page)
    page.get_by_role("button", name="Skicka nu till 3 mottagare").click()
    let_the_worker_work()
    for one in coordinators:
        [mail] = addressed_to(smtp, one)
        assert mail["Subject"] == "Brev till samordnarna"
        assert mail["List-Unsubscribe"] is None
        words = mail.get_body(("plain",)).get_content()
        assert "har 3 huvudmän en samordnare" in words
        assert SEMINAR in " ".join(words.split())
    page.goto(f"/arbete/brev/{letter.key}/leverans/")
    axe(page)

    # Read by anybody in the archive, on a phone, in both languages; and by her who got it, in her own place.
    letter.refresh_from_db()
    reader = new_page(locale="sv", viewport=PHONE)
    reader.goto("/brev/")
    reader.get_by_role("link", name="Brev till samordnarna").click()
    reader.get_by_text("har 3 huvudmän en samordnare").wait_for()
    axe(reader)
    assert reader.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    reader.goto(f"/en/brev/{letter.slug}/")
    reader.get_by_role("heading", name="Letter to the coordinators", level=1).wait_for()
    axe(reader)
    own = enter(coordinators[0], "/arbete/brev/till-mig/")
    own.get_by_role("link", name="Brev till samordnarna").first.wait_for()
    axe(own)

    # Somebody is appointed afterwards; the correction goes to exactly those who got the first.
    late = at_organizer(make_organizer(4), Role.COORDINATOR, "Sigge Senkommen")
    page.goto(f"/arbete/brev/{letter.key}/ratta/")
    axe(page)
    page.get_by_role("button", name="Börja på rättelsen").click()
    correction = Letter.objects.get(corrects=letter)
    page.goto(f"/arbete/brev/{correction.key}/skriv/")
    # Before what the first letter said stands what is corrected.
    text = page.locator("[id^=part-]").nth(1).get_by_label("Text, svenska")
    text.fill(text.input_value().replace("14 mars", "21 mars"))
    page.get_by_role("button", name="Spara och stäng").click()
    page.goto(f"/arbete/brev/{correction.key}/")
    page.get_by_role("button", name="Visa det för den som godkänner").click()
    page = enter(held[Role.DECISION_MAKER], f"/arbete/brev/{correction.key}/godkann/")
    page.get_by_role("button", name="Godkänn brevet").click()
    page = enter(held[Role.EDUCATION_OFFICER], f"/arbete/brev/{correction.key}/skicka/")
    page.get_by_role("button", name="Skicka nu till 3 mottagare").click()
    let_the_worker_work()

    for one in coordinators:
        words = " ".join(addressed_to(smtp, one)[-1].get_body(("plain",)).get_content().split())
        assert SEMINAR.replace("14", "21") in words
    assert addressed_to(smtp, late) == []
    got = [set(Recipient.objects.filter(letter=one).values_list("person", flat=True)) for one in (letter, correction)]
    assert got[0] == got[1] == {one.pk for one in coordinators}
    assert Message.objects.filter(mailing__isnull=False).count() == 6
    assert all(one.is_right for one in audit.all_sent())
    reader.goto(f"/brev/{letter.slug}/")
    axe(reader)
    reader.get_by_text("rättelse").first.wait_for()
