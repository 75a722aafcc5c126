"""Forms are handed out to many: who gets them there, who is left out, and what they are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.forms.models import Answer
from samspel.forms.operations import handing_out
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
    assert history_of(definition)[0].facts == {"answers": 1, "left": 0, "due_on": "2027-01-15"}


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
    monkeypatch.setattr(handing_out, "MOST", 1)

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
