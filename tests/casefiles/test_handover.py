"""What case files leave on a handover page, and what they keep from it."""

from __future__ import annotations

from datetime import date

import pytest

from samspel.casefiles.models import Question, QuestionState
from samspel.casefiles.operations import casefiles, questions
from samspel.casefiles.queries import handover
from samspel.registry.models import Appointment, Role
from tests.casefiles.conftest import NOW, TODAY, letter, person_with
from tests.casefiles.test_questions import mail


@pytest.fixture
def coordinator(organizer):
    """Her appointment at the organizer."""
    elin = person_with(name="Elin Samordnare")
    return Appointment.objects.create(person=elin, role=Role.COORDINATOR, organizer=organizer, from_on=date(2025, 1, 1))


def titles(appointment):
    part = handover.part(appointment, NOW)
    return [str(row.title) for row in part.rows] if part else []


def test_an_officer_hands_over_open_case_files_and_answered_questions(officer, registrar, case_file):
    task = Appointment.objects.get(person=officer)
    assert titles(task) == []
    casefiles.hand_over(case_file=case_file, handler=officer.key, by=registrar, at=NOW)
    question = questions.receive(mail().as_bytes(), at=NOW)
    questions.answer(question=question, words="Den 3 december.", by=officer, at=NOW)

    assert titles(task) == [f"{case_file.diary_number} {case_file.title}", "Nästa träff"]
    assert titles(Appointment.objects.get(person=registrar)) == []


def test_an_organizers_letters_are_handed_over_and_nothing_private_or_secret(coordinator, registrar, case_file):
    organizer, other = coordinator.organizer, person_with(name="Rektor Ragnar")
    common = {"organizer": organizer, "counterpart": ""}
    letter(case_file, registrar, title="Brev till kommunen", **common)
    letter(case_file, registrar, title="Hemligt", is_secret=True, secrecy_ground="23 kap. OSL", **common)
    letter(case_file, registrar, title="Rektorns eget brev", person=other, **common)
    letter(case_file, registrar, title="Mejl från en medarbetare", organizer=organizer, counterpart="Bo")
    letter(case_file, registrar, title="Vår anteckning", direction="drawn_up", kind="note", **common)
    selection = casefiles.open_case(series="URV", title="Urval", by=registrar, at=NOW, parties=[organizer])
    letter(selection, registrar, title="Om urvalet", **common)

    assert titles(coordinator) == [f"{case_file.diary_number}-1 Brev till kommunen"]


def test_her_own_question_is_told_by_its_day_and_no_others_is(coordinator, officer):
    organizer = coordinator.organizer
    row = {"organizer": organizer, "due_on": TODAY, "received_at": NOW, "from_address": "x@kommun.example"}
    Question.objects.create(subject="Jag mår inte bra", person=coordinator.person, **row)
    Question.objects.create(subject="Om vår samordnare", person=person_with(name="Rektor Ragnar"), **row)
    Question.objects.create(subject="Klar", person=coordinator.person, state=QuestionState.CLOSED, **row)

    [title] = titles(coordinator)

    assert "2026" in title
    assert "mår" not in title


def test_it_costs_the_same_for_one_case_file_and_for_three(officer, registrar, organizer, django_assert_num_queries):
    task = Appointment.objects.select_related("person").get(person=officer)
    for number in (1, 2):
        for one in range(number):
            casefiles.open_case(series="SAM", title=f"Ärende {number}{one}", by=registrar, at=NOW, handler=officer.key)
        with django_assert_num_queries(2):
            assert len(titles(task)) in (1, 3)
