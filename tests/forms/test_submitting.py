"""Submitting freezes an answer as it stands; a decision opens it again; what it becomes is kept as a document."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.casefiles.models import Document
from samspel.casefiles.operations import casefiles
from samspel.forms import tasks
from samspel.forms.models import AnswerState, SetAside, Submission
from samspel.forms.operations import answers, differing, keeping, saving, submitting
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.submitting import NotReady
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.findings import places
from samspel.forms.rules.months import months_after
from samspel.kernel.audit import SYSTEM, history_of
from samspel.kernel.files import storing
from samspel.kernel.permissions import Level, LevelTooLow
from samspel.post.models import Message
from tests.forms.conftest import AT, BODY, SUMMARY, handed_out, make_version


def write(answer, by, **values):
    return saving.write(answer=answer, values=values, by=by, at=AT, way="page")


def submit(answer, by, **more):
    return submitting.submit(answer=answer, by=by, at=AT, **more)


@pytest.fixture
def written(answer, writer):
    """All that must be answered is."""
    write(answer, writer, summary=SUMMARY)
    return answer


def test_what_is_submitted_stands_as_it_was_with_all_who_took_part(written, second_writer, submitter, writer):
    saving.write(answer=written, values={"contact": "Rektor"}, by=second_writer, at=AT, way="pdf")
    saving.write(answer=written, values={"pupils": "12"}, by=SYSTEM, at=AT, way="prefill")

    made = submit(written, submitter)

    assert made.values == {"summary": SUMMARY, "contact": "Rektor", "pupils": "12"}
    assert made.took_part == [str(one.key) for one in (writer, second_writer, submitter)]
    assert (made.number, made.revision, made.submitted_by) == (1, 3, submitter.key)
    assert made.digest == submitting.digest_of(written.version.digest, made.values)
    written.refresh_from_db()
    assert (written.state, written.submitted_by) == (AnswerState.SUBMITTED, submitter.key)
    assert history_of(written)[0].facts["digest"] == made.digest


def test_the_digest_does_not_hang_on_the_order_of_the_values():
    assert submitting.digest_of("x", {"a": 1, "b": [2]}) == submitting.digest_of("x", {"b": [2], "a": 1})
    assert submitting.digest_of("x", {"a": 1}) != submitting.digest_of("y", {"a": 1})


def test_everything_that_is_left_is_told_at_once_and_nothing_changes(answer, writer, submitter):
    write(answer, writer, contact="anna@example.org")
    SetAside.objects.create(answer=answer, path="summary", value="Förra", written_at=AT)

    with pytest.raises(NotReady) as refusal:
        submit(answer, submitter)

    assert [(one.path, one.code) for one in refusal.value.missing] == [("summary", "required")]
    assert [(one.path, one.kind) for one in refusal.value.undecided] == [("contact", "mail")]
    assert refusal.value.waiting == 1
    answer.refresh_from_db()
    assert (answer.state, Submission.objects.count()) == (AnswerState.WRITING, 0)


def test_places_chosen_to_stay_are_kept_without_their_text(written, writer, submitter):
    write(written, writer, contact="anna@example.org")
    kept = [place.key for place in places(body_of(written.version), fields_of(written))]

    made = submit(written, submitter, kept_findings=kept)

    assert made.kept_findings == [{"path": "contact", "kind": "mail"}]
    assert "anna" not in str(history_of(written))


def test_what_was_decided_about_one_text_says_nothing_of_another_in_the_same_field(written, writer, submitter):
    write(written, writer, contact="anna@example.org")
    kept = [place.key for place in places(body_of(written.version), fields_of(written))]
    write(written, writer, contact="bo@example.org")

    with pytest.raises(NotReady):
        submit(written, submitter, kept_findings=kept)


def test_what_was_written_since_it_was_gone_through_is_not_submitted_unseen(written, writer, submitter):
    seen = written.revision
    write(written, writer, contact="Ny")

    with pytest.raises(AnswerRefused) as refusal:
        submit(written, submitter, revision=seen)

    assert refusal.value.code == "changed_since"


@pytest.mark.parametrize("who", ["writer", "commenter", "outsider", "officer", "editor"])
def test_nobody_but_her_who_submits_does(written, request, who):
    with pytest.raises(PermissionDenied):
        submit(written, request.getfixturevalue(who))


def test_a_login_that_is_not_sure_enough_submits_nothing(written, submitter):
    submitter.session_level = Level.READ

    with pytest.raises(LevelTooLow):
        submit(written, submitter)


def test_submitted_already_is_told_in_words(written, submitter):
    submit(written, submitter)

    with pytest.raises(AnswerRefused, match="inlämnat") as refusal:
        submit(written, submitter)

    assert (refusal.value.code, Submission.objects.count()) == ("is_submitted", 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_submit_at_once_one_does_and_the_other_is_told(organizer, submitter, officer):
    answer = handed_out(make_version(), organizer, (submitter, "submit"), (officer, "submit"))
    write(answer, submitter, summary=SUMMARY)
    gate, given = threading.Barrier(2), []

    def run(person):
        try:
            gate.wait(timeout=60)
            given.append(submit(answer, person).number)
        except AnswerRefused as refusal:
            given.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in (submitter, officer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(map(str, given)) == ["1", "is_submitted"]
    assert Submission.objects.count() == 1


def test_a_receipt_goes_to_her_who_submits_and_a_notice_to_the_others(written, submitter, writer):
    submit(written, submitter)

    told = dict(Message.objects.values_list("to_key", "subject"))
    line = "22 november 2026: Liten analys, Påhittade 01 kommun"
    assert told[submitter.key] == f"Kvittens, inlämnat {line}"
    assert told[writer.key] == f"Inlämnat {line}"
    assert len(told) == 4


def test_the_day_to_delete_is_counted_from_the_submission(written, submitter):
    submit(written, submitter)

    written.refresh_from_db()
    assert written.forget_on == date(2028, 11, 22)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_a_month_that_is_shorter_ends_on_its_last_day(day, months, then):
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    "changes",
    [{"values": {"summary": "Ett annat"}}, {"digest": "0" * 64}, {"took_part": []}, {"number": 7}, {"revision": 99}],
)
def test_the_database_itself_keeps_what_was_submitted(written, submitter, changes):
    made = submit(written, submitter)

    with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
        Submission.objects.filter(pk=made.pk).update(**changes)


def test_higher_apps_are_told_in_the_same_transaction(written, submitter, monkeypatch):
    told = []
    monkeypatch.setattr(submitting.submitted, "_shelf", {})
    submitting.submitted.add("test", lambda submission, *, by, at: told.append((submission.number, by, at)))

    submit(written, submitter)

    assert told == [(1, submitter, AT)]


def test_what_stands_in_the_way_higher_up_keeps_it_from_being_submitted(written, submitter, monkeypatch):
    def refuse(submission, *, by, at):
        raise AnswerRefused("Nej", code="higher_up")

    monkeypatch.setattr(submitting.submitted, "_shelf", {})
    submitting.submitted.add("test", refuse)

    with pytest.raises(AnswerRefused, match="Nej"):
        submit(written, submitter)

    assert Submission.objects.count() == 0


# It becomes a document.


def test_it_is_kept_as_a_pdf_and_registered_in_the_organizers_open_case_file(written, submitter, organizer):
    case_file = casefiles.open_case(series="SAM", title="Samordnare", by=SYSTEM, at=AT, parties=[organizer])
    made = submit(written, submitter)

    kept = keeping.keep(submission=made, at=AT)

    assert storing.read(kept.file).startswith(b"%PDF-")
    document = Document.objects.get()
    assert (document.case_file, document.file, document.organizer) == (case_file, kept.file, organizer)
    assert (document.title, document.direction) == ("Liten analys, Påhittade 01 kommun", "in")
    assert keeping.keep(submission=made, at=AT).document == document
    assert Document.objects.count() == 1


def test_the_job_that_a_submission_queues_keeps_it(written, submitter):
    made = submit(written, submitter)

    job = ProcrastinateJob.objects.get(task_name="forms.keep_submission")
    tasks.keep_submission(**job.args)

    made.refresh_from_db()
    assert made.file is not None


def test_without_an_open_case_file_it_is_kept_and_registered_nowhere(written, submitter):
    kept = keeping.keep(submission=submit(written, submitter), at=AT)

    assert (kept.file is not None, kept.document) == (True, None)


def test_what_is_the_organizations_own_is_registered_nowhere(organizer, submitter):
    version = make_version(BODY | {"slug": "egen", "is_private": True})
    own = answers.begin(definition=version.definition, organizer=organizer, by=submitter, at=AT)
    casefiles.open_case(series="SAM", title="Samordnare", by=SYSTEM, at=AT, parties=[organizer])
    write(own, submitter, summary=SUMMARY)

    keeping.keep(submission=submit(own, submitter), at=AT)

    assert Document.objects.count() == 0


# Somebody sees it otherwise.


def test_a_differing_view_stands_for_good_also_after_the_submission(written, submitter, second_writer):
    differing.differ(answer=written, words="Orsaken är scheman.", by=second_writer, at=AT)
    submit(written, submitter)
    differing.differ(answer=written, words="Och lokalerna.", by=second_writer, at=AT)
    differing.differ(answer=written, words="Och lokalerna.", by=second_writer, at=AT)

    assert list(written.differing_views.values_list("words", flat=True)) == ["Orsaken är scheman.", "Och lokalerna."]


@pytest.mark.parametrize("who", ["outsider", "officer"])
def test_who_takes_no_part_has_no_differing_view(written, request, who):
    with pytest.raises(PermissionDenied):
        differing.differ(answer=written, words="x", by=request.getfixturevalue(who), at=AT)


def test_a_differing_view_has_words(written, writer):
    with pytest.raises(AnswerRefused, match="Skriv något"):
        differing.differ(answer=written, words=" ", by=writer, at=AT)


def test_a_form_that_nothing_was_written_in_is_kept_too(organizer, submitter):
    questions = [BODY["sections"][0]["questions"][1]]
    body = BODY | {"slug": "frivillig", "sections": [BODY["sections"][0] | {"questions": questions}]}
    answer = handed_out(make_version(body), organizer, (submitter, "submit"))

    submission = keeping.keep(submission=submitting.submit(answer=answer, by=submitter, at=AT), at=AT)

    assert storing.read(submission.file).startswith(b"%PDF-")
