"""An editor in a real browser makes version 2 of a form, and every page of hers is accessible, also on a phone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samspel.forms.models import Answer
from samspel.forms.operations import answers, definitions
from samspel.forms.queries.definitions import body_of, in_use
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Role
from samspel.testing.sessions import log_in_page
from tests.casefiles.conftest import make_organizer, person_with
from tests.forms.conftest import BODY
from tests.forms.test_definitions import AT

pytestmark = pytest.mark.browser

SLUG = BODY["slug"]


@pytest.fixture
def first(db):
    """The small analysis as one that comes with the program, version 1 in use."""
    [version] = definitions.load_shipped(at=AT, documents=[BODY])
    return version


@pytest.fixture
def author(db):
    """Who writes forms."""
    return person_with(Role.EDITOR, name="Edda Redaktör")


@pytest.fixture
def log_in(live, new_page):
    """`log_in(person, **options)`: a page where this person is logged in."""

    def open_page(person, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        return page

    return open_page


@pytest.mark.parametrize("has_script", [True, False], ids=["with a script", "without"])
def test_an_editor_makes_version_2_and_the_answer_begun_keeps_version_1(log_in, first, author, axe, has_script):
    answer = answers.begin(definition=first.definition, organizer=make_organizer(), by=SYSTEM, at=AT)
    page = log_in(author, java_script_enabled=has_script)
    check = (lambda: axe(page)) if has_script else (lambda: None)

    page.goto("/arbete/")
    page.get_by_role("link", name="Redigera formulär").click()
    check()
    page.get_by_role("link", name="Liten analys").click()
    check()
    page.get_by_role("button", name="Börja på nästa version").click()
    check()

    # A question more, asked only of those with a great need.
    page.get_by_role("link", name=re.compile("Ny fråga ?: Bakgrund")).click()
    check()
    page.get_by_label("Fråga (obligatoriskt)").fill("Hur länge har behovet funnits?")
    page.get_by_label("Typ av svar").select_option("Lång text")
    page.get_by_role("button", name="Spara").click()
    page.get_by_label("Högst antal ord").fill("150")
    check()
    page.get_by_role("button", name="Spara").click()
    asked = page.locator("li", has_text="Hur länge har behovet funnits?")
    asked.get_by_role("link", name=re.compile("^Villkor")).click()
    check()
    page.get_by_label("Svaret på vilken fråga avgör?").select_option("Behov")
    page.get_by_role("button", name="Välj frågan").click()
    page.get_by_label("Prövning").select_option("är")
    page.get_by_label("Alternativ").select_option("Hög")
    check()
    page.get_by_role("button", name="Lägg till").click()
    assert page.get_by_text("”Behov” är Hög").is_visible()
    page.get_by_role("link", name="Utkast till version 2").click()

    # What is new, how it looks, and into use.
    assert page.get_by_text("Ny fråga: ”Hur länge har behovet funnits?”.").is_visible()
    page.get_by_role("link", name="Förhandsgranska").click()
    assert page.get_by_text("En förhandsvisning: inget sparas").is_visible()
    check()
    page.get_by_role("radio", name="Hög").check()
    page.get_by_role("button", name="Se vad den säger om det").click()
    assert page.get_by_label("Hur länge har behovet funnits?").is_visible()
    page.get_by_role("link", name="Liten analys").click()
    page.get_by_role("link", name="Fortsätt med utkastet").click()
    page.get_by_role("link", name="Ta det i bruk").click()
    check()
    page.get_by_role("button", name="Ta det i bruk").click()
    assert page.get_by_text("Skriv vad som är nytt, för dem som har svarat förut.").first.is_visible()
    check()
    page.get_by_label("Vad som är nytt").fill("En fråga om hur länge behovet har funnits.")
    page.get_by_role("button", name="Ta det i bruk").click()
    page.get_by_text("Version 2 är i bruk.").wait_for()
    check()

    found = in_use(SLUG)
    question = body_of(found).questions["hur_lange_har_behovet_funnits"]
    assert (found.number, question.limits.max_words, question.asked_when.value) == (2, 150, "high")
    answer.refresh_from_db()
    assert answer.version == first
    assert page.goto(f"/formular/{SLUG}/").status == 200
    assert page.get_by_text("Hur länge har behovet funnits?").is_visible()


def test_an_editor_tries_a_draft_as_an_answer_of_her_own(log_in, first, author):
    definitions.begin_draft(definition=first.definition, by=author, at=AT)
    organizer = make_organizer()
    page = log_in(author)

    page.goto(reverse("forms:draft", args=[SLUG]))
    page.get_by_role("link", name="Prova").click()
    page.get_by_label("Huvudman (obligatoriskt)").fill(organizer.name)
    page.get_by_role("button", name="Börja prova").click()
    page.wait_for_url("**/arbete/formular/*/")

    answer = Answer.objects.get()
    assert (answer.is_test, answer.version.number, answer.organizer) == (True, 2, organizer)


PAGES = [
    ("definitions", []),
    ("new_definition", []),
    ("definition", [SLUG]),
    ("version", [SLUG, 1]),
    ("version", [SLUG, 2]),
    ("preview", [SLUG, 2]),
    ("try", [SLUG, 2]),
    ("draft", [SLUG]),
    ("draft_words", [SLUG]),
    ("draft_text", [SLUG]),
    ("draft_publish", [SLUG]),
    ("draft_drop", [SLUG]),
    ("draft_new_section", [SLUG]),
    ("draft_section", [SLUG, "plan"]),
    ("draft_new_question", [SLUG, "plan"]),
    ("draft_question", [SLUG, "need"]),
    ("draft_question", [SLUG, "measures"]),
    ("draft_column", [SLUG, "measures", "cost"]),
    ("draft_type", [SLUG, "need"]),
    ("draft_condition", [SLUG, "why_high", "asked_when"]),
    ("definition_end", [SLUG]),
    ("public_list", []),
    ("public_form", [SLUG]),
    ("public_instruction", [SLUG]),
]


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_every_page_is_accessible_and_fits_a_phone(log_in, first, author, axe, prefix):
    draft = definitions.begin_draft(definition=first.definition, by=author, at=AT)
    data = BODY | {"name": {"sv": "Liten analys med ett namn som är så långt att det inte ryms på en rad i en telefon"}}
    definitions.change_draft(version=draft, data=data, revision=1, by=author, at=AT)
    page = log_in(author, viewport={"width": 320, "height": 700})
    addresses = [reverse(f"forms:{name}", args=arguments) for name, arguments in PAGES]
    addresses += [f"{reverse('forms:draft_remove', args=[SLUG])}?part={part}" for part in ("need", "measures/cost")]

    for address in addresses:
        assert page.goto(f"{prefix}{address}").status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        axe(page)


def test_what_is_wrong_is_told_with_links_and_is_accessible(log_in, first, author, axe):
    draft = definitions.begin_draft(definition=first.definition, by=author, at=AT)
    data = BODY | {"sections": [*BODY["sections"], {"key": "empty", "title": {}}]}
    definitions.change_draft(version=draft, data=data, revision=1, by=author, at=AT)
    page = log_in(author)

    page.goto(reverse("forms:draft", args=[SLUG]))
    axe(page)
    page.get_by_role("region", name="Att rätta").get_by_role("link").first.click()
    page.get_by_label("Avsnittets rubrik (obligatoriskt)").fill("Uppföljning")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Utkastet är sparat.").wait_for()

    assert page.get_by_role("region", name="Att rätta").count() == 0
    page.goto(f"{reverse('forms:draft_remove', args=[SLUG])}?part=need")
    page.get_by_role("button", name="Ta bort den").click()
    axe(page)
    page.get_by_role("link", name="villkoret för ”Varför högt”").first.click()
    page.get_by_role("button", name=re.compile("Ta bort ?: ”Behov” är Hög")).click()
    page.goto(f"{reverse('forms:draft_remove', args=[SLUG])}?part=need")
    page.get_by_role("button", name="Ta bort den").click()
    page.get_by_text("Utkastet är sparat.").wait_for()
    draft.refresh_from_db()
    assert "need" not in body_of(draft).questions
