"""A question type and a source of a higher floor, all the way: definition, page, save, PDF out and back, submitted."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from samspel.forms.forms.definitions.parts import PartForm
from samspel.forms.models import AnswerState
from samspel.forms.operations import answers, handing_in
from samspel.forms.operations.definitions import load
from samspel.forms.operations.drafting.refusals import DefinitionFaulty
from samspel.forms.operations.participants import Taking
from samspel.forms.queries import handed_in as queries
from samspel.forms.queries import sheets
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.handed import QuestionType, prefill_sources, question_types
from samspel.forms.rules.values import ValueRefused
from samspel.kernel.audit import SYSTEM
from samspel.kernel.documents.filled import read_fields
from samspel.kernel.permissions import Level
from tests.forms.conftest import AT, TODAY
from tests.forms.test_definition_rules import form, question
from tests.forms.test_round_trip import by_pikepdf

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _parse(_question, typed):
    """“6–9”, kept as the first and last grade."""
    text = str(typed).strip()
    if not text:
        return None
    first, line, last = text.partition("–")
    if not (line and first.isdigit() and last.isdigit() and 0 < int(first) <= int(last) <= 9):
        raise ValueRefused("number")
    return {"first": int(first), "last": int(last)}


def _shown(_question, value, language):
    word = "grades" if language == "en" else "årskurs"
    return f"{word} {value['first']} till {value['last']}"


@pytest.fixture
def handed_down():
    """What an app above hands down when it is ready; taken off the shelves afterwards."""
    grades = QuestionType(
        name="grades",
        label="Årskurser",
        parse=_parse,
        typed=lambda _question, value: f"{value['first']}–{value['last']}",
        shown=_shown,
    )
    question_types.add("grades", grades)
    prefill_sources.add("analyses.grades", lambda _answer, _question, _at: {"first": 1, "last": 3})
    yield
    question_types._shelf.pop("grades")
    prefill_sources._shelf.pop("analyses.grades")


BODY = form(
    question("which", "grades", is_required=True, prefill="analyses.grades", help={"sv": "Till exempel 6–9."}),
    question("more", "grades"),
    slug="arskurser",
    submitters=["coordinator"],
)


@pytest.fixture
def answer(handed_down, organizer, submitter):
    version = load(data=BODY, by=SYSTEM, at=AT)
    return answers.begin(
        definition=version.definition,
        organizer=organizer,
        participants=[Taking(submitter, "submit", TODAY)],
        by=SYSTEM,
        at=AT,
    )


@pytest.fixture
def browser(client, submitter):
    client.force_login(submitter, backend=BACKEND, level=Level.SIGN)
    return client


def address(answer, name="section", *more):
    return reverse(f"forms:{name}", args=[answer.key, *more])


def html(response):
    return response.content.decode()


def words_of(content):
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_it_is_prefilled_shown_saved_and_refused_on_the_page(answer, browser):
    page = address(answer, "section", "first")
    assert 'value="1–3"' in html(browser.get(page))

    answered = browser.post(page, {"_revision": "1", "_save": "stay", "which": "6–9", "more": ""})
    assert answered.status_code == 302
    assert fields_of(answer) == {"which": {"first": 6, "last": 9}}

    refused = browser.post(page, {"_revision": "2", "_save": "stay", "which": "nio", "more": ""})
    assert (refused.status_code, 'value="nio"' in html(refused)) == (422, True)
    assert fields_of(answer) == {"which": {"first": 6, "last": 9}}


def test_the_script_saves_it_and_what_another_wrote_is_told_in_words(answer, browser, submitter):
    page = address(answer, "section", "first")

    saved = browser.post(page, {"_revision": "1", "which": "4–6"}, HTTP_ACCEPT="application/json")
    told = browser.get(address(answer, "section_now", "first") + "?since=1", HTTP_ACCEPT="application/json")

    assert (saved.status_code, told.status_code) == (200, 200)
    assert json.loads(saved.content)
    assert "årskurs 1 till 3" in html(browser.get(address(answer, "history") + "?falt=which"))


def test_it_goes_out_in_the_pdf_and_comes_back(answer, submitter):
    sheet = sheets.sheet(answer, submitter, "sv", AT)
    assert read_fields(sheet)["which"] == "1–3"

    filled = by_pikepdf(sheet, {"which": "7–9", "more": "fel"})
    came = handing_in.hand_in(answer=answer, content=filled, name="x.pdf", way="upload", by=submitter, at=AT)
    found = queries.units_of(came)
    assert {unit.path: bool(unit.fields[0].read.fault) for unit in found} == {"which": False, "more": True}
    assert [unit.path for unit in queries.undecided(came, found)] == ["which"]

    handing_in.decide(handed_in=came, accepted={"which"}, refused=(), by=submitter, at=AT)
    assert fields_of(answer) == {"which": {"first": 7, "last": 9}}


def test_it_is_gone_through_submitted_and_stands_in_the_finished_document(answer, browser):
    review = html(browser.get(address(answer, "review")))
    assert "årskurs 1 till 3" in review

    revision = answer.revision
    browser.post(address(answer, "review"), {"revision": str(revision)})
    answer.refresh_from_db()

    assert answer.state == AnswerState.SUBMITTED
    assert "årskurs1till3" in words_of(sheets.finished(answer.submissions.get(), "sv"))
    assert "grades1till3" in words_of(sheets.finished(answer.submissions.get(), "en"))


def test_the_blank_page_tells_it_by_name(answer, client):
    answer.version.definition.refresh_from_db()

    assert "Årskurser" in html(client.get(reverse("forms:public_form", args=["arskurser"])))


def test_without_the_floor_that_hands_it_down_the_form_is_not_put_to_use(db):
    with pytest.raises(DefinitionFaulty) as refused:
        load(data=BODY, by=SYSTEM, at=timezone.now())

    assert {fault.code for fault in refused.value.faults} == {"not_one_of"}


def test_more_words_of_such_a_question_are_refused_where_they_are_no_toml(handed_down):
    for text in ("x = = 1", "x = " + "[" * 3900):
        form = PartForm({"label_sv": "Vilka", "more": text}, part=BODY["sections"][0]["questions"][0], whole_form=BODY)

        assert "TOML" in str(form.errors["more"])
