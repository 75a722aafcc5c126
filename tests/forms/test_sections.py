"""Sections are marked as far as they have come, and given to those who write."""

import pytest
from django.core.exceptions import PermissionDenied

from samspel.forms.models import SectionMark
from samspel.forms.operations import sections
from samspel.forms.operations.refusals import AnswerRefused
from samspel.kernel.audit import history_of
from samspel.post.models import Message
from tests.forms.conftest import AT


def mark(answer, by, section="plan", status="ready"):
    return sections.mark(answer=answer, section=section, status=status, by=by, at=AT)


def give(answer, to, by, section="plan"):
    return sections.give(answer=answer, section=section, to=to, by=by, at=AT)


def test_who_writes_says_that_a_section_is_ready_and_not_after_all(answer, writer, second_writer):
    mark(answer, writer)
    mark(answer, second_writer, status="writing")

    kept = SectionMark.objects.get()
    assert (kept.section, kept.status, kept.changed_by) == ("plan", "writing", second_writer.key)
    facts = history_of(answer)[0].facts
    assert facts == {"section": "plan", "left": "ready", "entered": "writing"}


def test_said_again_it_changes_nothing(answer, writer):
    mark(answer, writer)
    before = len(history_of(answer))

    mark(answer, writer)

    assert len(history_of(answer)) == before


@pytest.mark.parametrize(("section", "status"), [("no_such", "ready"), ("plan", "splendid")])
def test_what_is_none_is_refused_in_words(answer, writer, section, status):
    with pytest.raises(AnswerRefused):
        mark(answer, writer, section, status)

    assert SectionMark.objects.count() == 0


def test_who_only_comments_marks_and_gives_nothing(answer, commenter, writer):
    with pytest.raises(PermissionDenied):
        mark(answer, commenter)
    with pytest.raises(PermissionDenied):
        give(answer, writer, commenter)


def test_what_is_submitted_is_not_marked(answer, writer):
    answer.state = "submitted"
    answer.save()

    with pytest.raises(AnswerRefused, match="inlämnat"):
        mark(answer, writer)


def test_a_section_is_given_to_one_who_writes_and_she_is_told_once(answer, writer, second_writer):
    give(answer, second_writer, writer)
    give(answer, second_writer, writer)

    assert SectionMark.objects.get().given_to == second_writer
    told = Message.objects.get()
    assert (told.kind, told.to_key) == ("forms.section_given", second_writer.key)
    assert told.subject == "Att skriva: Plan, Liten analys"


def test_who_takes_a_section_herself_is_not_told(answer, writer):
    give(answer, writer, writer)

    assert Message.objects.count() == 0


def test_a_section_is_let_go(answer, writer, second_writer):
    give(answer, second_writer, writer)
    give(answer, None, second_writer)

    assert SectionMark.objects.get().given_to is None


@pytest.mark.parametrize("who", ["commenter", "outsider"])
def test_a_section_is_given_to_nobody_who_does_not_write(answer, request, writer, who):
    with pytest.raises(AnswerRefused, match="någon som skriver"):
        give(answer, request.getfixturevalue(who), writer)
