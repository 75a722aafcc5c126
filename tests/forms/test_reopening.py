"""A submitted answer is opened again by a decision with a reason, and by nothing else."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from samspel.forms import permissions
from samspel.forms.models import AnswerState, Reopening, SetAside
from samspel.forms.operations import saving, submitting
from samspel.forms.operations.refusals import AnswerRefused
from samspel.kernel.audit import history_of
from samspel.kernel.permissions import Level, LevelTooLow
from samspel.post.models import Message
from tests.forms.conftest import AT, BODY, SUMMARY, TODAY, make_version

LATER = date(2027, 3, 1)


@pytest.fixture
def submitted(answer, writer, submitter):
    """Submitted once."""
    saving.write(answer=answer, values={"summary": SUMMARY}, by=writer, at=AT, way="page")
    submitting.submit(answer=answer, by=submitter, at=AT)
    answer.refresh_from_db()
    return answer


def reopen(answer, by, reason="Budgeten saknas", due_on=LATER):
    return submitting.reopen(answer=answer, reason=reason, due_on=due_on, by=by, at=AT)


def test_it_is_written_again_and_submitted_once_more_with_both_kept(submitted, officer, writer, submitter):
    reopen(submitted, officer)
    saving.write(answer=submitted, values={"contact": "Rektor"}, by=writer, at=AT, way="page")

    second = submitting.submit(answer=submitted, by=submitter, at=AT)

    assert second.number == 2
    values = list(submitted.submissions.values_list("values", flat=True))
    assert values == [{"summary": SUMMARY}, {"summary": SUMMARY, "contact": "Rektor"}]


def test_the_decision_is_kept_with_its_reason_and_tells_those_who_take_part(submitted, officer, writer):
    reopen(submitted, officer)

    submitted.refresh_from_db()
    assert (submitted.state, submitted.due_on, submitted.forget_on) == (AnswerState.WRITING, LATER, None)
    decision = Reopening.objects.get()
    assert (decision.reason, decision.due_on, decision.decided_by) == ("Budgeten saknas", LATER, officer.key)
    assert "Budgeten" not in str(history_of(submitted)[0].facts)
    told = Message.objects.get(kind="forms.reopened", to_key=writer.key)
    assert told.subject == "Öppnat igen, klart senast 1 mars 2027: Liten analys, Påhittade 01 kommun"
    assert "Budgeten saknas" in told.body


def test_it_stays_on_its_version_when_another_is_in_use(submitted, version, officer):
    version.state = "retired"
    version.save()
    make_version(BODY, number=2)

    reopen(submitted, officer)

    submitted.refresh_from_db()
    assert submitted.version == version


def test_without_a_new_day_the_old_one_stays(submitted, officer):
    submitted.due_on = LATER
    submitted.save()

    reopen(submitted, officer, due_on=None)

    submitted.refresh_from_db()
    assert submitted.due_on == LATER


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " "}, "no_reason"),
        ({"due_on": TODAY - timedelta(days=1)}, "day_gone_by"),
        ({"reason": "x" * 5000}, "too_long"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_in_words(submitted, officer, changes, code):
    with pytest.raises(AnswerRefused) as refusal:
        reopen(submitted, officer, **changes)

    assert (refusal.value.code, Reopening.objects.count()) == (code, 0)


def test_what_is_being_written_is_not_opened_again(answer, officer):
    with pytest.raises(AnswerRefused, match="inte lämnats in"):
        reopen(answer, officer)


@pytest.mark.parametrize("who", ["writer", "submitter", "commenter", "outsider", "editor"])
def test_nobody_but_an_officer_decides(submitted, request, who):
    with pytest.raises(PermissionDenied):
        reopen(submitted, request.getfixturevalue(who))


def test_a_login_that_is_not_sure_enough_decides_nothing(submitted, officer):
    officer.session_level = Level.READ

    with pytest.raises(LevelTooLow):
        reopen(submitted, officer)


def test_a_decision_is_never_changed(submitted, officer):
    decision = reopen(submitted, officer)

    with pytest.raises(DatabaseError, match="kept"), transaction.atomic():
        Reopening.objects.filter(pk=decision.pk).update(reason="En annan")


def test_nothing_is_written_between_and_what_was_typed_is_not_lost(submitted, writer):
    with pytest.raises(AnswerRefused):
        saving.save(answer=submitted, typed={"summary": "Sent"}, base=1, by=writer, at=AT)

    assert not permissions.may(writer, permissions.WRITE, submitted, AT)


def test_what_was_typed_after_the_submission_waits_until_somebody_decides(submitted, officer, submitter):
    SetAside.objects.create(answer=submitted, path="summary", value="Sent", why="frozen", written_at=AT)
    reopen(submitted, officer)

    with pytest.raises(submitting.NotReady) as refusal:
        submitting.submit(answer=submitted, by=submitter, at=AT)

    assert refusal.value.waiting == 1
