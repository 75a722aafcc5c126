"""Forms are handed out to many: who gets them there, who is left out, and what they are told."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.forms import tasks
from samspel.forms.models import Answer, AnswerState, HandOut, HandOutState
from samspel.forms.operations import handing_out
from samspel.forms.operations.handing_out import deciding, lots
from samspel.forms.operations.refusals import AnswerRefused
from samspel.kernel.audit import history_of
from samspel.post.models import Message
from samspel.registry.models import Appointment, Role, SchoolUnit, University
from tests.casefiles.conftest import make_organizer
from tests.forms.conftest import AT, BODY, TODAY, at_organizer, handed_out, make_version, person_with

DUE = date(2027, 1, 15)


def hand_out(definition, to, by, due_on=DUE, **more):
    return handing_out.hand_out(definition=definition, to=to, due_on=due_on, by=by, at=AT, **more)


def test_those_whom_the_form_names_get_it_each_with_her_deed(definition, organizer, officer, submitter, writer):
    at_organizer(organizer, Role.BOARD_CHAIR, "Orna Ordforande")

    made = hand_out(definition, [organizer], officer)

    answer = made.answers[0]
    assert answer.due_on == DUE
    assert set(answer.participants.values_list("person", "deed", "role")) == {
        (submitter.pk, "submit", "coordinator"),
        (writer.pk, "write", "principal"),
    }
    facts = {"hand_out": str(made.hand_out.key), "receivers": 1, "due_on": "2027-01-15"}
    assert history_of(definition)[0].facts == facts
    assert history_of(made.hand_out)[0].facts == {"answers": 1}


def test_each_is_told_what_is_hers_and_by_when_with_the_day_first(definition, organizer, officer, submitter, writer):
    hand_out(definition, [organizer], officer)

    subjects = set(Message.objects.filter(kind="forms.handed_out").values_list("to_key", "subject"))
    line = "Klart senast 15 januari 2027: Liten analys, Påhittade 01 kommun"
    assert subjects == {(submitter.key, line), (writer.key, line)}
    bodies = dict(Message.objects.values_list("to_key", "body"))
    assert "det är du som lämnar in det" in " ".join(bodies[submitter.key].split())
    assert "någon annan lämnar in det" in " ".join(bodies[writer.key].split())


def test_the_notice_is_in_the_receivers_language(definition, organizer, officer, submitter):
    submitter.language = "en"
    submitter.save()

    hand_out(definition, [organizer], officer)

    assert Message.objects.get().subject == "Ready by 15 January 2027: A small analysis, Påhittade 01 kommun"


def test_who_has_one_open_or_nobody_to_write_is_left_out_and_told(version, organizer, officer, submitter):
    handed_out(version, organizer, (submitter, "submit"))
    empty = make_organizer(2)

    made = hand_out(version.definition, [organizer, empty], officer)

    assert made.answers == []
    assert made.left == [(organizer, "open_already"), (empty, "nobody_there")]


def test_a_form_about_units_goes_to_each_with_a_principal_of_its_own(organizer, officer, submitter):
    units = [
        SchoolUnit.objects.create(
            code=f"0000000{n}",
            name=f"Skola {n}",
            sort_key=f"skola {n}",
            search_key="s",
            organizer=organizer,
            as_of=TODAY,
        )
        for n in range(3)
    ]
    heads = [at_organizer(organizer, Role.PRINCIPAL, f"Rektor {n}", school_unit=units[n]) for n in range(2)]
    version = make_version(BODY | {"slug": "skola", "subject": "school_unit"})

    made = hand_out(version.definition, [organizer], officer)

    taking = {answer.school_unit: set(answer.participants.values_list("person", flat=True)) for answer in made.answers}
    assert taking == {units[n]: {heads[n].pk, submitter.pk} for n in range(2)}


def test_a_form_about_universities_goes_to_their_people(officer, db):
    university = University.objects.create(slug="ekvik", name="Ekviks universitet", sort_key="ekviks")
    leader = person_with(name="Lea Ledare")
    Appointment.objects.create(person=leader, role=Role.NETWORK_LEADER, university=university, from_on=date(2020, 1, 1))
    body = BODY | {"slug": "lar", "subject": "university", "submitters": ["network_leader"]}

    made = hand_out(make_version(body).definition, [university], officer)

    assert [one.university for one in made.answers] == [university]


@pytest.mark.parametrize(
    ("due_on", "number", "code"), [(TODAY - timedelta(days=1), 1, "day_gone_by"), (DUE, 0, "nobody")]
)
def test_what_cannot_be_is_refused_in_words(definition, organizer, officer, due_on, number, code):
    with pytest.raises(AnswerRefused) as refusal:
        hand_out(definition, [organizer] * number, officer, due_on=due_on)

    assert refusal.value.code == code


def test_too_many_at_a_time_are_refused(definition, organizer, officer, monkeypatch):
    monkeypatch.setattr(deciding, "MOST", 1)

    with pytest.raises(AnswerRefused) as refusal:
        hand_out(definition, [organizer, make_organizer(2)], officer)

    assert (refusal.value.code, Answer.objects.count()) == ("too_many", 0)


def test_an_organizer_gets_no_form_about_universities(organizer, officer):
    version = make_version(BODY | {"slug": "lar", "subject": "university"})

    with pytest.raises(AnswerRefused, match="något annat"):
        hand_out(version.definition, [organizer], officer)


def test_nobody_else_hands_out(definition, organizer, submitter):
    with pytest.raises(PermissionDenied):
        hand_out(definition, [organizer], submitter)


def test_a_form_about_a_preschool_goes_to_its_organizer_and_says_which(organizer, officer, submitter):
    body = BODY | {"slug": "forskola", "subject": "preschool_unit"}
    definition = make_version(body).definition

    with pytest.raises(AnswerRefused, match="vilken förskola"):
        hand_out(definition, [organizer], officer)
    made = hand_out(definition, [organizer], officer, about="Förskolan Linden")

    assert [(one.organizer, one.school_unit, one.about) for one in made.answers] == [
        (organizer, None, "Förskolan Linden")
    ]


# Many


def many(number, role=Role.COORDINATOR):
    """Organizers with somebody who submits."""
    found = [make_organizer(10 + n) for n in range(number)]
    for n, one in enumerate(found):
        at_organizer(one, role, f"Sam Samordnare {n}")
    return found


def test_no_more_is_asked_of_the_database_for_each_who_gets_it_than_to_tell_her(definition, officer):
    everybody = many(23)
    few, more = everybody[:3], everybody[3:]
    with CaptureQueriesContext(connection) as three:
        hand_out(definition, few, officer)
    with CaptureQueriesContext(connection) as twenty:
        hand_out(definition, more, officer)

    assert (len(twenty) - len(three)) / 17 <= 1


def test_to_more_than_fifty_it_is_handed_out_by_a_job_lot_by_lot(definition, officer):
    made = hand_out(definition, many(51), officer)

    assert (made.answers, made.hand_out.state) == ([], HandOutState.HANDING)
    job = ProcrastinateJob.objects.get(task_name="forms.go_on_handing_out")
    assert (job.queue_name, job.args) == ("bulk", {"hand_out": made.hand_out.pk})
    lots.go_on(hand_out=made.hand_out, at=AT)
    assert Answer.objects.count() == 25
    tasks.go_on_handing_out(made.hand_out.pk)
    made.hand_out.refresh_from_db()
    assert (Answer.objects.count(), made.hand_out.state) == (51, HandOutState.DONE)


def test_what_was_broken_off_goes_on_where_it_was_and_does_nothing_twice(definition, officer):
    made = hand_out(definition, many(51), officer)
    lots.go_on(hand_out=made.hand_out, at=AT)

    tasks.go_on_handing_out(made.hand_out.pk)
    tasks.go_on_handing_out(made.hand_out.pk)

    assert Answer.objects.count() == Message.objects.filter(kind="forms.handed_out").count() == 51


def test_the_database_begins_no_answer_of_a_handing_out_twice(definition, organizer, officer, submitter):
    answer = hand_out(definition, [organizer], officer).answers[0]
    answer.pk, answer.key, answer.state = None, uuid4(), AnswerState.WITHDRAWN

    with pytest.raises(IntegrityError, match="answer_of_hand_out_once"), transaction.atomic():
        answer.save(force_insert=True)


def test_the_same_page_sent_twice_hands_out_once(definition, organizer, officer, submitter):
    key = uuid4()
    first = hand_out(definition, [organizer], officer, key=key)
    again = hand_out(definition, [organizer, make_organizer(2)], officer, key=key)

    assert (again.hand_out, again.is_new) == (first.hand_out, False)
    assert (HandOut.objects.count(), Answer.objects.count()) == (1, 1)


def test_a_key_of_another_opens_nothing(definition, organizer, officer, submitter):
    key = hand_out(definition, [organizer], officer).hand_out.key

    with pytest.raises(PermissionDenied):
        hand_out(definition, [organizer], person_with(Role.EDUCATION_OFFICER, name="Andra Handläggaren"), key=key)


def test_each_is_filled_in_with_what_is_known_of_her_own(officer):
    body = copy.deepcopy(BODY) | {"slug": "ifylld"}
    body["sections"][0]["questions"][1]["prefill"] = "organizer.name"
    receivers = many(3)
    made = hand_out(make_version(body).definition, receivers, officer)

    known = {one.organizer: one.fields.get(path="contact").value for one in made.answers}
    assert known == {one: one.name for one in receivers}
    assert {(one.revision, one.saved_at) for one in made.answers} == {(1, AT)}


# Withdrawn again


def test_what_nobody_has_submitted_is_withdrawn_of_all_with_a_reason_that_they_are_told(definition, officer):
    made = hand_out(definition, many(3), officer)
    done = made.answers[0]
    Answer.objects.filter(pk=done.pk).update(state=AnswerState.SUBMITTED)

    decided = handing_out.withdraw(hand_out=made.hand_out, reason="Vi frågar på annat sätt.", by=officer, at=AT)

    decided.refresh_from_db()
    assert decided.state == HandOutState.WITHDRAWN
    told = Answer.objects.exclude(pk=done.pk).values_list("state", "withdrawn_because", "withdrawn_by", "forget_on")
    assert set(told) == {("withdrawn", "Vi frågar på annat sätt.", officer.key, date(2028, 11, 22))}
    assert Answer.objects.get(pk=done.pk).state == AnswerState.SUBMITTED
    assert Message.objects.filter(kind="forms.withdrawn").count() == 2
    assert history_of(decided)[0].facts == {"answers": 2}


def test_what_was_not_handed_out_yet_is_not_when_it_is_withdrawn(definition, officer):
    made = hand_out(definition, many(51), officer)
    lots.go_on(hand_out=made.hand_out, at=AT)
    handing_out.withdraw(hand_out=made.hand_out, reason="Fel formulär.", by=officer, at=AT)

    tasks.go_on_handing_out(made.hand_out.pk)

    assert set(Answer.objects.values_list("state", flat=True)) == {AnswerState.WITHDRAWN}
    assert Answer.objects.count() == 25


@pytest.mark.parametrize(("reason", "times", "code"), [(" ", 1, "no_reason"), ("Fel.", 2, "withdrawn")])
def test_a_withdrawal_that_cannot_be_is_refused_in_words(
    definition, organizer, officer, submitter, reason, times, code
):
    made = hand_out(definition, [organizer], officer)

    with pytest.raises(AnswerRefused) as refusal:
        for _each in range(times):
            handing_out.withdraw(hand_out=made.hand_out, reason=reason, by=officer, at=AT)

    assert refusal.value.code == code


def test_nobody_else_withdraws(definition, organizer, officer, submitter):
    made = hand_out(definition, [organizer], officer)

    with pytest.raises(PermissionDenied):
        handing_out.withdraw(hand_out=made.hand_out, reason="Nej.", by=submitter, at=AT)
