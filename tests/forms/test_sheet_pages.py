"""Where the PDF is taken out: blank by anybody, so far by who writes, as submitted by who may read."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.urls import reverse

from samspel.forms.models import DifferingView, Submission
from samspel.forms.operations.keeping import keep
from samspel.forms.operations.saving import write
from samspel.forms.queries.answers import fields_of
from samspel.kernel.files import storing
from tests.forms.conftest import AT, make_version


@pytest.fixture
def submission(answer, submitter):
    """The answer as it was submitted."""
    write(answer=answer, values={"contact": "Åsa Öberg"}, by=submitter, at=AT, way="page")
    answer.state = "submitted"
    answer.save(update_fields=["state"])
    return Submission.objects.create(
        answer=answer, number=1, values=fields_of(answer), revision=1, digest="ab" * 32, submitted_at=AT,
        submitted_by=submitter.key,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day that people take part on."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def _text(response):
    return _text_of(response.content)


def _text_of(content):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def _fields(response):
    return pypdf.PdfReader(io.BytesIO(response.content)).get_fields()


def test_anybody_takes_the_blank_form_in_the_language_of_the_page(client, version):
    address = reverse("forms:public_pdf", args=["liten-analys"])
    swedish, english = client.get(address), client.get(f"/en{address}")

    assert (swedish.status_code, swedish["Content-Type"]) == (200, "application/pdf")
    assert swedish["Content-Disposition"] == 'attachment; filename="liten-analys-1.pdf"'
    assert "public" in swedish["Cache-Control"]
    assert [_fields(each)["samspel.language"]["/V"] for each in (swedish, english)] == ["sv", "en"]


def test_what_is_no_public_form_in_use_is_not_found(client, db):
    draft = make_version(state="draft")
    draft.definition.is_public = False

    assert client.get(reverse("forms:public_pdf", args=["liten-analys"])).status_code == 404
    assert client.get(reverse("forms:public_pdf", args=["finns-inte"])).status_code == 404


@pytest.mark.parametrize("who", ["writer", "second_writer", "submitter"])
def test_those_who_write_take_out_what_stands_so_far(client, answer, writer, who, request):
    write(answer=answer, values={"contact": "Åsa Öberg"}, by=writer, at=AT, way="page")
    client.force_login(request.getfixturevalue(who))
    response = client.get(reverse("forms:fillable", args=[answer.key]))

    assert response.status_code == 200
    assert _fields(response)["contact"]["/V"] == "Åsa Öberg"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("who", "status"), [("commenter", 403), ("officer", 403), ("outsider", 404)])
def test_others_take_out_nothing_to_fill_in(client, answer, who, status, request):
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("forms:fillable", args=[answer.key])).status_code == status


def test_nobody_who_is_not_logged_in_takes_out_anything(client, submission):
    for address in ("fillable", "submission_pdf"):
        given = [submission.answer.key] if address == "fillable" else [submission.answer.key, 1]

        assert "/konto/logga-in/" in client.get(reverse(f"forms:{address}", args=given))["Location"]


def test_what_is_submitted_is_no_longer_taken_out_to_be_filled_in(client, submission, writer):
    client.force_login(writer)
    response = client.get(reverse("forms:fillable", args=[submission.answer.key]))

    assert response["Location"] == reverse("forms:answer", args=[submission.answer.key])


@pytest.mark.parametrize("who", ["writer", "commenter", "officer"])
def test_those_who_may_read_take_what_was_submitted(client, submission, who, request):
    client.force_login(request.getfixturevalue(who))
    response = client.get(reverse("forms:submission_pdf", args=[submission.answer.key, 1]))

    assert response.status_code == 200
    assert "Åsa Öberg" in pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()


def test_the_document_that_is_kept_is_given_as_it_is_and_one_made_anew_says_so(client, submission, writer):
    keep(submission=submission, at=AT)
    kept = storing.read(Submission.objects.get().file)
    DifferingView.objects.create(answer=submission.answer, person=writer, words="Vi räknade annorlunda.", said_at=AT)
    client.force_login(writer)
    address = reverse("forms:submission_pdf", args=[submission.answer.key, 1])
    anew = _text(client.get(f"{address}?anew=1"))

    assert client.get(address).content == kept
    assert "Vi räknade annorlunda." not in _text(client.get(address))
    assert "Vi räknade annorlunda." in anew
    assert "Gjort på nytt" in anew


def test_what_is_kept_from_before_somebody_was_protected_is_not_read_here_and_stays_as_it_was(
    client, submission, submitter, officer
):
    keep(submission=submission, at=AT)
    kept = Submission.objects.get().file
    client.force_login(officer)
    address = reverse("forms:submission_pdf", args=[submission.answer.key, 1])
    assert submitter.name in _text(client.get(address))

    submitter.is_protected = True
    submitter.save(update_fields=["is_protected"])

    read = _text(client.get(address))
    assert (submitter.name in read, "Gjort på nytt" in read) == (False, True)
    assert submitter.name in _text_of(storing.read(kept))


def test_outsiders_and_submissions_that_are_not_there_are_not_found(client, submission, writer, outsider):
    client.force_login(outsider)
    assert client.get(reverse("forms:submission_pdf", args=[submission.answer.key, 1])).status_code == 404

    client.force_login(writer)
    assert client.get(reverse("forms:submission_pdf", args=[submission.answer.key, 2])).status_code == 404
    assert client.get(f"/arbete/formular/{submission.answer.key}/inlamnad/{10**20}.pdf").status_code == 404


def test_nothing_is_left_to_take_when_its_time_is_over(client, submission, writer):
    submission.answer.forgotten_at = AT
    submission.answer.save(update_fields=["forgotten_at"])
    client.force_login(writer)

    assert client.get(reverse("forms:submission_pdf", args=[submission.answer.key, 1])).status_code == 404
