"""The pages of a filled PDF: handed in, gone through, and read in from the mailbox."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspel.casefiles.operations import questions
from samspel.casefiles.queries.questions import attachments
from samspel.forms.models import HandedIn
from samspel.forms.operations import saving
from samspel.forms.queries.answers import fields_of
from samspel.forms.rules.sheets import names
from samspel.registry.models import Role
from samspel.testing.sessions import Client
from tests.casefiles.test_questions import mail
from tests.forms.conftest import AT, BODY, make_version, person_with
from tests.forms.pdf_makers import plain
from tests.forms.test_handing_in import came, hidden, sheet, wrote


@pytest.fixture
def as_(db):
    """`as_(person)`: her browser."""

    def open_browser(person):
        client = Client()
        client.force_login(person)
        return client

    return open_browser


def hand_in_at(answer):
    return reverse("forms:hand_in", args=[answer.key])


def page_of(handed_in):
    return reverse("forms:handed_in", args=[handed_in.answer.key, handed_in.key])


def sent(client, answer, content, name="ifylld.pdf", **more):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return client.post(hand_in_at(answer), {"file": file}, **more)


def words_of(response):
    return " ".join(response.content.decode().split())


# Handed in


def test_a_filled_pdf_leads_to_what_it_says(as_, answer, writer):
    response = sent(as_(writer), answer, sheet(answer, {"contact": "Anna", "pupils": "många"}))

    handed_in = HandedIn.objects.get()
    assert response.headers["Location"] == page_of(handed_in)
    page = words_of(as_(writer).get(page_of(handed_in)))
    assert "Ändrat i PDF:en (1)" in page
    assert "Går inte att läsa (1)" in page
    assert "Skriv ett tal" in page
    assert "många" in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_refusal_is_told_in_words_beside_the_file(as_, answer, writer, language):
    prefix = "/en" if language == "en" else ""
    told = {"sv": "Filen är ingen PDF.", "en": "The file is not a PDF."}
    file = SimpleUploadedFile("a.pdf", b"hej", "application/pdf")

    response = as_(writer).post(f"{prefix}{hand_in_at(answer)}", {"file": file})

    assert response.status_code == 422
    assert told[language] in words_of(response)
    assert 'href="#id_file"' in words_of(response)


def test_an_older_version_is_told_with_what_has_changed(as_, answer, writer):
    old = make_version(BODY | {"sections": [BODY["sections"][0]]}, number=7, state="retired")
    content = plain({**hidden(answer, **{names.VERSION: "7", names.DIGEST: old.digest}), "contact": "Anna"})

    response = sent(as_(writer), answer, content)

    assert response.status_code == 422
    assert "Vad som har ändrats sedan den versionen" in words_of(response)
    assert "Plan" in words_of(response)


@pytest.mark.parametrize("given", [{}, {"file": "text"}, {"file": SimpleUploadedFile("tom.pdf", b"")}])
def test_no_file_is_told(as_, answer, writer, given):
    response = as_(writer).post(hand_in_at(answer), given)

    assert response.status_code == 422
    assert HandedIn.objects.count() == 0


def test_the_same_file_again_leads_to_where_it_is(as_, answer, writer):
    content = sheet(answer, {"contact": "Anna"})
    sent(as_(writer), answer, content)

    response = sent(as_(writer), answer, content, follow=True)

    assert "Samma fil är redan inlämnad" in words_of(response)
    assert HandedIn.objects.count() == 1


def test_a_name_full_of_markup_is_words(as_, answer, writer):
    sent(as_(writer), answer, sheet(answer, {"contact": "<script>1</script>"}), name="<b>x</b>.pdf")

    page = as_(writer).get(page_of(HandedIn.objects.get())).content.decode()

    assert "&lt;script&gt;1" in page
    assert "<b>x" not in page


@pytest.mark.parametrize(
    ("who", "status"), [("writer", 200), ("submitter", 200), ("commenter", 403), ("officer", 403), ("outsider", 404)]
)
def test_who_comes_to_the_page_where_it_is_handed_in(request, as_, answer, who, status):
    assert as_(request.getfixturevalue(who)).get(hand_in_at(answer)).status_code == status


# Gone through


def test_choices_are_saved_and_the_rest_waits(as_, answer, writer):
    base = wrote(answer, writer, {"contact": "Anna", "pupils": "12"})
    handed_in = came(answer, writer, {"contact": "Bo", "pupils": "13", "decided": "2026-01-02"}, revision=base)

    response = as_(writer).post(
        page_of(handed_in), {"_revision": base, "val-contact": "pdf", "val-pupils": "star"}, follow=True
    )

    page = words_of(response)
    assert fields_of(answer) == {"contact": "Bo", "pupils": "12"}
    assert "Taget från PDF:en" in page
    assert "Lämnat som det stod" in page
    assert "Välj vad som ska gälla: 1 sak är kvar." in page


def test_all_that_only_the_pdf_changed_is_taken_by_one_button(as_, answer, writer, second_writer):
    base = wrote(answer, writer, {"contact": "Anna", "pupils": "12"})
    handed_in = came(answer, writer, {"contact": "Bo", "pupils": "13", "decided": "2026-01-02"}, revision=base)
    now = wrote(answer, second_writer, {"contact": "Cecilia"})

    as_(writer).post(page_of(handed_in), {"_revision": now, "alla": "1"})

    assert fields_of(answer) == {"contact": "Cecilia", "pupils": "13", "decided": "2026-01-02"}


def test_what_somebody_wrote_meanwhile_is_told_and_stands(as_, answer, writer, second_writer):
    base = wrote(answer, writer, {"contact": "Anna"})
    handed_in = came(answer, writer, {"contact": "Bo"}, revision=base)
    wrote(answer, second_writer, {"contact": "Cecilia"})

    response = as_(writer).post(page_of(handed_in), {"_revision": base, "val-contact": "pdf"}, follow=True)

    assert "Någon skrev i några av fälten" in words_of(response)
    assert "Ändrat både i PDF:en och här (1)" in words_of(response)
    assert fields_of(answer) == {"contact": "Cecilia"}


def test_a_new_row_is_shown_whole_and_taken_as_one(as_, answer, writer):
    handed_in = came(answer, writer, {"measures/new1/what": "Läsgrupper", "measures/new1/cost": "5 000"})
    row = next(path for path in handed_in.read if path.count("/") == 1)
    page = words_of(as_(writer).get(page_of(handed_in)))

    as_(writer).post(page_of(handed_in), {f"val-{row}": "pdf"})

    assert "Insatser, ny rad 1" in page
    assert "Läsgrupper" in page
    assert fields_of(answer) == {row: 1, f"{row}/what": "Läsgrupper", f"{row}/cost": 500000}


def test_new_rows_of_one_table_are_told_apart(as_, answer, writer):
    handed_in = came(answer, writer, {"measures/new1/what": "Läsgrupper", "measures/new2/what": "Fadderläsning"})
    page = words_of(as_(writer).get(page_of(handed_in)))

    assert "Insatser, ny rad 1" in page
    assert "Insatser, ny rad 2" in page


def test_a_row_that_goes_is_shown_with_what_stands_in_it(as_, answer, writer):
    base = wrote(answer, writer, {"measures/r1": "1", "measures/r1/what": "Gammal insats"})
    handed_in = came(answer, writer, {"measures/r1/what": "", "measures/r1/cost": ""}, revision=base)
    page = words_of(as_(writer).get(page_of(handed_in)))

    as_(writer).post(page_of(handed_in), {"val-measures/r1": "pdf"})

    assert "Raden är tömd i PDF:en" in page
    assert "Gammal insats" in page
    assert fields_of(answer) == {}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"val-": "pdf"},
        {"val-inget": "pdf", "val-contact": "hej"},
        {"_revision": "9" * 40, "val-\x00": "pdf"},
        {"_revision": "-1", "val-measures/x/y/z": "pdf"},
        {"_revision": "x" * 1_000_000},
    ],
)
def test_whatever_is_sent_to_it_changes_nothing_and_is_answered(as_, answer, writer, given):
    handed_in = came(answer, writer, {"contact": "Bo"})

    response = as_(writer).post(page_of(handed_in), given, follow=True)

    assert response.status_code == 200
    assert fields_of(answer) == {}


def test_one_that_waits_stands_first_on_the_page_and_not_when_it_is_put_away(as_, answer, writer):
    handed_in = came(answer, writer, {"contact": "Bo"})

    assert words_of(as_(writer).get(hand_in_at(answer))).count(page_of(handed_in)) == 2
    as_(writer).post(page_of(handed_in), {"lagg_undan": "1"})
    assert words_of(as_(writer).get(hand_in_at(answer))).count(page_of(handed_in)) == 1


def test_one_that_is_put_away_says_so(as_, answer, writer):
    handed_in = came(answer, writer, {"contact": "Bo"})

    response = as_(writer).post(page_of(handed_in), {"lagg_undan": "1"}, follow=True)

    assert "PDF:en är undanlagd" in words_of(response)
    assert as_(writer).post(page_of(handed_in), {"val-contact": "pdf"}).status_code == 409


def test_of_a_submitted_form_it_waits_and_says_so(as_, answer, writer):
    handed_in = came(answer, writer, {"contact": "Bo"})
    answer.state = "submitted"
    answer.save(update_fields=["state"])

    page = words_of(as_(writer).get(page_of(handed_in)))
    response = as_(writer).post(page_of(handed_in), {"val-contact": "pdf"})

    assert "väntar här tills formuläret öppnas igen" in page
    assert 'name="val-contact"' not in page
    assert response.status_code == 409
    assert fields_of(answer) == {}


@pytest.mark.parametrize(
    ("who", "status"), [("second_writer", 200), ("commenter", 200), ("officer", 403), ("outsider", 404)]
)
def test_who_sees_what_it_says(request, as_, answer, writer, who, status):
    handed_in = came(answer, writer, {"contact": "Bo"})
    client = as_(request.getfixturevalue(who))

    response = client.get(page_of(handed_in))

    assert response.status_code == status
    if who == "commenter":
        assert 'name="val-contact"' not in words_of(response)
        assert client.post(page_of(handed_in), {"val-contact": "pdf"}).status_code == 403


def test_one_of_another_answer_is_not_there(as_, answer, version, writer):
    from tests.casefiles.conftest import make_organizer
    from tests.forms.conftest import handed_out

    other = handed_out(version, make_organizer(2), (writer, "write"))
    handed_in = came(answer, writer, {"contact": "Bo"})

    assert as_(writer).get(reverse("forms:handed_in", args=[other.key, handed_in.key])).status_code == 404


def test_the_page_asks_the_database_the_same_with_one_row_and_with_many(as_, answer, writer):
    def cost(handed_in):
        client = as_(writer)
        with CaptureQueriesContext(connection) as found:
            assert client.get(page_of(handed_in)).status_code == 200
        return len(found)

    few = came(answer, writer, {"measures/new1/what": "Ett", "municipality": "0180"})
    many = came(answer, writer, {f"measures/new{n}/what": f"Nr {n}" for n in range(1, 20)} | {"municipality": "1480"})

    assert cost(few) == cost(many)


# From the mailbox


@pytest.fixture
def mailed(answer, organizer):
    """`mailed(content)`: a question with a PDF, and the address where it is read in."""

    def send(content, name="ifylld.pdf", organizer=None):
        message = mail(subject="Vår analys")
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        question = questions.receive(message.as_bytes(), at=AT)
        if organizer is not None:
            question.organizer = organizer
            question.save(update_fields=["organizer"])
        attachment = attachments().get(mail__question=question)
        return question, reverse("forms:hand_in_mailed", args=[question.key, attachment.pk])

    return send


def test_a_pdf_in_the_mailbox_can_be_read_in_from_its_question(as_, answer, officer, writer, mailed):
    question, address = mailed(sheet(answer, {"contact": "Bo"}))
    page = words_of(as_(officer).get(reverse("casefiles:question", args=[question.key])))
    asked = words_of(as_(officer).get(address))

    response = as_(officer).post(address, follow=True)

    assert f'href="{address}"' in page
    assert "Liten analys" in asked
    assert "None" not in asked
    assert "De som skriver i formuläret får veta det" in words_of(response)
    handed_in = HandedIn.objects.get()
    assert (handed_in.way, handed_in.came_by, handed_in.state) == ("mail", officer.key, "waiting")
    assert "redan inläst" in words_of(as_(officer).get(address))
    assert as_(officer).get(page_of(handed_in)).status_code == 403


def test_a_registrar_reads_in_what_was_mailed_though_she_does_not_see_the_form(as_, answer, mailed):
    registrar = person_with(Role.REGISTRAR, name="Agnes Registrator")
    _question, address = mailed(sheet(answer, {"contact": "Bo"}))
    asked = words_of(as_(registrar).get(address))

    as_(registrar).post(address)

    assert "Liten analys" in asked
    assert HandedIn.objects.get().came_by == registrar.key
    assert as_(registrar).get(reverse("forms:answer", args=[answer.key])).status_code == 404


def test_for_a_blank_it_is_said_whose_it_is(as_, answer, officer, organizer, mailed):
    _question, address = mailed(plain({**hidden(answer), "contact": "Bo"}), organizer=organizer)

    without = as_(officer).post(address)
    as_(officer).post(address, {"answer": str(answer.key)})

    assert without.status_code == 422
    assert HandedIn.objects.get().answer == answer


@pytest.mark.parametrize("chosen", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_a_blank_goes_to_one_of_those_listed_alone(as_, answer, officer, mailed, chosen):
    _question, address = mailed(plain({**hidden(answer), "contact": "Bo"}))

    assert as_(officer).post(address, {"answer": chosen}).status_code == 422
    assert not HandedIn.objects.exists()


def test_what_is_no_form_is_told_why(as_, answer, officer, mailed):
    _question, address = mailed(plain({"namn": "Bo"}))

    response = as_(officer).get(address)

    assert "ingen blankett härifrån" in words_of(response)
    assert as_(officer).post(address).status_code == 200
    assert not HandedIn.objects.exists()


@pytest.mark.parametrize("who", ["writer", "editor", "outsider"])
def test_nobody_else_comes_to_the_mailbox(request, as_, answer, mailed, who):
    _question, address = mailed(sheet(answer, {"contact": "Bo"}))

    assert as_(request.getfixturevalue(who)).get(address).status_code == 403


# The command line


def test_the_command_tells_every_field_as_it_stood_with_what_is_wrong(answer, writer, capsys):
    from samspel.forms.queries.read_sheets import as_document
    from samspel.kernel.documents.filled import read_fields

    content = sheet(answer, {"contact": "Bo", "pupils": "många", "annat": "hej", "need": "high"})

    found = as_document(read_fields(content), "en")

    assert (found["form"], found["version"], found["is_known"], found["answer"]) == (
        "liten-analys",
        1,
        True,
        str(answer.key),
    )
    assert [(each["path"], each["typed"], each["value"], each["fault"]) for each in found["fields"]] == [
        ("contact", "Bo", "Bo", ""),
        ("pupils", "många", None, "number"),
        ("need", "high", "high", ""),
        ("annat", "hej", None, "unknown_field"),
    ]
    assert all(bool(each["said"]) == bool(each["fault"]) for each in found["fields"])


def test_saving_anything_of_it_leaves_a_trace_that_it_came_from_the_pdf(as_, answer, writer):
    saving.save(answer=answer, typed={"contact": "Anna"}, base=0, by=writer, at=AT)
    handed_in = came(answer, writer, {"contact": "Bo"}, revision=1)
    as_(writer).post(page_of(handed_in), {"val-contact": "pdf"})

    assert [change.way for change in answer.changes.filter(path="contact")] == ["page", "pdf"]
