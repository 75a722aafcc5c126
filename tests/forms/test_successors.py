"""Somebody is away, or has left: her deputy goes on meanwhile, and the organization brings in who comes after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from samspel.accounts.queries import todo_of
from samspel.forms import permissions
from samspel.forms.models import Answer, Participant
from samspel.forms.operations import participants, saving, submitting
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries import handover
from samspel.forms.queries.panels import of_organizer
from samspel.forms.queries.seeing import taking_part, visible_to
from samspel.kernel.permissions import Level, LevelTooLow
from samspel.registry.models import Appointment, Role, StandIn
from tests.casefiles.conftest import make_organizer
from tests.forms.conftest import AT, BODY, SUMMARY, TODAY, at_organizer, handed_out, make_version, person_with

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def answer(version, organizer, submitter):
    """An answer that the coordinator alone writes and submits."""
    made = handed_out(version, organizer, (submitter, "submit"))
    Participant.objects.update(role=Role.COORDINATOR)
    return made


@pytest.fixture
def chief(organizer):
    """Who answers for the organizer's people."""
    return at_organizer(organizer, Role.CHIEF_EDUCATION_OFFICER, "Cecilia Chef")


@pytest.fixture
def deputy(organizer, submitter):
    """Somebody at the organizer who does the coordinator's task this week."""
    person = at_organizer(organizer, Role.BOARD_CHAIR, "Disa Ersättare")
    task = Appointment.objects.get(person=submitter)
    StandIn.objects.create(appointment=task, deputy=person, from_on=TODAY, to_on=TODAY + timedelta(days=6), set_at=AT)
    return person


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def test_a_deputy_writes_and_submits_for_the_one_who_is_away(answer, deputy):
    saving.save(answer=answer, typed={"summary": SUMMARY}, base=answer.revision, by=deputy, at=AT)
    submission = submitting.submit(answer=answer, by=deputy, at=AT)

    assert submission.submitted_by == deputy.key


def test_it_stands_among_her_forms_and_in_what_she_has_to_do_with_for_whom(answer, deputy):
    assert list(taking_part(deputy, AT)) == list(visible_to(deputy, AT)) == [answer]
    assert [(row.instead_of, row.address) for row in todo_of(fresh(deputy), AT)] == [
        ("Sara Samordnare", reverse("forms:answer", args=[answer.key]))
    ]


@pytest.mark.parametrize("day", [-1, 7])
def test_outside_of_those_days_a_deputy_has_no_part(answer, deputy, day):
    at = AT + timedelta(days=day)

    assert not permissions.may(deputy, permissions.READ, answer, at)
    assert not taking_part(deputy, at).exists()


def test_a_deputy_has_no_part_elsewhere_nor_by_another_role(answer, version, deputy, submitter):
    other = handed_out(version, make_organizer(2), (submitter, "submit"))
    Participant.objects.filter(answer=other).update(role=Role.COORDINATOR)
    assert not permissions.may(deputy, permissions.READ, other, AT)

    Participant.objects.filter(answer=answer).update(role=Role.PRINCIPAL)
    assert not permissions.may(deputy, permissions.READ, Answer.objects.get(pk=answer.pk), AT)


def test_the_chief_brings_in_who_comes_after_the_only_one_who_submits(answer, chief, submitter, organizer):
    Participant.objects.filter(person=submitter).update(to_on=TODAY - timedelta(days=1), from_on=date(2026, 1, 1))
    successor = at_organizer(organizer, Role.COORDINATOR, "Sixten Efterträdare")

    participants.add(answer=answer, person=successor, deed="submit", from_on=TODAY, role="coordinator", by=chief, at=AT)

    assert permissions.may(successor, permissions.SUBMIT, answer, AT)
    assert not permissions.may_read(chief, answer, AT)


def test_who_has_left_no_longer_counts_as_one_who_can_submit(answer, chief, submitter, organizer):
    left = at_organizer(organizer, Role.COORDINATOR, "Lars Lämnat")
    row = participants.add(answer=answer, person=left, deed="submit", from_on=TODAY, by=submitter, at=AT)
    left.is_active = False
    left.save()

    with pytest.raises(AnswerRefused) as refusal:
        participants.end(participant=Participant.objects.get(person=submitter), to_on=TODAY, by=chief, at=AT)

    assert refusal.value.code == "last_submitter"
    assert participants.end(participant=row, to_on=TODAY, by=chief, at=AT).to_on == TODAY


def test_nobody_brings_in_herself_without_taking_part(answer, chief, officer):
    for who in (chief, officer):
        with pytest.raises(AnswerRefused) as refusal:
            participants.add(answer=answer, person=who, deed="read", from_on=TODAY, by=who, at=AT)
        assert refusal.value.code == "herself"


