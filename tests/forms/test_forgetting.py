"""What was written is deleted when the time its form said is over; what is the agency's document stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from samspel.casefiles.models import Document
from samspel.casefiles.operations import casefiles
from samspel.forms.models import Answer, Comment, DifferingView, Field, FieldChange, HandedIn, SetAside, Submission
from samspel.forms.operations import answers, comments, differing, forgetting, keeping, nightly, saving, submitting
from samspel.forms.operations.participants import Taking
from samspel.forms.operations.refusals import AnswerRefused
from samspel.kernel.audit import SYSTEM, history_of
from samspel.kernel.files import storing
from samspel.kernel.files.models import StoredFile
from tests.forms.conftest import AT, SUMMARY, TODAY, make_version

THEN = AT + timedelta(days=731)


@pytest.fixture
def over(answer, writer, submitter, commenter):
    """Written, commented, seen otherwise, with a file and a filled PDF, and submitted two years ago."""
    file = storing.keep(b"%PDF-1.7 minutes", name="protokoll.pdf", by=writer, at=AT)
    values = {"summary": SUMMARY, "minutes": str(file.key)}
    saving.write(answer=answer, values=values, by=writer, at=AT, way="page")
    comments.say(answer=answer, section="plan", words="Se över", by=commenter, at=AT)
    differing.differ(answer=answer, words="Jag ser det annorlunda", by=writer, at=AT)
    came = storing.keep(b"%PDF-1.7 filled", name="ifylld.pdf", by=writer, at=AT)
    HandedIn.objects.create(answer=answer, file=came, read={"summary": {"typed": SUMMARY}}, came_at=AT)
    submission = submitting.submit(answer=answer, by=submitter, at=AT)
    SetAside.objects.create(answer=answer, path="summary", value="Sent", why="frozen", written_at=AT)
    keeping.keep(submission=submission, at=AT)
    answer.refresh_from_db()
    return answer


def forget(answer, at=THEN, by=SYSTEM):
    return forgetting.forget(answer=answer, by=by, at=at)


def test_all_that_was_written_is_deleted_and_that_it_was_submitted_stays(over, submitter, writer):
    digest = Submission.objects.get().digest

    forget(over)

    kept = (Field, FieldChange, Comment, SetAside, DifferingView, HandedIn)
    assert [model.objects.filter(answer=over).count() for model in kept] == [0] * 6
    submission = Submission.objects.get()
    assert (submission.values, submission.file, submission.digest) == ({}, None, digest)
    assert submission.took_part == [str(writer.key), str(submitter.key)]
    assert StoredFile.objects.count() == 0
    facts = history_of(over)[0].facts
    assert (facts["fields"], facts["comments"], facts["files"]) == (2, 1, 3)


@pytest.mark.django_db(transaction=True)
def test_the_bytes_of_its_files_go_with_them(over):
    places = [storing.place_of(file.digest) for file in StoredFile.objects.all()]

    forget(over)

    assert [default_storage.exists(place) for place in places] == [False] * 3


def test_what_a_case_file_has_is_kept_there(answer, writer, submitter, organizer):
    casefiles.open_case(series="SAM", title="Samordnare", by=SYSTEM, at=AT, parties=[organizer])
    saving.write(answer=answer, values={"summary": SUMMARY}, by=writer, at=AT, way="page")
    keeping.keep(submission=submitting.submit(answer=answer, by=submitter, at=AT), at=AT)

    forget(answer)

    document = Document.objects.get()
    assert storing.read(document.file).startswith(b"%PDF-")
    assert Submission.objects.get().document == document


def test_done_again_it_changes_nothing(over):
    forget(over)
    before = len(history_of(over))

    forget(over, at=THEN + timedelta(days=1))

    assert len(history_of(over)) == before


def test_before_its_day_nothing_is_deleted(over):
    with pytest.raises(AnswerRefused, match="inte dags"):
        forget(over, at=AT + timedelta(days=700))

    assert nightly.forget_those_due(at=AT + timedelta(days=700)).emptied == 0
    assert Field.objects.filter(answer=over).count() == 2


def test_what_is_opened_again_is_not_deleted(over, officer):
    submitting.reopen(answer=over, reason="Komplettera", by=officer, at=AT)

    assert nightly.forget_those_due(at=THEN).emptied == 0


def test_what_was_deleted_is_not_opened_again(over, officer):
    forget(over)

    with pytest.raises(AnswerRefused, match="raderats"):
        submitting.reopen(answer=over, reason="Komplettera", by=officer, at=THEN)


def test_what_is_no_longer_asked_for_is_deleted_too(answer, officer, writer):
    saving.write(answer=answer, values={"summary": SUMMARY}, by=writer, at=AT, way="page")
    answers.withdraw(answer=answer, reason="Dubblett", by=officer, at=AT)

    assert nightly.forget_those_due(at=THEN).emptied == 1
    assert Field.objects.count() == 0


@pytest.mark.parametrize("who", ["officer", "submitter", "editor"])
def test_nobody_deletes_by_hand(over, request, who):
    with pytest.raises(PermissionDenied):
        forget(over, by=request.getfixturevalue(who))


def test_old_tests_are_deleted_whole_and_new_ones_stay(version, editor):
    told = {"definition": version.definition, "is_test": True, "participants": [Taking(editor, "submit", TODAY)]}
    old = answers.begin(**told, by=editor, at=AT)
    saving.write(answer=old, values={"summary": SUMMARY}, by=editor, at=AT, way="page")
    submitting.submit(answer=old, by=editor, at=AT)
    new = answers.begin(**told, by=editor, at=AT + timedelta(days=25))

    done = nightly.forget_those_due(at=AT + timedelta(days=31))

    assert (done.tests, done.failed) == (1, [])
    assert list(Answer.objects.all()) == [new]


def test_a_test_is_deleted_by_an_editor_and_nothing_else_is(version, answer, editor, writer):
    told = {"definition": version.definition, "is_test": True}
    made = answers.begin(**told, by=editor, at=AT)
    with pytest.raises(PermissionDenied):
        forgetting.delete_test(answer=made, by=writer, at=AT)
    with pytest.raises(AnswerRefused, match="Bara ett prov"):
        forgetting.delete_test(answer=answer, by=editor, at=AT)

    forgetting.delete_test(answer=made, by=editor, at=AT)

    assert list(Answer.objects.all()) == [answer]


def test_one_that_fails_keeps_no_others_data(over, version, organizer, officer):
    other = answers.begin(definition=version.definition, organizer=organizer, about="b", by=officer, at=AT)
    Answer.objects.filter(pk=other.pk).update(state="submitted", forget_on=TODAY)
    broken = make_version(number=9, state="draft")
    type(broken).objects.filter(pk=broken.pk).update(body={}, digest="0" * 64)
    Answer.objects.filter(pk=over.pk).update(version=broken)

    done = nightly.forget_those_due(at=THEN)

    assert (done.emptied, done.failed) == (1, [str(over.key)])


def test_nothing_is_put_there_after_its_time(over, writer):
    forget(over)

    with pytest.raises(AnswerRefused) as refusal:
        saving.save(answer=over, typed={"summary": "Sent"}, base=over.revision, by=writer, at=THEN)
    assert (refusal.value.code, refusal.value.set_aside) == ("is_submitted", [])
    with pytest.raises(AnswerRefused) as refusal:
        differing.differ(answer=over, words="Jag ser det annorlunda", by=writer, at=THEN)
    assert refusal.value.code == "forgotten"
    assert not SetAside.objects.exists()
    assert not DifferingView.objects.exists()
