"""Comments are said beside sections and questions, and taken care of; who comments does not write."""

import pytest
from django.core.exceptions import PermissionDenied

from samspel.forms import permissions
from samspel.forms.models import Comment
from samspel.forms.operations import comments, saving
from samspel.forms.operations.refusals import AnswerRefused
from samspel.kernel.audit import history_of
from tests.forms.conftest import AT


def say(answer, by, words="Är ramen rätt?", section="plan", **more):
    return comments.say(answer=answer, section=section, words=words, by=by, at=AT, **more)


def test_a_comment_stands_beside_its_question_without_its_words_in_the_audit(answer, commenter):
    said = say(answer, commenter, question="ceiling")

    assert (said.section, said.question, said.said_by) == ("plan", "ceiling", commenter)
    facts = history_of(answer)[0].facts
    assert facts == {"section": "plan", "question": "ceiling", "comment": str(said.key)}


def test_who_comments_does_not_write(answer, commenter):
    with pytest.raises(PermissionDenied):
        saving.save(answer=answer, typed={"summary": "Mitt"}, base=0, by=commenter, at=AT)

    assert not permissions.may(commenter, permissions.WRITE, answer, AT)


@pytest.mark.parametrize("who", ["outsider", "officer"])
def test_who_takes_no_part_says_nothing(answer, request, who):
    with pytest.raises(PermissionDenied):
        say(answer, request.getfixturevalue(who))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"words": " \x00\n"}, "no_words"),
        ({"words": "x" * 4001}, "too_long"),
        ({"words": "x" * 1_000_000}, "too_long"),
        ({"section": "no_such"}, "no_section"),
        ({"question": "no_such"}, "no_question"),
        ({"question": "summary"}, "no_question"),
    ],
)
def test_a_comment_that_cannot_be_is_refused_in_words(answer, writer, changes, code):
    with pytest.raises(AnswerRefused) as refusal:
        say(answer, writer, **changes)

    assert (refusal.value.code, Comment.objects.count()) == (code, 0)


def test_those_who_write_and_she_who_said_it_take_care_of_it(answer, writer, commenter):
    first, second = say(answer, commenter), say(answer, commenter, words="Och målet?")

    comments.settle(comment=first, by=writer, at=AT)
    comments.settle(comment=second, by=commenter, at=AT)

    assert set(Comment.objects.values_list("settled_by", flat=True)) == {writer.key, commenter.key}


def test_taken_care_of_again_it_stays_the_firsts(answer, writer, second_writer, commenter):
    said = say(answer, commenter)
    comments.settle(comment=said, by=writer, at=AT)

    assert comments.settle(comment=said, by=second_writer, at=AT).settled_by == writer.key


def test_who_comments_takes_care_of_no_other_ones(answer, writer, commenter):
    said = say(answer, writer)

    with pytest.raises(PermissionDenied):
        comments.settle(comment=said, by=commenter, at=AT)


def test_nothing_is_said_beside_what_is_submitted(answer, commenter):
    answer.state = "submitted"
    answer.save()

    with pytest.raises(AnswerRefused, match="inlämnat"):
        say(answer, commenter)
