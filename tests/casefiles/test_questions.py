"""The shared mailbox: a mail in becomes a question with an owner, a day, an answer in its thread."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from samspel.accounts.models import Person
from samspel.casefiles.models import Document, Question, QuestionMail, QuestionState
from samspel.casefiles.operations import questions
from samspel.casefiles.operations.refusals import DocumentRefused
from samspel.casefiles.queries import questions as queries
from samspel.kernel.audit import entries_about
from samspel.kernel.files import storing
from samspel.kernel.permissions import Level, LevelTooLow
from samspel.post.models import Message, MessageState
from samspel.registry.models import Appointment, AppointmentDraft, Role
from samspel.registry.operations import drafts as _drafts  # noqa: F401 - what a draft from a mail becomes
from tests.casefiles.conftest import NOW, PDF, TODAY, person_with

ASKED = "När är nästa träff?\n\nHälsningar\nElin"


def mail(
    words: str = ASKED, *, subject: str = "Nästa träff", sender: str = "Elin <elin@kommun.example>", **headers: str
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = sender, subject
    made["Message-ID"] = headers.pop("message_id", "<one@kommun.example>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    return made


@pytest.fixture
def question(db):
    return questions.receive(mail().as_bytes(), at=NOW)


def test_a_mail_becomes_a_question_with_its_words_its_original_and_a_day(question):
    [came] = question.mails.all()

    assert (question.subject, question.from_address, question.from_name) == (
        "Nästa träff",
        "elin@kommun.example",
        "Elin",
    )
    assert (question.state, question.owner) == (QuestionState.NEW, None)
    assert question.due_on == date(2026, 11, 27)
    assert came.words == ASKED
    assert storing.read(came.original) == mail().as_bytes()
    assert [entry.action for entry in entries_about(question)] == ["casefiles.question.received"]


def test_the_same_mail_fetched_twice_is_there_once(question):
    assert questions.receive(mail().as_bytes(), at=NOW) is None
    assert QuestionMail.objects.count() == 1


def test_a_known_sender_is_tied_to_her_organizer(organizer):
    elin = Person.objects.create(email="elin@kommun.example", name="Elin Sandell", joined_at=NOW)
    Appointment.objects.create(person=elin, role=Role.COORDINATOR, organizer=organizer, from_on=date(2025, 1, 1))

    question = questions.receive(mail().as_bytes(), at=NOW)

    assert (question.person, question.organizer) == (elin, organizer)


def test_one_who_works_for_two_organizers_is_tied_to_neither(organizer):
    from tests.casefiles.conftest import make_organizer

    elin = Person.objects.create(email="elin@kommun.example", name="Elin Sandell", joined_at=NOW)
    for place in (organizer, make_organizer(2)):
        Appointment.objects.create(person=elin, role=Role.COORDINATOR, organizer=place, from_on=date(2025, 1, 1))

    assert questions.receive(mail().as_bytes(), at=NOW).organizer is None


def test_an_answer_by_reference_joins_the_thread_and_waits_again(question, officer):
    questions.answer(question=question, words="Den 3 december.", by=officer, at=NOW)
    sent = QuestionMail.objects.get(is_out=True)

    again = questions.receive(
        mail("Tack! Var?", subject="SV: Nästa träff", message_id="<two@kommun.example>",
             In_Reply_To=f"<{sent.message_key}@samspel.example>").as_bytes(),
        at=NOW + timedelta(hours=1),
    )  # fmt: skip

    assert again.pk == question.pk
    assert again.state == QuestionState.OWNED
    assert again.owner == officer.key
    assert again.mails.count() == 3


def test_a_sv_without_references_joins_by_sender_and_subject(question):
    again = questions.receive(mail("Hallå?", subject="Re: nästa träff", message_id="<t@x.example>").as_bytes(), at=NOW)

    assert again.pk == question.pk


def test_somebody_elses_mail_of_the_same_subject_is_a_question_of_its_own(question):
    other = questions.receive(
        mail("Hej", subject="SV: Nästa träff", sender="annan@x.example", message_id="<t@x.example>").as_bytes(), at=NOW
    )

    assert other.pk != question.pk


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}])
def test_an_automatic_answer_asks_nothing(db, headers):
    assert questions.receive(mail(**headers).as_bytes(), at=NOW) is None
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    "made",
    [
        mail(subject="Frånvaro av vår samordnare i vår"),
        mail(Auto_Submitted="auto-generated", sender="E-tjänst <e@kommun.example>"),
        mail(sender="Postmaster Per <postmaster@kommun.example>"),
        mail(subject="å" * 900, sender=f"{'Elin ' * 100} <elin@kommun.example>"),
    ],
    ids=["of absence", "from a form", "from a postmaster", "long heads"],
)
def test_what_a_person_is_to_read_is_never_taken_for_a_machines_answer_nor_too_long(db, made):
    question = questions.receive(made.as_bytes(), at=NOW)

    assert question.mails.get().words == ASKED


def test_a_report_that_an_answer_did_not_arrive_marks_the_answer_and_is_no_question(question, officer):
    sent = questions.answer(question=question, words="Den 3 december.", by=officer, at=NOW)
    Message.objects.update(state=MessageState.SENT, sent_at=NOW)
    report = (
        "From: MAILER-DAEMON@kommun.example\r\nSubject: Undelivered\r\nMessage-ID: <r@kommun.example>\r\n"
        f"In-Reply-To: <{sent.message_key}@samspel.example>\r\nX-Failed-Recipients: elin@kommun.example\r\n\r\n"
        "550 5.1.1 user unknown\r\n"
    )

    assert questions.receive(report.encode(), at=NOW) is None
    assert Message.objects.get().state == MessageState.BOUNCED
    assert Question.objects.count() == 1


def test_who_goes_on_with_a_thread_from_another_address_is_told_apart(question, officer, organizer, case_file):
    forged = mail("Skicka allt hit.", sender="Per <per@x.example>", message_id="<f@x.example>",
                  In_Reply_To="<one@kommun.example>")  # fmt: skip
    assert questions.receive(forged.as_bytes(), at=NOW + timedelta(hours=1)).pk == question.pk
    questions.link(question=question, organizer=organizer, case_file=case_file, by=officer, at=NOW)

    questions.answer(question=question, words="Den 3 december.", by=officer, at=NOW + timedelta(hours=2))
    questions.register(question=question, by=officer, at=NOW + timedelta(hours=2))

    message = Message.objects.get()
    assert (message.to_address, message.in_reply_to) == ("elin@kommun.example", "<one@kommun.example>")
    assert "Skicka allt hit." not in message.body
    assert list(Document.objects.order_by("number").values_list("counterpart", "organizer")) == [
        ("Elin", organizer.pk),
        ("Per", None),
        ("Elin", organizer.pk),
    ]


def test_an_answer_sent_twice_by_a_double_click_leaves_once(question, officer):
    first = questions.answer(question=question, words="Den 3 december.", by=officer, at=NOW)

    assert questions.answer(question=question, words="Den 3 december.", by=officer, at=NOW) == first
    assert Message.objects.count() == 1
    questions.answer(question=question, words="Nej, den 4:e.", by=officer, at=NOW)
    assert Message.objects.count() == 2


def test_attachments_are_kept_and_one_whose_type_lies_is_named_with_why(db):
    made = mail()
    made.add_attachment(PDF, maintype="application", subtype="pdf", filename="beslut.pdf")
    made.add_attachment(
        b"MZ\x90\x00 not a pdf" + bytes(200), maintype="application", subtype="pdf", filename="../evil.pdf"
    )

    question = questions.receive(made.as_bytes(), at=NOW)

    kept, refused = question.mails.get().attachments.order_by("id")
    assert storing.read(kept.file) == PDF
    assert (refused.file, refused.refused_because) == (None, "kind")
    assert "/" not in refused.name


@pytest.mark.parametrize(
    "raw", [b"\x00" * 50, b"Subject: x\r\n\r\n\x00\xff", b"From: <a@b\r\nBcc: c@d.example>\r\n\r\nhej"]
)
def test_a_broken_mail_is_kept_for_a_person_to_look_at(db, raw):
    question = questions.receive(raw, at=NOW)

    assert storing.read(question.mails.get().original) == raw


def test_an_answer_goes_in_the_thread_to_who_asked_and_back_to_the_mailbox(question, officer, settings):
    settings.SAMSPEL_MAILBOX_ADDRESS = "fraga@myndigheten.example"

    questions.answer(question=question, words="Den 3 december.\n\nVälkommen!", by=officer, at=NOW)

    message = Message.objects.get()
    assert (message.to_address, message.subject) == ("elin@kommun.example", "SV: Nästa träff")
    assert (message.in_reply_to, message.reply_to) == ("<one@kommun.example>", "fraga@myndigheten.example")
    assert "Den 3 december." in message.body
    assert "När är nästa träff?" in message.body
    assert "Den 3 december." in message.body_html
    question.refresh_from_db()
    assert (question.state, question.owner) == (QuestionState.ANSWERED, officer.key)


def test_an_answer_keeps_web_addresses_that_the_officer_wrote(question, officer):
    questions.answer(question=question, words="Se https://www.skolverket.se/natverk.", by=officer, at=NOW)

    assert "https://www.skolverket.se/natverk" in Message.objects.get().body


def test_markup_in_an_answer_is_words(question, officer):
    questions.answer(question=question, words="<script>alert(1)</script> & hej", by=officer, at=NOW)

    assert "<script>" not in Message.objects.get().body_html
    assert "<script>alert(1)</script> & hej" in Message.objects.get().body


def test_an_empty_answer_is_refused_and_sends_nothing(question, officer):
    with pytest.raises(questions.QuestionRefused):
        questions.answer(question=question, words="  \n ", by=officer, at=NOW)

    assert Message.objects.count() == 0


def test_a_question_without_an_address_cannot_be_answered_by_mail(db, officer):
    question = questions.receive(b"Subject: Hej\r\n\r\nVem svarar?", at=NOW)

    with pytest.raises(questions.QuestionRefused):
        questions.answer(question=question, words="Jag", by=officer, at=NOW)


def test_a_question_is_given_to_a_colleague_and_let_go(question, officer, registrar):
    questions.arrange(question=question, owner=registrar, due_on=TODAY, by=officer, at=NOW)
    question.refresh_from_db()
    assert (question.owner, question.due_on, question.state) == (registrar.key, TODAY, QuestionState.OWNED)

    questions.arrange(question=question, owner=None, due_on=TODAY, by=officer, at=NOW)
    question.refresh_from_db()
    assert (question.owner, question.state) == (None, QuestionState.NEW)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=400)])
def test_a_day_that_has_been_or_is_far_off_is_refused(question, officer, day):
    with pytest.raises(questions.QuestionRefused):
        questions.arrange(question=question, owner=None, due_on=day, by=officer, at=NOW)


def test_a_question_cannot_be_given_to_somebody_outside_the_mailbox(question, officer, outsider):
    with pytest.raises(questions.QuestionRefused):
        questions.give(question=question, owner=outsider, by=officer, at=NOW)


def test_a_mail_that_appoints_becomes_a_draft_that_the_organizer_confirms(question, officer, organizer):
    questions.link(question=question, organizer=organizer, case_file=None, by=officer, at=NOW)

    draft = questions.draft_appointment(
        question=question, name="Anna Frisk", email="anna@kommun.example", phone="", title="", from_on=TODAY,
        replaces=None, by=officer, at=NOW,
    )  # fmt: skip

    assert AppointmentDraft.objects.get() == draft
    assert draft.organizer == organizer
    assert Appointment.objects.filter(organizer=organizer).count() == 0
    with pytest.raises(questions.QuestionRefused):
        questions.draft_appointment(
            question=question, name="Anna Frisk", email="anna@kommun.example", phone="", title="", from_on=TODAY,
            replaces=None, by=officer, at=NOW,
        )  # fmt: skip


def test_a_draft_needs_an_organizer(question, officer):
    with pytest.raises(questions.QuestionRefused):
        questions.draft_appointment(
            question=question, name="Anna", email="a@k.example", phone="", title="", from_on=TODAY, replaces=None,
            by=officer, at=NOW,
        )  # fmt: skip


def test_the_threads_mails_become_documents_of_its_case_file_once(question, officer, organizer, case_file):
    questions.link(question=question, organizer=organizer, case_file=case_file, by=officer, at=NOW)
    questions.answer(question=question, words="Den 3 december.", by=officer, at=NOW)

    assert questions.register(question=question, by=officer, at=NOW) == 2
    with pytest.raises(questions.QuestionRefused):
        questions.register(question=question, by=officer, at=NOW)

    came, went = Document.objects.order_by("number")
    assert (came.direction, went.direction) == ("in", "out")
    assert came.file == question.mails.get(is_out=False).original
    assert "Den 3 december." in went.words


def test_a_closed_question_opens_again_with_a_new_mail(question, officer):
    questions.close(question=question, by=officer, at=NOW)

    questions.receive(
        mail("En sak till", message_id="<z@k.example>", References="<one@kommun.example>").as_bytes(), at=NOW
    )

    question.refresh_from_db()
    assert (question.state, question.closed_at) == (QuestionState.NEW, None)


@pytest.mark.parametrize(
    "deed",
    [
        lambda question, by: questions.answer(question=question, words="Hej", by=by, at=NOW),
        lambda question, by: questions.give(question=question, owner=by, by=by, at=NOW),
        lambda question, by: questions.close(question=question, by=by, at=NOW),
        lambda question, by: questions.link(question=question, organizer=None, case_file=None, by=by, at=NOW),
        lambda question, by: questions.register(question=question, by=by, at=NOW),
        lambda question, by: questions.arrange(question=question, owner=None, due_on=TODAY, by=by, at=NOW),
    ],
)
def test_outsiders_and_weak_logins_are_refused_and_change_nothing(question, officer, outsider, deed):
    officer.session_level = Level.READ
    before = entries_about(question).count()

    with pytest.raises(PermissionDenied):
        deed(question, outsider)
    with pytest.raises(LevelTooLow):
        deed(question, officer)

    question.refresh_from_db()
    assert question.state == QuestionState.NEW
    assert entries_about(question).count() == before


def test_to_do_tells_of_own_questions_and_of_those_that_nobody_has(question, officer, outsider):
    questions.receive(mail("Hej", subject="Annat", message_id="<b@k.example>", sender="b@k.example").as_bytes(), at=NOW)
    questions.give(question=question, owner=officer, by=officer, at=NOW)

    rows = list(queries.to_do(officer, NOW))

    assert [row.due_on for row in rows] == [date(2026, 11, 27), date(2026, 11, 27)]
    assert "Nästa träff" in rows[0].title
    assert "1" in rows[1].title
    assert list(queries.to_do(outsider, NOW)) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_taken_in_by_two_at_once_is_one_question():
    ready = threading.Barrier(4)

    def take() -> None:
        try:
            ready.wait()
            questions.receive(mail().as_bytes(), at=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Question.objects.count(), QuestionMail.objects.count()) == (1, 1)


def test_colleagues_are_those_who_work_with_the_mailbox_now(officer, registrar, outsider):
    person_with(Role.PROCESS_SUPPORTER)

    assert [one.name for one in queries.colleagues(NOW)] == ["Hanna Handläggare", "Rut Registrator"]


def test_mails_are_registered_with_a_secrecy_mark_if_one_is_asked_for(question, officer, case_file):
    questions.link(question=question, organizer=None, case_file=case_file, by=officer, at=NOW)

    questions.register(question=question, is_secret=True, secrecy_ground="23 kap. 2 § OSL", by=officer, at=NOW)

    made = Document.objects.get()
    assert (made.is_secret, made.secrecy_ground) == (True, "23 kap. 2 § OSL")


def test_a_secrecy_mark_without_a_ground_is_refused_and_nothing_is_registered(question, officer, case_file):
    questions.link(question=question, organizer=None, case_file=case_file, by=officer, at=NOW)

    with pytest.raises(DocumentRefused):
        questions.register(question=question, is_secret=True, by=officer, at=NOW)

    assert Document.objects.count() == 0
