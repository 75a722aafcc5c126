"""The worklist's pages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samspel.casefiles.models import Question, QuestionState
from samspel.casefiles.operations import questions
from samspel.kernel.permissions import Level
from samspel.post.models import Message, MessageState
from samspel.registry.models import AppointmentDraft
from samspel.testing.sessions import Client
from tests.casefiles.conftest import NOW, PDF, TODAY
from tests.casefiles.test_questions import mail


@pytest.fixture
def question(db):
    return questions.receive(mail().as_bytes(), at=NOW)


@pytest.fixture
def browser_of(officer):
    client = Client()
    client.force_login(officer)
    return client


def at(name, question, *more):
    return reverse(f"casefiles:{name}", args=[question.key, *more])


def test_the_worklist_costs_the_same_with_one_question_and_with_three(
    browser_of, question, django_assert_max_num_queries
):
    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            assert browser_of.get(reverse("casefiles:questions")).status_code == 200
        return len(found)

    one = cost()
    for number in range(2):
        questions.receive(
            mail(
                subject=f"Fråga {number}", message_id=f"<{number}@k.example>", sender=f"p{number}@k.example"
            ).as_bytes(),
            at=NOW,
        )

    assert cost() == one


@pytest.mark.parametrize("which", ["mina", "utan", "oppna", "klara", "påhittat"])
def test_every_sort_of_question_has_a_list(browser_of, question, which):
    answer = browser_of.get(reverse("casefiles:questions"), {"visa": which})

    assert answer.status_code == 200


def test_a_question_shows_its_thread_and_what_is_next(browser_of, question):
    page = browser_of.get(at("question", question)).content.decode()

    assert "När är nästa träff?" in page
    assert "Någon tar frågan och svarar på den." in page
    assert "en handläggare eller registrator på myndigheten" in page


def test_markup_in_a_mail_is_words_on_the_page(browser_of):
    question = questions.receive(
        mail("<b>Hej</b><script>1</script>", sender='"<i>Elin</i>" <e@k.example>').as_bytes(), at=NOW
    )

    page = browser_of.get(at("question", question)).content.decode()

    assert "&lt;script&gt;" in page
    assert "<i>Elin" not in page


def test_an_answer_is_sent_from_the_page(browser_of, question):
    answer = browser_of.post(at("question_answer", question), {"words": "Den 3 december."})

    assert answer.status_code == 302
    question.refresh_from_db()
    assert question.state == QuestionState.ANSWERED


def test_where_an_answer_stands_is_told_in_words(browser_of, question):
    browser_of.post(at("question_answer", question), {"words": "På tisdag."})
    Message.objects.update(state=MessageState.SENDING)

    page = browser_of.get(at("question", question)).content.decode()

    assert "Skickas" in page
    assert "Sending" not in page
    assert "sending" not in page


def test_an_empty_answer_comes_back_with_the_page(browser_of, question):
    answer = browser_of.post(at("question_answer", question), {"words": ""})

    assert answer.status_code == 422


def test_what_was_typed_stands_when_the_answer_is_refused(browser_of, officer):
    question = questions.receive(b"Subject: Hej\r\n\r\nVem?", at=NOW)

    answer = browser_of.post(at("question_answer", question), {"words": "Ett långt svar."})

    assert answer.status_code == 409
    assert "Ett långt svar." in answer.content.decode()


def test_a_weak_login_is_told_what_it_takes(officer, question):
    client = Client()
    client.force_login(officer, level=Level.READ)

    assert client.post(at("question_answer", question), {"words": "Hej"}).status_code == 403


def test_take_arrange_link_and_close(browser_of, officer, question, organizer, case_file):
    browser_of.post(at("question_take", question))
    browser_of.post(at("question_give", question), {"owner": str(officer.key), "due_on": "2030-01-02"})
    browser_of.post(
        at("question_link", question), {"organizer": organizer.organization_number, "case_file": case_file.diary_number}
    )
    browser_of.post(at("question_register", question))
    browser_of.post(at("question_close", question))

    question.refresh_from_db()
    assert question.owner == officer.key
    assert (question.organizer, question.case_file) == (organizer, case_file)
    assert question.state == QuestionState.CLOSED
    assert case_file.documents.count() == 1


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("question_link", {"organizer": "finns inte"}),
        ("question_link", {"case_file": "SAM 2026:999999999"}),
        ("question_link", {"case_file": "\x00", "organizer": "5" * 300}),
        ("question_give", {"owner": "x", "due_on": "99999-01-01"}),
        ("question_give", {"owner": "", "due_on": ""}),
        ("question_answer", {"words": "\x00"}),
        ("question_answer", {"words": "x" * 20_000}),
    ],
)
def test_bad_input_is_refused_in_words(browser_of, question, name, given):
    answer = browser_of.post(at(name, question), given)

    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_a_mail_that_appoints_offers_a_draft_with_what_was_found(browser_of, organizer):
    organizer.official_email = "kontakt@kommun.example"
    organizer.save()
    question = questions.receive(
        mail(
            "Vi har utsett Anna Frisk (anna.frisk@kommun.example) från 2027-01-15.",
            subject="Ny samordnare",
            sender="kontakt@kommun.example",
        ).as_bytes(),
        at=NOW,
    )

    assert at("question_draft", question) in browser_of.get(at("question", question)).content.decode()
    form = browser_of.get(at("question_draft", question)).content.decode()
    assert 'value="Anna Frisk"' in form
    assert 'value="2027-01-15"' in form
    browser_of.post(
        at("question_draft", question),
        {"name": "Anna Frisk", "email": "anna.frisk@kommun.example", "from_on": "2027-01-15"},
    )
    assert AppointmentDraft.objects.get().name == "Anna Frisk"


def test_files_are_saved_and_never_shown_in_place(browser_of):
    made = mail()
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="beslut.pdf")
    question = questions.receive(made.as_bytes(), at=NOW)
    came = question.mails.get()

    file = browser_of.get(at("question_file", question, came.attachments.get().pk))
    original = browser_of.get(at("question_original", question, came.pk))

    assert file.content == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert original.content == made.as_bytes()


def test_a_file_of_another_question_is_not_there(browser_of, question):
    made = mail(message_id="<b@k.example>", sender="b@k.example", subject="B")
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="beslut.pdf")
    other = questions.receive(made.as_bytes(), at=NOW)

    assert browser_of.get(at("question_file", question, other.mails.get().attachments.get().pk)).status_code == 404


def test_outsiders_do_not_see_questions(outsider, question):
    client = Client()
    client.force_login(outsider)

    assert client.get(at("question", question)).status_code == 403
    assert client.get(reverse("casefiles:questions")).status_code == 403
    assert Question.objects.get().state == QuestionState.NEW
    assert question.received_at.date() == TODAY


def test_a_thread_shows_who_wrote_in_it_from_another_address(browser_of, question):
    forged = mail(
        "Hej", sender="Per <per@x.example>", message_id="<f@x.example>", In_Reply_To="<one@kommun.example>"
    )  # fmt: skip
    questions.receive(forged.as_bytes(), at=NOW)

    page = browser_of.get(at("question", question)).content.decode()

    assert page.count("Per &lt;per@x.example&gt;") == 1


def test_an_answer_greets_once(browser_of, question):
    browser_of.post(at("question_answer", question), {"words": "Hej Elin!\n\nDen 3 december."})

    assert Message.objects.get().body.count("Hej") == 1
