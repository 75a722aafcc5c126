"""Every date that somebody is reminded of stands in her Att göra, and the other way round."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from samspel.accounts.models import Person
from samspel.accounts.queries import due_sources, todo_of
from samspel.casefiles.models import Question, QuestionState
from samspel.forms.models import Answer, AnswerState, ParticipantDeed, Version
from samspel.letters.models import NamedList, Promise
from samspel.registry.models import Appointment, AppointmentDraft, Authorization, Interest, Role
from samspel.selection.models import Round
from tests.casefiles.conftest import make_organizer
from tests.letters import dates
from tests.letters.conftest import at_organizer, person_with
from tests.letters.dates import NOW, TODAY, WEEK

SOON = (TODAY - timedelta(days=30), TODAY + timedelta(days=30))
# What goes wrong in the running of the system has a mail of its own every morning.
NOT_REMINDED_OF = ("/arbete/drift/",)


def all_dues():
    return [due for source in due_sources for due in source.between(*SOON, NOW)]


def in_todo(person):
    """Address and date of everything that is hers to do by a day."""
    rows = todo_of(Person.objects.get(pk=person), NOW)
    return {(row.address, row.due_on) for row in rows if row.due_on and not row.is_waiting_for_others}


def of_kinds(dues):
    return {due.kind for due in dues}


@pytest.fixture
def world(db):
    organizer = make_organizer(1)
    dates.one_of_each(organizer)
    return organizer


def test_the_world_of_these_tests_has_a_date_of_every_kind(world):
    assert of_kinds(all_dues()) == {kind for kind, _source in due_sources.items()}


def test_every_date_stands_in_att_gora_of_each_whose_it_is(world):
    missing = [
        (due.key, person)
        for due in all_dues()
        for person in due.people
        if (due.address, due.due_on) not in in_todo(person)
    ]
    assert missing == []
    assert all(due.people for due in all_dues())


def test_every_row_of_att_gora_with_a_day_is_a_date(world):
    reminded = {(due.address, due.due_on, person) for due in all_dues() for person in due.people}
    missing = [
        (row, person)
        for person in Person.objects.values_list("pk", flat=True)
        for row in in_todo(person)
        if (*row, person) not in reminded and not row[0].startswith(NOT_REMINDED_OF)
    ]
    assert missing == []


def test_asked_by_key_each_source_says_the_same(world):
    for source in due_sources:
        between = {due.key: _facts(due) for due in source.between(*SOON, NOW)}
        for lock in (False, True):
            again = {due.key: _facts(due) for due in source.now(list(between), NOW, lock=lock)}
            assert again == between
        assert list(source.now([], NOW)) == []


def _facts(due):
    return (due.kind, str(due.deed), due.due_on, due.address, due.people, due.where)


def test_a_deed_is_said_in_the_language_of_who_reads(world):
    by_kind = {}
    for due in all_dues():
        with override("en"):
            english = str(due.deed)
        with override("sv"):
            swedish = str(due.deed)
        by_kind[due.kind] = (english, swedish)
    assert all(english != swedish for english, swedish in by_kind.values())


@pytest.mark.parametrize("more", [1, 3])
def test_dates_are_found_in_as_many_queries_however_many_there_are(world, more):
    all_dues()
    with CaptureQueriesContext(connection) as few:
        all_dues()
    for place in range(2, 2 + more):
        _more_dates(place)

    with CaptureQueriesContext(connection) as many:
        found = all_dues()

    assert len(found) >= 9 + 8 * more
    assert len(many) == len(few)


def _more_dates(place):
    organizer = make_organizer(place)
    coordinator = at_organizer(organizer, Role.COORDINATOR, f"Sixten {place}", to_on=WEEK)
    at_organizer(organizer, Role.ADMINISTRATOR, f"Alva {place}")
    lead = at_organizer(organizer, Role.DEVELOPMENT_LEAD, f"Didrik {place}")
    dates.ways_in(organizer)
    dates.question(person_with(Role.REGISTRAR, name=f"Rut {place}"))
    dates.answer(
        organizer,
        (coordinator, ParticipantDeed.SUBMIT, "coordinator"),
        (lead, ParticipantDeed.WRITE, ""),
        version=Version.objects.latest("pk"),
    )


def test_a_deputy_is_reminded_while_she_stands_in_and_who_is_away_is_not(db):
    organizer = make_organizer(1)
    coordinator = at_organizer(organizer, Role.COORDINATOR, "Sanna Samordnare")
    deputy = at_organizer(organizer, Role.DEVELOPMENT_LEAD, "Didrik Utvecklare")
    dates.answer(organizer, (coordinator, ParticipantDeed.SUBMIT, "coordinator"))
    officer = person_with(Role.EDUCATION_OFFICER, name="Ester Handläggare")
    registrar = person_with(Role.REGISTRAR, name="Rut Registrator")
    dates.question(officer)
    assert whose() == {"forms.answer": {coordinator.pk}, "casefiles.question": {officer.pk}}

    dates.away(coordinator, deputy, role=Role.COORDINATOR)
    dates.away(officer, registrar, role=Role.EDUCATION_OFFICER)

    assert whose() == {"forms.answer": {deputy.pk}, "casefiles.question": {registrar.pk}}
    for due in all_dues():
        (doing,) = due.people
        assert (due.address, due.due_on) in in_todo(doing)
    assert not in_todo(coordinator.pk)
    assert not in_todo(officer.pk)


def test_whoever_has_left_her_task_is_not_reminded_of_it(db):
    organizer = make_organizer(1)
    coordinator = at_organizer(organizer, Role.COORDINATOR, "Sanna Samordnare")
    dates.answer(organizer, (coordinator, ParticipantDeed.SUBMIT, "coordinator"))

    coordinator.appointments.update(to_on=TODAY - timedelta(days=1))

    assert whose() == {}


def test_what_is_done_is_no_date_any_more(world):
    Answer.objects.update(state=AnswerState.SUBMITTED, submitted_at=NOW)
    Question.objects.update(state=QuestionState.CLOSED)
    Authorization.objects.update(state="accepted")
    Interest.objects.update(state="answered")
    AppointmentDraft.objects.update(state="confirmed")
    Appointment.objects.update(to_on=None)
    Round.objects.update(state="voided")
    Promise.objects.update(state="filled")
    NamedList.objects.update(ended_at=NOW)

    assert all_dues() == []


def test_nobody_is_reminded_of_a_test(world):
    Answer.objects.update(is_test=True)

    assert "forms.answer" not in {due.kind for due in all_dues()}


def whose():
    """Kind to the people who shall do it."""
    found = {}
    for due in all_dues():
        if due.people:
            found.setdefault(due.kind, set()).update(due.people)
    return found