def test_the_chief_of_another_organizer_brings_in_nobody(answer, outsider):
    other = at_organizer(make_organizer(2), Role.CHIEF_EDUCATION_OFFICER, "Annan Chef")

    with pytest.raises(PermissionDenied):
        participants.add(answer=answer, person=outsider, deed="read", from_on=TODAY, by=other, at=AT)
    assert not visible_to(other, AT).exists()


def test_a_login_that_is_not_sure_enough_brings_in_nobody(answer, chief, outsider):
    chief.session_level = Level.READ

    with pytest.raises(LevelTooLow):
        participants.add(answer=answer, person=outsider, deed="submit", from_on=TODAY, by=chief, at=AT)


def test_an_officer_brings_nobody_of_the_agency_into_what_is_the_organizations_own(officer, organizer, submitter):
    version = make_version(BODY | {"slug": "egen", "is_private": True})
    own = handed_out(version, organizer, (submitter, "submit"))
    supporter = person_with(Role.PROCESS_SUPPORTER, name="Petra Processtöd")

    with pytest.raises(AnswerRefused) as refusal:
        participants.add(answer=own, person=supporter, deed="read", from_on=TODAY, by=officer, at=AT)

    assert refusal.value.code == "own_alone"
    assert participants.add(answer=own, person=supporter, deed="comment", from_on=TODAY, by=submitter, at=AT)


def test_on_the_page_the_chief_sees_how_far_it_has_come_and_brings_in_a_successor(client, answer, chief, organizer):
    saving.write(answer=answer, values={"summary": "Hemligheten"}, by=chief, at=AT, way="page")
    successor = at_organizer(organizer, Role.COORDINATOR, "Sixten Efterträdare")
    client.force_login(chief, backend=BACKEND)
    page = client.get(reverse("forms:answer", args=[answer.key])).content.decode()
    assert ("Hemligheten" in page, "Lägg till deltagare" in page) == (False, True)

    where = reverse("forms:participants", args=[answer.key])
    done = client.post(where, {"person": str(successor.key), "deed": "submit", "to_on": ""})

    assert done.status_code == 302
    assert permissions.may(successor, permissions.SUBMIT, Answer.objects.get(pk=answer.pk), timezone.now())
    assert client.get(reverse("forms:review", args=[answer.key])).status_code == 403


def test_when_nobody_is_left_to_write_the_page_says_that_somebody_has_to_come(client, answer, chief):
    Participant.objects.all().delete()
    client.force_login(chief, backend=BACKEND)

    assert "Lägg till någon som lämnar in" in client.get(reverse("forms:answer", args=[answer.key])).content.decode()


def test_the_organizations_page_shows_its_forms_to_the_chief_and_not_to_others(answer, chief, organizer, outsider):
    assert [one.name for one in of_organizer(chief, organizer, AT).context["answers"]] == ["Liten analys"]
    assert of_organizer(outsider, organizer, AT) is None
    assert of_organizer(chief, make_organizer(2), AT) is None


def test_the_handover_page_lists_the_forms_of_that_task_alone(answer, version, submitter):
    other = handed_out(version, make_organizer(2), (submitter, "submit"))
    Participant.objects.filter(answer=other).update(role=Role.COORDINATOR)

    part = handover.part(Appointment.objects.get(person=submitter), AT)

    assert [str(row.title) for row in part.rows] == ["Liten analys, Påhittade 01 kommun"]
    assert "Skrivs. Skriver och lämnar in." in str(part.rows[0].because)


def test_a_task_without_forms_adds_nothing_to_its_handover_page(answer, chief):
    assert handover.part(Appointment.objects.get(person=chief), AT) is None


def test_whoever_has_left_her_task_has_left_its_forms_though_her_row_stands(answer, submitter):
    Appointment.objects.filter(person=submitter).update(to_on=TODAY)
    assert permissions.may(fresh(submitter), permissions.WRITE, answer, AT)

    tomorrow = AT + timedelta(days=1)
    left, answer = fresh(submitter), Answer.objects.get()

    assert not permissions.may(left, permissions.READ, answer, tomorrow)
    assert not taking_part(left, tomorrow).exists()


def test_the_same_task_elsewhere_does_not_keep_her_in(answer, submitter):
    Appointment.objects.filter(person=submitter).update(organizer=make_organizer(3))

    assert not permissions.may(fresh(submitter), permissions.READ, Answer.objects.get(), AT)


def test_who_was_brought_in_by_name_alone_stays_until_she_is_let_go(answer, submitter):
    Participant.objects.update(role="")
    Appointment.objects.filter(person=submitter).update(to_on=TODAY - timedelta(days=1))

    assert permissions.may(fresh(submitter), permissions.READ, Answer.objects.get(), AT)
