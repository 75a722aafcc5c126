"""Who may do what with an answer, as one table: whose row or role, which deed, in which state."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from samspel.forms import permissions as p
from samspel.forms.models import Answer, AnswerState, Participant
from samspel.forms.queries.seeing import visible_to
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Role
from tests.forms.conftest import AT, BODY, TODAY, handed_out, make_version, person_with

W, S, X = AnswerState.WRITING, AnswerState.SUBMITTED, AnswerState.WITHDRAWN
EVERY = {W, S, X}
TAKES_PART = {p.SEE: EVERY, p.READ: EVERY, p.READ_SUBMITTED: {S}}
COMMENTS = TAKES_PART | {p.COMMENT: {W}, p.DIFFER: {W, S}}
WRITES = COMMENTS | {p.WRITE: {W}, p.SHARE_OUT: {W}}

# Who to deed to the states in which it is hers; what is not here is nobody's.
EXPECTED = {
    "reader": TAKES_PART,
    "commenter": COMMENTS,
    "writer": WRITES,
    "submitter": WRITES | {p.SUBMIT: {W}},
    "officer": {p.SEE: EVERY, p.HAND_OUT: EVERY, p.READ_SUBMITTED: {S}, p.REOPEN: {S}, p.WITHDRAW: {W}},
    "decision_maker": {p.READ_SUBMITTED: {S}},
    "evaluator": {p.READ_SUBMITTED: {S}},
    "registrar": {p.READ_SUBMITTED: {S}},
    "process_supporter": {p.READ_SUBMITTED: {S}},
    "editor": {},
    "administrator": {},
    "outsider": {},
    "the_system": {p.HAND_OUT: EVERY, p.REOPEN: {S}, p.WITHDRAW: {W}},
}
DEEDS = (
    *(p.HAND_OUT, p.SEE, p.READ, p.READ_SUBMITTED, p.WRITE, p.COMMENT, p.SHARE_OUT, p.SUBMIT, p.DIFFER),
    *(p.REOPEN, p.WITHDRAW),
)


@pytest.fixture
def people(version, organizer, officer, editor, outsider):
    """Everybody by what she is, and the answer in which four of them take part."""
    parts = {"reader": "read", "commenter": "comment", "writer": "write", "submitter": "submit"}
    found = {name: person_with(name=f"Deltagare {name}") for name in parts}
    answer = handed_out(version, organizer, *((found[name], deed) for name, deed in parts.items()))
    roles = (Role.DECISION_MAKER, Role.EVALUATOR, Role.REGISTRAR, Role.PROCESS_SUPPORTER, Role.ADMINISTRATOR)
    found |= {str(role): person_with(role, name=f"Har {role}") for role in roles}
    return answer, found | {"officer": officer, "editor": editor, "outsider": outsider, "the_system": SYSTEM}


@pytest.mark.parametrize("who", sorted(EXPECTED))
def test_each_may_do_just_what_the_table_says(people, who):
    answer, found = people
    for deed, state in itertools.product(DEEDS, AnswerState):
        answer.state = state
        expected = state in EXPECTED[who].get(deed, set())
        assert p.may(found[who], deed, answer, AT) is expected, (deed, state)


def test_a_part_counts_from_its_first_day_through_its_last(people):
    answer, found = people
    Participant.objects.filter(person=found["writer"]).update(
        from_on=TODAY + timedelta(days=1), to_on=TODAY + timedelta(days=2)
    )
    days = [
        p.may(found["writer"], p.WRITE, Answer.objects.get(pk=answer.pk), AT + timedelta(days=day)) for day in range(4)
    ]

    assert days == [False, True, True, False]


def test_a_part_in_one_answer_is_none_in_another(people, version, organizer):
    _, found = people
    other = handed_out(version, organizer, about="en annan")

    assert not p.may(found["submitter"], p.READ, other, AT)


def test_what_is_the_organizations_own_is_read_by_no_role_of_the_agency(people, organizer):
    _, found = people
    version = make_version(BODY | {"slug": "egen", "is_private": True})
    own = handed_out(version, organizer, (found["writer"], "write"))
    own.state = S
    own.save()

    readers = {name for name, one in found.items() if name != "the_system" and p.may_read(one, own, AT)}
    assert readers == {"writer"}


def test_what_is_the_organizations_own_is_not_read_by_who_looks_as_another(people, organizer):
    answer, found = people
    version = make_version(BODY | {"slug": "egen", "is_private": True})
    own = handed_out(version, organizer, (found["writer"], "write"))
    found["writer"].looked_at_by = found["administrator"]

    assert (p.may_read(found["writer"], own, AT), p.may_read(found["writer"], answer, AT)) == (False, True)


# What the lists show follows the same table.

KNOWN = {
    W: {"reader", "commenter", "writer", "submitter", "officer"},
    S: set(EXPECTED) - {"editor", "administrator", "outsider", "the_system"},
    X: {"reader", "commenter", "writer", "submitter", "officer"},
}


@pytest.mark.parametrize("state", sorted(AnswerState))
def test_lists_show_an_answer_to_those_who_may_know_of_it(people, state):
    answer, found = people
    Answer.objects.update(state=state)

    seen = {name for name, one in found.items() if visible_to(one, AT).filter(pk=answer.pk).exists()}

    assert seen == KNOWN[state]


def test_lists_show_a_test_to_those_who_take_part_alone(people):
    answer, found = people
    Answer.objects.update(is_test=True, state=S)

    seen = {name for name, one in found.items() if visible_to(one, AT).filter(pk=answer.pk).exists()}

    assert seen == {"reader", "commenter", "writer", "submitter"}


def test_a_submitted_test_is_reached_by_no_role_of_the_agency(people):
    answer, found = people
    Answer.objects.update(is_test=True, state=S)
    answer.refresh_from_db()

    reading = {name for name, one in found.items() if name != "the_system" and p.may_read(one, answer, AT)}
    reopening = {name for name, one in found.items() if p.may_in_some_state(one, p.REOPEN, answer, AT)}

    assert reading == {"reader", "commenter", "writer", "submitter"}
    assert reopening == {"the_system"}


def test_lists_keep_what_is_the_organizations_own_from_those_who_read_what_is_submitted(people, organizer):
    _, found = people
    version = make_version(BODY | {"slug": "egen", "is_private": True})
    own = handed_out(version, organizer, (found["writer"], "write"))
    Answer.objects.filter(pk=own.pk).update(state=S)

    seen = {name for name, one in found.items() if visible_to(one, AT).filter(pk=own.pk).exists()}

    assert seen == {"writer", "officer"}
