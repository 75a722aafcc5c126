"""An answer's whole life in real browsers: three write one analysis, one through the PDF, and it is opened again."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from samspel.forms.models import Answer, AnswerState, Comment, SectionMark, Submission
from samspel.forms.operations import comments, differing, saving, sections, submitting
from samspel.forms.queries.answers import fields_of
from samspel.testing.sessions import log_in_page
from tests.forms.conftest import SUMMARY
from tests.forms.test_round_trip import by_pypdf

pytestmark = pytest.mark.browser
PERSONAL = "Skolorna har kommit olika långt. Frågor besvaras på 070-174 06 05."


@pytest.fixture
def log_in(live, new_page):
    """`log_in(person, **options)`: a page where this person is logged in."""

    def open_page(person, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        return page

    return open_page


def address(answer, page="answer", *more):
    return reverse(f"forms:{page}", args=[answer.key, *more])


def _section(page, title):
    return page.locator(".sections__one", has=page.get_by_role("heading", name=title, exact=True))


def test_three_write_one_analysis_one_of_them_through_the_pdf_and_it_is_submitted_and_opened_again(
    log_in, version, organizer, submitter, writer, second_writer, officer, tmp_path
):
    coordinator = log_in(submitter)
    coordinator.goto(reverse("forms:begin"))
    coordinator.get_by_label("Liten analys, Påhittade 01 kommun").check()
    coordinator.get_by_role("button", name="Börja").click()
    coordinator.get_by_text("Formuläret är påbörjat.").wait_for()
    answer = Answer.objects.get()
    _bring_in(coordinator, answer, "Wilma Rektor, Rektor")
    _bring_in(coordinator, answer, "Didrik Utvecklare, Utvecklingsledare")

    principal = log_in(writer)
    principal.goto(address(answer))
    principal.get_by_role("link", name="Bakgrund", exact=True).click()
    # Before the script is there the button sends the page, and nothing stands as saved beside it.
    principal.wait_for_load_state()
    principal.get_by_label("Sammanfattning").fill(PERSONAL)
    principal.get_by_role("button", name="Spara").first.click()
    principal.locator('[data-status][data-kind="saved"]').wait_for()

    lead = log_in(second_writer)
    _through_the_pdf(lead, answer, tmp_path, {"pupils": "120", "measures/new1/what": "Läsgrupper"})

    coordinator.goto(address(answer))
    for section in ("Bakgrund", "Plan"):
        _section(coordinator, section).get_by_role("button", name="Markera som klart").click()
    coordinator.get_by_role("link", name="Gå igenom och lämna in").click()
    coordinator.get_by_role("button", name="Lämna in", exact=True).click()
    coordinator.get_by_text("Ta ställning till varje ställe som ser ut som personuppgifter.").wait_for()
    assert coordinator.locator("mark").inner_text() == "070-174 06 05"
    coordinator.get_by_label("Det ska stå kvar").check()
    coordinator.get_by_role("button", name="Lämna in", exact=True).click()
    coordinator.get_by_text("Formuläret är inlämnat. En kvittens").wait_for()

    made = Submission.objects.get()
    assert made.took_part == [str(one.key) for one in (writer, second_writer, submitter)]
    assert (made.values["summary"], made.values["pupils"]) == (PERSONAL, "120")
    assert made.kept_findings == [{"path": "summary", "kind": "phone"}]

    desk = log_in(officer)
    desk.goto(address(answer))
    desk.get_by_role("link", name="Öppna igen").click()
    desk.get_by_label("Skäl").fill("Målen saknas.")
    desk.get_by_role("button", name="Besluta att öppna igen").click()
    desk.get_by_text("Formuläret är öppet igen.").wait_for()
    principal.goto(address(answer))
    principal.get_by_text("Målen saknas.", exact=True).wait_for()
    assert Answer.objects.get().state == AnswerState.WRITING


def _bring_in(page, answer, who):
    page.goto(address(answer, "participants"))
    page.get_by_label("Vem", exact=False).select_option(label=who)
    page.get_by_label("Vad personen gör").select_option("write")
    page.get_by_role("button", name="Lägg till", exact=True).click()
    page.get_by_text("Personen deltar nu").wait_for()


def _through_the_pdf(page, answer, tmp_path, said):
    page.goto(address(answer))
    with page.expect_download() as download:
        page.get_by_role("link", name="Ifyllbar PDF").click()
    filled = tmp_path / "ifylld.pdf"
    filled.write_bytes(by_pypdf(Path(download.value.path()).read_bytes(), said))
    page.get_by_role("link", name="Lämna in en ifylld PDF").click()
    page.get_by_label("Den ifyllda PDF:en").set_input_files(filled)
    page.get_by_role("button", name="Lämna in PDF:en").click()
    page.get_by_role("button", name="Ta allt som bara PDF:en har ändrat").click()
    page.get_by_text("Ingenting: PDF:en är genomgången.").wait_for()
    assert fields_of(answer)["pupils"] == "120"


def test_a_commenter_reads_and_comments_and_cannot_edit(log_in, answer, commenter, writer):
    saving.write(answer=answer, values={"summary": SUMMARY}, by=writer, at=timezone.now(), way="page")
    page = log_in(commenter)
    page.goto(address(answer))

    page.get_by_role("link", name="Bakgrund", exact=True).click()
    page.get_by_text(SUMMARY).wait_for()
    assert page.locator("textarea[name=summary]").count() == 0
    assert page.get_by_role("button", name="Spara").count() == 0
    page.goto(address(answer))
    _section(page, "Bakgrund").get_by_role("link", name="Kommentera").click()
    page.get_by_label("Om").select_option(label="Sammanfattning")
    page.get_by_label("Vad du vill säga").fill("Vilka skolor?")
    page.get_by_role("button", name="Skicka kommentaren").click()
    page.get_by_text("Din kommentar finns där").wait_for()

    said = Comment.objects.get()
    assert (said.question, said.said_by) == ("summary", commenter)
    refused = page.request.post(address(answer, "mark", "plan"), form={"status": "ready"})
    assert refused.status == 403


def test_a_section_is_given_and_marked_without_a_script(log_in, answer, submitter, second_writer):
    page = log_in(submitter, java_script_enabled=False)
    page.goto(address(answer))

    _section(page, "Plan").get_by_role("link", name="Ge till någon").click()
    page.get_by_label("Vem som skriver avsnittet").select_option(label="Didrik Utvecklare")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("skrivs av Didrik Utvecklare").wait_for()
    _section(page, "Plan").get_by_role("button", name="Markera som klart").click()
    _section(page, "Plan").get_by_role("button", name="Markera som inte klart").wait_for()

    mark = SectionMark.objects.get(section="plan")
    assert (mark.given_to, mark.status) == (second_writer, "ready")


@pytest.fixture
def lively(answer, writer, submitter, commenter):
    """Something of everything on its pages."""
    at = timezone.now()
    values = {"summary": f"{PERSONAL} " + "Ettmycketlångtordutanmellanslag" * 8, "pupils": "120", "need": "high"}
    rows = {"measures/a1": 1, "measures/a1/what": "Läsgrupper", "measures/a1/cost": 1_200_000}
    saving.write(answer=answer, values=values | rows, by=writer, at=at, way="page")
    said = comments.say(answer=answer, section="plan", words="Är ramen rätt?", by=commenter, at=at)
    comments.say(answer=answer, section="plan", words="Och målet?", question="ceiling", by=commenter, at=at)
    comments.settle(comment=said, by=writer, at=at)
    differing.differ(answer=answer, words="Orsaken är scheman.", by=writer, at=at)
    sections.give(answer=answer, section="plan", to=writer, by=submitter, at=at)
    return answer


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_pages_are_accessible_and_fit_a_phone(log_in, lively, submitter, officer, axe, prefix):
    view = {"width": 320, "height": 700}
    pages = [address(lively, page) for page in ("answer", "review", "participants", "differ")]
    pages += [address(lively, page, "plan") for page in ("comments", "give")]
    _look(log_in(submitter, viewport=view), [reverse("forms:mine"), reverse("forms:begin"), *pages], axe, prefix)
    desk = [reverse("forms:hand_out"), reverse("forms:handed_out"), address(lively), address(lively, "withdraw")]
    _look(log_in(officer, viewport=view), desk, axe, prefix)


def test_what_is_submitted_is_accessible_too(log_in, answer, writer, submitter, officer, axe):
    at = timezone.now()
    saving.write(answer=answer, values={"summary": SUMMARY}, by=writer, at=at, way="page")
    submitting.submit(answer=answer, by=submitter, at=at)

    pages = [address(answer, page) for page in ("answer", "review", "reopen")]

    _look(log_in(officer, viewport={"width": 320, "height": 700}), pages, axe, "")


def _look(page, addresses, axe, prefix):
    for one in addresses:
        assert page.goto(f"{prefix}{one}").status == 200, one
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, one
        axe(page)
