"""A letter approved, planned, sent and corrected by hand, on pages that everybody can use and that fit a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samspel.letters.models import Letter, LetterKind, LetterState, Recipient, Unsubscribed
from samspel.letters.operations import approving, correcting, sending
from samspel.letters.queries import unsubscribing
from samspel.post.models import Message, MessageState
from samspel.testing.sessions import log_in_page
from tests.letters.conftest import approved, make_letter

pytestmark = pytest.mark.browser


@pytest.fixture
def log_in(live, new_page):
    """`log_in(person, **options)`: a page where this person is logged in."""

    def open_page(person, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        return page

    return open_page


def test_a_letter_is_approved_by_another_and_sent_once(log_in, letter, editor, officer, coordinators):
    hers = log_in(editor)
    hers.goto(f"/arbete/brev/{letter.key}/")
    hers.get_by_role("button", name="Visa det för den som godkänner").click()
    hers.get_by_text("Brevet väntar på godkännande.").first.wait_for()

    page = log_in(officer)
    page.goto("/arbete/")
    page.get_by_role("link", name="Godkänn brevet: Brev till samordnarna 2026").click()
    page.get_by_role("heading", name="På svenska").wait_for()
    page.get_by_role("button", name="Godkänn brevet").click()
    page.get_by_role("link", name="Skicka nu").click()
    page.get_by_role("button", name="Skicka nu till 2 mottagare").click()
    page.get_by_text("Brevet är på väg till 2 mottagare.").wait_for()

    assert Letter.objects.get().state == LetterState.SENT
    assert Message.objects.filter(kind="letters.letter").count() == 2


def test_a_correction_is_begun_where_the_delivery_is_seen(log_in, letter, editor, officer, coordinators):
    sent = sending.start(letter=approved(letter, asker=editor, approver=officer), by=officer, at=timezone.now())
    page = log_in(editor)
    page.goto(f"/arbete/brev/{sent.key}/leverans/")

    page.get_by_role("link", name="Rätta brevet").click()
    page.get_by_role("button", name="Börja på rättelsen").click()

    page.get_by_role("heading", name="Rättelse: Brev till samordnarna 2026").wait_for()
    assert Letter.objects.filter(corrects=sent).count() == 1


def test_news_is_said_no_to_in_one_press_and_taken_again(new_page, editor, officer, coordinator):
    letter = make_letter(by=editor, kind=LetterKind.NEWS)
    sending.start(letter=approved(letter, asker=editor, approver=officer), by=officer, at=timezone.now())
    page = new_page()
    page.goto(f"/brev/avprenumerera/{unsubscribing.token_of(Recipient.objects.get(person=coordinator))}/")

    page.get_by_role("button", name="Skicka inga fler till mig").click()
    page.get_by_text("Du får inga fler sådana nyheter.").wait_for()
    assert Unsubscribed.objects.count() == 1
    page.get_by_role("button", name="Skicka nyheter till mig igen").click()
    page.get_by_text("Du får nyheter igen.").wait_for()

    assert Unsubscribed.objects.count() == 0


@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_pages_are_accessible_and_fit_a_phone(live, log_in, editor, officer, coordinators, axe, prefix):
    at = timezone.now()
    waiting = approving.ask(letter=make_letter(by=editor), by=editor, at=at)
    planned = approved(make_letter(by=editor), asker=editor, approver=officer)
    sending.plan(letter=planned, moment=at + timedelta(days=2), by=officer, at=at)
    Letter.objects.filter(pk=planned.pk).update(
        planned_recipients=["person:1", "address:" + "lang" * 15 + "@x.example"]
    )
    news = approved(make_letter(by=editor, kind=LetterKind.NEWS), asker=editor, approver=officer)
    sent = sending.start(letter=news, by=officer, at=at)
    Message.objects.filter(mailing__key=sent.mailing_key).update(
        state=MessageState.BOUNCED, failed_because="smtp-550-5.1.1"
    )
    correcting.correct(letter=sent, by=editor, at=at)
    token = unsubscribing.token_of(Recipient.objects.filter(letter=sent).first())
    addresses = [
        f"/arbete/brev/{waiting.key}/godkann/",
        f"/arbete/brev/{waiting.key}/skicka-tillbaka/",
        f"/arbete/brev/{waiting.key}/prov/",
        f"/arbete/brev/{planned.key}/",
        f"/arbete/brev/{planned.key}/planera/",
        f"/arbete/brev/{planned.key}/skicka/",
        f"/arbete/brev/{sent.key}/leverans/",
        f"/arbete/brev/{sent.key}/ratta/",
        "/arbete/brev/till-mig/",
        f"/brev/avprenumerera/{token}/",
    ]
    page = log_in(officer, viewport={"width": 320, "height": 700})

    for address in addresses:
        assert page.goto(f"{prefix}{address}").status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        axe(page)
    page.goto(f"{prefix}/arbete/brev/{planned.key}/planera/")
    page.locator("[name=on]").fill("2027-10-31")
    page.locator("[name=clock]").fill("02:30")
    page.locator("main form button[type=submit]").last.click()
    page.locator("[name=which]").first.wait_for()
    axe(page)
