"""Sending starts once: recipients, words, mails and the PDF are written in one transaction, as they were approved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.operations import casefiles
from samspel.kernel.audit import SYSTEM
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.refusals import Refusal
from samspel.letters.models import Frozen, Letter, LetterState, ListRow, NamedList, Recipient
from samspel.letters.operations import approving, correcting, sending, writing
from samspel.letters.operations.sending import LetterRefused
from samspel.letters.queries import approvals, audit, differences
from samspel.post.models import Mailing, Message, Sender
from samspel.registry.models import Role
from tests.letters.conftest import AT, BODY, approved, at_organizer, make_letter

LATER = AT + timedelta(hours=1)
PLANNED = AT + timedelta(days=2)


def started(letter, by, at=LATER):
    return sending.start(letter=letter, by=by, at=at)


def planned(letter, by, moment=PLANNED):
    return sending.plan(letter=letter, moment=moment, by=by, at=LATER)


def refusal_of(deed, kind=LetterRefused):
    with pytest.raises(kind) as refused:
        deed()
    return refused.value.code


@pytest.fixture
def ready(letter, editor, officer, coordinators):
    """A letter to all coordinators that the officer has approved."""
    return approved(letter, asker=editor, approver=officer)


def test_all_that_sending_is_stands_there_at_once(ready, officer, coordinators):
    letter = started(ready, officer)

    assert (letter.state, letter.sent_at, letter.sent_by, letter.expected) == (LetterState.SENT, LATER, officer.key, 2)
    assert letter.slug == "2026-brev-till-samordnarna-2026"
    rows = list(Recipient.objects.order_by("pk"))
    assert [(row.person, row.address) for row in rows] == [(one, one.email) for one in coordinators]
    assert [row.reasons[0]["role"] for row in rows] == ["coordinator", "coordinator"]
    mailing = Mailing.objects.get()
    assert (letter.mailing_key, mailing.expected, mailing.messages.count()) == (mailing.key, 2, 2)
    assert {row.message_key for row in rows} == set(mailing.messages.values_list("key", flat=True))
    assert {one.language for one in Frozen.objects.all()} == {"sv", "en"}
    assert AuditEntry.objects.filter(action="letters.letter.sent").count() == 1


def test_each_mail_says_what_was_written_why_it_came_and_where_it_is_read(ready, officer, coordinator, organizer):
    started(ready, officer)

    mail = Message.objects.get(to_address=coordinator.email)
    assert mail.subject == BODY["subject"]["sv"]
    assert "Fler nätverk" in mail.body
    assert "<strong>resultat</strong>" in mail.body_html
    words = " ".join(mail.body.split())
    assert f"Därför får du det här brevet: Samordnare hos {organizer.name}. Det hör till uppdraget" in words
    assert "/brev/2026-brev-till-samordnarna-2026/" in mail.body
    assert mail.reply_to == BODY["contact"]


def test_each_gets_it_in_her_own_language(ready, officer, coordinators):
    coordinators[1].language = "en"
    coordinators[1].save()

    started(ready, officer)

    mail = Message.objects.get(to_address=coordinators[1].email)
    assert (mail.language, mail.subject) == ("en", BODY["subject"]["en"])
    assert "/en/brev/" in mail.body


def test_the_pdf_is_a_document_of_the_case_file_that_was_chosen(letter, editor, officer, coordinators):
    letter.case_file = casefiles.open_case(series="SAM", title="Samordnare 2026", by=SYSTEM, at=AT)
    letter.save()

    letter = started(approved(letter, asker=editor, approver=officer), officer)

    document = Document.objects.get()
    assert (document, document.case_file) == (letter.document, letter.case_file)
    assert (document.direction, document.kind, document.title) == ("out", "letter", BODY["subject"]["sv"])
    assert document.file.media_type == "application/pdf"


def test_without_a_case_file_the_letter_gets_one_of_its_own(ready, officer):
    letter = started(ready, officer)

    case_file = CaseFile.objects.get()
    assert letter.case_file == case_file
    assert (case_file.series_id and case_file.series.code, case_file.title) == ("ALM", BODY["subject"]["sv"])


def test_a_closed_case_file_stops_the_whole_sending(letter, editor, officer, coordinators):
    case_file = casefiles.open_case(series="SAM", title="Samordnare 2026", by=SYSTEM, at=AT)
    letter.case_file = case_file
    letter.save()
    letter = approved(letter, asker=editor, approver=officer)
    casefiles.close(case_file=case_file, reason="Klart", by=officer, at=AT)

    refusal_of(lambda: started(letter, officer), Refusal)

    letter.refresh_from_db()
    assert (letter.state, letter.slug) == (LetterState.APPROVED, None)
    assert [model.objects.count() for model in (Recipient, Frozen, Mailing, Message, Document)] == [0, 0, 0, 0, 0]


def test_what_has_been_sent_is_not_sent_again(ready, officer, second_officer):
    first = started(ready, officer)

    again = started(ready, second_officer, at=LATER + timedelta(hours=1))

    assert (again.sent_at, again.mailing_key) == (LATER, first.mailing_key)
    assert (Mailing.objects.count(), Message.objects.count()) == (1, 2)


@pytest.mark.parametrize("state", ["draft", "for_approval", "withdrawn"])
def test_what_is_not_approved_is_not_sent(letter, officer, coordinators, state):
    letter.state = state
    letter.save()

    assert refusal_of(lambda: started(letter, officer)) == "not_approved"
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "changed",
    [{"body": {**BODY, "lead": {"sv": "Något helt annat"}}}, {"audience": {"to": ["organizer"]}}, {"kind": "news"}],
)
def test_nothing_is_sent_that_is_not_exactly_what_was_approved(ready, officer, changed):
    Letter.objects.filter(pk=ready.pk).update(**changed)

    assert refusal_of(lambda: started(ready, officer)) == "not_as_approved"
    assert (Letter.objects.get().state, Message.objects.count()) == (LetterState.APPROVED, 0)


def test_an_audience_that_has_become_empty_is_refused_in_words(ready, officer, coordinators):
    for person in coordinators:
        person.appointments.update(to_on=date(2026, 11, 1))

    with pytest.raises(LetterRefused) as refused:
        started(ready, officer)

    assert refused.value.code == "nobody_left"
    assert "mottagar" in str(refused.value)
    assert Letter.objects.get().state == LetterState.APPROVED


def test_a_letter_that_has_come_to_go_to_many_takes_a_second_person_after_all(officer, coordinators):
    made = NamedList.objects.create(name="Gruppen", purpose="Prov", review_on=date(2027, 1, 1), made_at=AT)
    ListRow.objects.create(list=made, person=coordinators[0], added_at=AT)
    letter = make_letter(by=officer, audience={"to": [], "lists": [str(made.key)]})
    letter = approved(letter, asker=officer, approver=officer)
    ListRow.objects.bulk_create(
        ListRow(list=made, address=f"ny.{number}@example.org", added_at=AT) for number in range(30)
    )

    assert refusal_of(lambda: started(letter, officer)) == "takes_two"
    assert Message.objects.count() == 0


@pytest.mark.parametrize("role", ["editor", "coordinator", "outsider"])
def test_who_may_write_and_not_send_is_refused(request, ready, role):
    person = request.getfixturevalue(role)

    for deed in (lambda: started(ready, person), lambda: planned(ready, person)):
        with pytest.raises(PermissionDenied):
            deed()

    assert (Letter.objects.get().state, Message.objects.count()) == (LetterState.APPROVED, 0)


def test_a_planned_letter_is_sent_at_its_moment_and_not_before(ready, officer):
    letter = planned(ready, officer)

    early = sending.start_planned(letter=letter, at=PLANNED - timedelta(seconds=1))
    sent = sending.start_planned(letter=letter, at=PLANNED)

    assert (early.state, sent.state) == (LetterState.PLANNED, LetterState.SENT)
    assert (sent.sent_by, sent.planned_by) == (None, officer.key)
    job = ProcrastinateJob.objects.get(task_name="letters.start")
    assert (job.scheduled_at, job.args) == (PLANNED, {"letter_key": str(letter.key)})


def test_put_off_is_not_sent_by_the_job_of_the_first_moment(ready, officer):
    letter = planned(planned(ready, officer), officer, moment=PLANNED + timedelta(days=1))

    assert sending.start_planned(letter=letter, at=PLANNED).state == LetterState.PLANNED
    assert sending.start_planned(letter=letter, at=PLANNED + timedelta(days=1)).state == LetterState.SENT
    assert Mailing.objects.count() == 1


def test_taken_out_of_the_plan_it_is_not_sent(ready, officer):
    letter = sending.unplan(letter=planned(ready, officer), by=officer, at=LATER)

    assert (letter.state, letter.planned_for) == (LetterState.APPROVED, None)
    assert sending.start_planned(letter=letter, at=PLANNED).state == LetterState.APPROVED


def test_a_letter_whose_job_was_lost_is_found(ready, officer):
    planned(ready, officer)
    ProcrastinateJob.objects.all().delete()

    assert sending.start_due(at=PLANNED + timedelta(minutes=4)) == 1
    assert sending.start_due(at=PLANNED + timedelta(minutes=9)) == 0
    assert Letter.objects.get().state == LetterState.SENT


@pytest.mark.parametrize(
    ("moment", "code"), [(LATER, "passed"), (AT, "passed"), (LATER + timedelta(days=400), "far_ahead")]
)
def test_a_moment_that_is_none_to_plan_for_is_refused(ready, officer, moment, code):
    assert refusal_of(lambda: planned(ready, officer, moment=moment)) == code


def test_the_difference_since_it_was_planned_is_told_before_and_after(ready, officer, coordinators, organizers):
    letter = planned(ready, officer)
    new = at_organizer(organizers[2], Role.COORDINATOR, "Nora Ny")
    coordinators[0].appointments.update(to_on=date(2026, 11, 1))

    before = differences.since_planned(letter, LATER)
    letter = sending.start_planned(letter=letter, at=PLANNED)

    assert (before.added, before.gone) == (["Nora Ny"], ["Sanna Samordnare"])
    assert letter.difference == {"added": [f"person:{new.pk}"], "gone": [f"person:{coordinators[0].pk}"]}
    assert differences.since_planned(letter, LATER) == before
    assert letter.planned_recipients == []


def test_a_planned_letter_that_nobody_is_left_for_stays_approved_and_its_planner_is_told(ready, officer, coordinators):
    letter = planned(ready, officer)
    for person in coordinators:
        person.appointments.update(to_on=date(2026, 11, 1))

    letter = sending.start_planned(letter=letter, at=PLANNED)

    told = Message.objects.get()
    assert (letter.state, letter.stopped_because, letter.planned_for) == (LetterState.APPROVED, "nobody_left", None)
    assert (told.to_address, told.kind) == (officer.email, "letters.stopped")
    assert "skickades inte" in told.subject
    assert Recipient.objects.count() == 0


def test_a_letter_that_could_not_start_for_half_a_day_waits_for_a_person(ready, officer):
    letter = planned(ready, officer)

    letter = sending.start_planned(letter=letter, at=PLANNED + timedelta(hours=13))

    assert (letter.state, letter.stopped_because) == (LetterState.APPROVED, "too_late")
    assert not Recipient.objects.exists()


def test_a_test_goes_to_a_colleague_alone_in_both_languages_and_counts_for_nothing(letter, editor, officer):
    sending.test_send(letter=letter, to=officer, by=editor, at=AT)

    assert sorted(Message.objects.values_list("to_address", "language", "subject")) == [
        (officer.email, "en", "Test: Letter to the coordinators 2026"),
        (officer.email, "sv", "Prov: Brev till samordnarna 2026"),
    ]
    assert (Recipient.objects.count(), Mailing.objects.count(), audit.all_sent()) == (0, 0, [])


def test_a_test_never_goes_outside_the_agency(letter, editor, coordinator, outsider):
    for person in (coordinator, outsider):
        assert refusal_of(lambda person=person: sending.test_send(letter=letter, to=person, by=editor, at=AT)) == (
            "not_staff"
        )

    with pytest.raises(PermissionDenied):
        sending.test_send(letter=letter, to=outsider, by=outsider, at=AT)


def test_a_letter_goes_out_as_its_sender(letter, editor, officer, coordinators):
    letter.sender = Sender.objects.create(
        slug="prov", name="Provmyndigheten", from_address="prov@example.org", reply_to="svar@example.org"
    )
    letter.save()

    started(approved(letter, asker=editor, approver=officer), officer)

    assert set(Message.objects.values_list("sender__name", flat=True)) == {"Provmyndigheten"}


def test_a_correction_reaches_exactly_those_who_got_the_first(ready, editor, officer, coordinators, organizers):
    first = started(ready, officer)
    at_organizer(organizers[2], Role.COORDINATOR, "Nora Ny")
    coordinators[0].appointments.update(to_on=date(2026, 11, 1))
    coordinators[1].email = "ny.adress@example.org"
    coordinators[1].save()

    draft = correcting.correct(letter=first, by=editor, at=LATER)
    again = correcting.correct(letter=first, by=officer, at=LATER)
    sent = started(approved(draft, asker=editor, approver=officer), officer)

    assert (again.pk, draft.corrects, sent.corrects) == (draft.pk, first, first)
    assert sent.case_file == first.case_file
    assert set(sent.recipients.values_list("person", "address")) == {
        (coordinators[0].pk, coordinators[0].email),
        (coordinators[1].pk, "ny.adress@example.org"),
    }
    mail = Message.objects.filter(mailing__key=sent.mailing_key).first()
    assert mail.subject == "Rättelse: Brev till samordnarna 2026"
    assert "rättar" in mail.body


def test_only_what_has_been_sent_is_corrected(ready, editor, outsider):
    assert refusal_of(lambda: correcting.correct(letter=ready, by=editor, at=LATER)) == "not_sent"
    with pytest.raises(PermissionDenied):
        correcting.correct(letter=ready, by=outsider, at=LATER)


def test_a_correction_to_all_takes_a_second_person_as_the_first_did(ready, officer, second_officer):
    draft = correcting.correct(letter=started(ready, officer), by=second_officer, at=LATER)
    draft = approving.ask(letter=draft, by=second_officer, at=LATER)

    digest = approvals.digest(draft)

    assert refusal_of(lambda: approving.approve(letter=draft, digest=digest, by=second_officer, at=LATER)) == "own"


def test_sending_costs_as_many_questions_for_many_as_for_few(
    editor, officer, organizers, django_assert_max_num_queries
):
    counted = []
    for number in (5, 60):
        for place in range(number):
            at_organizer(organizers[0], Role.COORDINATOR, f"Samordnare {number} {place}")
        named = {**BODY, "subject": {"sv": f"Brev till {number}", "en": f"Letter to {number}"}}
        letter = approved(make_letter(named, by=editor), asker=editor, approver=officer)
        with django_assert_max_num_queries(200) as asked:
            started(letter, officer)
        counted.append(len(asked))

    assert counted[1] <= counted[0]


def test_writing_is_closed_once_it_is_sent(ready, officer, editor):
    letter = started(ready, officer)

    with pytest.raises(writing.LetterRefused):
        writing.change(letter=letter, body=BODY, revision=letter.revision, by=editor, at=LATER)
    assert refusal_of(lambda: approving.take_back(letter=letter, by=editor, at=LATER)) == "sent_already"
    assert refusal_of(lambda: planned(letter, officer)) == "sent_already"
