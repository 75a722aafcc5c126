"""Who takes part: brought in by whom, to do what, until when, and told by mail."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.forms import permissions
from samspel.forms.models import Participant
from samspel.forms.operations import answers, participants, sections
from samspel.forms.operations.refusals import AnswerRefused
from samspel.kernel.audit import history_of
from samspel.post.models import Message
from tests.forms.conftest import AT, TODAY, at_organizer


def add(answer, person, deed, by, **more):
    return participants.add(answer=answer, person=person, deed=deed, from_on=TODAY, by=by, at=AT, **more)


def test_who_writes_brings_in_a_colleague_who_is_told(answer, writer, organizer):
    colleague = at_organizer(organizer, "principal", "Kim Kollega")

    row = add(answer, colleague, "write", writer)

    assert permissions.may(colleague, permissions.WRITE, answer, AT)
    assert (row.deed, row.added_by) == ("write", writer.key)
    told = Message.objects.get(kind="forms.brought_in")
    assert (told.to_address, told.subject) == (colleague.email, "Du deltar: Liten analys, Påhittade 01 kommun")
    assert history_of(answer)[0].facts["person"] == str(colleague.key)


def test_who_is_brought_in_again_has_one_row(answer, writer, outsider):
    first = add(answer, outsider, "read", writer)

    assert add(answer, outsider, "read", writer) == first
    assert Participant.objects.filter(person=outsider).count() == 1


@pytest.mark.parametrize("who", ["commenter", "outsider", "editor"])
def test_who_does_not_write_brings_in_nobody(answer, request, who, outsider):
    with pytest.raises(PermissionDenied):
        add(answer, outsider, "read", request.getfixturevalue(who))


def test_who_writes_lets_nobody_submit(answer, writer, submitter, outsider):
    with pytest.raises(PermissionDenied):
        add(answer, outsider, "submit", writer)

    assert add(answer, outsider, "submit", submitter).deed == "submit"


def test_an_officer_says_who_takes_part_also_in_what_is_submitted(answer, officer, outsider):
    answer.state = "submitted"
    answer.save()

    assert add(answer, outsider, "read", officer).person == outsider


def test_nobody_is_brought_into_what_is_submitted_by_those_who_wrote(answer, submitter, outsider):
    answer.state = "submitted"
    answer.save()

    with pytest.raises(AnswerRefused) as refusal:
        add(answer, outsider, "read", submitter)

    assert refusal.value.code == "is_submitted"


@pytest.mark.parametrize(
    ("changes", "code"), [({"deed": "sing"}, "no_deed"), ({"to_on": TODAY - timedelta(days=1)}, "days")]
)
def test_a_part_that_cannot_be_is_refused_in_words(answer, submitter, outsider, changes, code):
    with pytest.raises(AnswerRefused) as refusal:
        add(answer, outsider, **({"deed": "read"} | changes), by=submitter)

    assert refusal.value.code == code


def test_a_closed_account_takes_no_part(answer, submitter, outsider):
    outsider.is_active = False
    outsider.save()

    with pytest.raises(AnswerRefused, match="Kontot är stängt"):
        add(answer, outsider, "read", submitter)


@pytest.mark.parametrize("deed", ["write", "submit"])
def test_a_process_supporter_comments_and_never_writes(answer, officer, commenter, deed):
    with pytest.raises(AnswerRefused, match="kommenterar, men skriver inte"):
        add(answer, commenter, deed, officer)

    assert not permissions.may(commenter, permissions.WRITE, answer, AT)


def test_after_her_last_day_she_takes_no_part(answer, writer, submitter):
    row = Participant.objects.get(person=writer)

    participants.end(participant=row, to_on=TODAY, by=submitter, at=AT)

    fresh = type(answer).objects.get(pk=answer.pk)
    assert permissions.may(writer, permissions.WRITE, fresh, AT)
    assert not permissions.may(writer, permissions.WRITE, fresh, AT + timedelta(days=1))


def test_a_part_that_has_not_begun_is_taken_away_whole(answer, outsider, submitter):
    row = participants.add(
        answer=answer, person=outsider, deed="read", from_on=TODAY + timedelta(days=9), by=submitter, at=AT
    )

    participants.end(participant=row, to_on=TODAY, by=submitter, at=AT)

    assert not Participant.objects.filter(person=outsider).exists()


def test_the_last_who_submits_stays_until_another_does(answer, submitter, outsider):
    row = Participant.objects.get(person=submitter)
    with pytest.raises(AnswerRefused) as refusal:
        participants.end(participant=row, to_on=TODAY, by=submitter, at=AT)
    add(answer, outsider, "submit", submitter)

    assert refusal.value.code == "last_submitter"
    assert participants.end(participant=row, to_on=TODAY, by=submitter, at=AT).to_on == TODAY


def test_a_test_tells_nobody(version, editor, outsider):
    answer = answers.begin(
        definition=version.definition,
        organizer=None,
        is_test=True,
        participants=[participants.Taking(editor, "submit", TODAY)],
        by=editor,
        at=AT,
    )

    add(answer, outsider, "read", editor)

    assert Message.objects.count() == 0


def test_the_sections_of_who_writes_no_longer_are_nobodys(answer, writer, second_writer, submitter):
    mark = sections.give(answer=answer, section="plan", to=second_writer, by=writer, at=AT)
    row = Participant.objects.get(answer=answer, person=second_writer)

    participants.end(participant=row, to_on=TODAY, by=submitter, at=AT)
    mark.refresh_from_db()
    assert mark.given_to == second_writer

    participants.end(participant=row, to_on=TODAY - timedelta(days=1), by=submitter, at=AT)
    mark.refresh_from_db()
    assert mark.given_to is None


def test_who_is_brought_into_what_is_submitted_is_told_no_day_to_be_ready_by(answer, officer, outsider):
    answer.state, answer.due_on = "submitted", TODAY
    answer.save()

    add(answer, outsider, "read", officer)

    assert Message.objects.get(kind="forms.brought_in").subject == "Du deltar: Liten analys, Påhittade 01 kommun"
