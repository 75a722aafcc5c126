"""An organization appoints, replaces and ends its own people; another's it never reaches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.permissions import Level, LevelTooLow, holds
from samspel.post.models import Message
from samspel.registry.models import Appointment, Role
from samspel.registry.operations import appointments
from samspel.registry.operations.appointments import AppointmentRefused
from samspel.registry.queries.holdings import organizer_place
from samspel.registry.queries.organizations import administrators_of
from samspel.registry.rules.appointments import Span, Terms, obstacles, telling_due
from tests.registry.people import NOW, SINCE, TODAY, person, world
from tests.registry.people import holds as holds_role


@pytest.fixture
def w(db):
    """The small world."""
    return world()


def give(w, by, **facts):
    """Appoint a coordinator at Ekviken, unless something else is said."""
    given = {"person": w.new, "role": Role.COORDINATOR, "organizer": w.ekviken, "from_on": TODAY, **facts}
    return appointments.appoint(by=by, at=NOW, **given)


def mails() -> list[tuple[str, str]]:
    """Kind and receiver of every mail written."""
    return sorted(Message.objects.values_list("kind", "to_address"))


# --- who gives what


@pytest.mark.parametrize("who", ["chief", "head", "admin"])
def test_an_organizers_chief_and_administrator_appoint_its_coordinator(w, who):
    made = give(w, getattr(w, who), title="Utvecklingsledare", share_percent=50, mandate="Leder", manager=w.chief)

    assert (made.person, made.organizer, made.appointed_by) == (w.new, w.ekviken, getattr(w, who).key)
    assert [entry.action for entry in entries_about(made)] == ["registry.appointment.made"]


@pytest.mark.parametrize("who", ["coordinator", "their_head", "dean", "officer", "payer", "outsider", "new"])
def test_nobody_else_does(w, who):
    with pytest.raises(PermissionDenied):
        give(w, getattr(w, who))

    assert not Appointment.objects.filter(person=w.new).exists()


@pytest.mark.parametrize("role", ["administrator", "authorized_signatory", "board_chair", "chief_education_officer"])
def test_who_speaks_for_the_whole_organizer_is_not_given_by_its_chief(w, role):
    with pytest.raises(PermissionDenied):
        give(w, w.chief, role=role)

    assert give(w, w.head, role=role).role == role


def test_a_university_gives_its_own_and_the_agency_its_own(w):
    at_university = {"organizer": None, "university": w.university}

    assert give(w, w.dean, role=Role.NETWORK_LEADER, **at_university).university == w.university
    assert give(w, w.admin, role=Role.REGISTRAR, organizer=None).organizer is None
    with pytest.raises(PermissionDenied):
        give(w, w.head, role=Role.NETWORK_LEADER, **at_university)
    with pytest.raises(PermissionDenied):
        give(w, w.dean, role=Role.REGISTRAR, organizer=None)


def test_a_login_that_only_reads_gives_nothing(w):
    w.head.session_level = Level.READ

    with pytest.raises(LevelTooLow) as refused:
        give(w, w.head)

    assert refused.value.needed == Level.SUBMIT


@pytest.mark.parametrize("deed", ["replace", "end", "prolong", "correct", "take_back"])
def test_another_organizers_appointments_are_never_reached(w, deed):
    details = {
        "replace": {"person": w.new, "from_on": TODAY},
        "end": {"to_on": TODAY, "reason": "x"},
        "prolong": {"to_on": None},
        "correct": {"title": "x"},
        "take_back": {"reason": "x"},
    }[deed]

    with pytest.raises(PermissionDenied):
        getattr(appointments, deed)(appointment=w.their_coordinator_task, by=w.head, at=NOW, **details)

    assert not entries_about(w.their_coordinator_task).exists()


# --- what is ordinary


def test_two_coordinators_at_one_organizer_and_one_shared_by_two(w):
    give(w, w.head)
    appointments.appoint(
        person=w.coordinator, role=Role.COORDINATOR, organizer=w.sjoby, from_on=TODAY, by=w.their_head, at=NOW
    )

    here = Appointment.objects.filter(organizer=w.ekviken, role=Role.COORDINATOR)
    assert {one.person for one in here} == {w.coordinator, w.new}
    assert {one.organizer for one in w.coordinator.appointments.all()} == {w.ekviken, w.sjoby}


def test_one_person_in_many_roles(w):
    units = {"school_unit": w.ekviken.school_units.get()}
    give(w, w.head)
    give(w, w.head, role=Role.PRINCIPAL, **units)
    give(w, w.dean, role=Role.NETWORK_LEADER, organizer=None, university=w.university)

    assert {one.role for one in w.new.appointments.all()} == {"coordinator", "principal", "network_leader"}


def test_the_same_twice_is_there_once(w):
    assert give(w, w.head) == give(w, w.head)
    assert Appointment.objects.filter(person=w.new).count() == 1


# --- what is refused, in words


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"role": Role.REGISTRAR}, "role_not_held_here"),
        ({"role": Role.PRINCIPAL}, "unit_missing"),
        ({"to_on": TODAY - timedelta(days=1)}, "ends_before_it_begins"),
        ({"share_percent": 101}, "share_out_of_range"),
        ({"share_percent": 0}, "share_out_of_range"),
        ({"from_on": date(1, 1, 1)}, "days_out_of_reach"),
        ({"to_on": date(9999, 12, 31)}, "days_out_of_reach"),
    ],
)
def test_what_cannot_be_is_refused_in_words(w, facts, code):
    with pytest.raises(AppointmentRefused) as refused:
        give(w, w.admin, **facts)

    assert refused.value.codes == (code,)
    assert str(refused.value)
    assert not Appointment.objects.filter(person=w.new).exists()


def test_a_principal_is_of_a_school_unit_of_that_organizer(w):
    with pytest.raises(AppointmentRefused) as refused:
        give(w, w.head, role=Role.PRINCIPAL, school_unit=w.sjoby.school_units.get())

    assert refused.value.codes == ("unit_of_another",)


def test_overlap_is_refused_and_days_after_each_other_are_not(w):
    give(w, w.head, to_on=date(2026, 6, 30))

    with pytest.raises(AppointmentRefused) as refused:
        give(w, w.head, from_on=date(2026, 6, 30))

    assert refused.value.codes == ("held_already",)
    assert give(w, w.head, from_on=date(2026, 7, 1)).from_on == date(2026, 7, 1)


def test_a_closed_account_and_her_own_manager_are_refused(w):
    w.new.is_active = False
    w.new.save()

    with pytest.raises(AppointmentRefused) as refused:
        give(w, w.head, manager=w.new)

    assert refused.value.codes == ("own_manager", "account_closed")


def test_every_role_has_a_place_and_every_obstacle_a_sentence():
    terms = Terms("registrar", "organizer", Span(date(1, 1, 1), date(1, 1, 1)), True, False, 0, True)

    found = obstacles(terms, [Span(date(1, 1, 1))])

    assert [code for code in found if code not in appointments.refusals.SENTENCES] == []
    assert len(found) == 7


# --- who is told


def test_she_and_the_administrators_are_told_but_not_she_who_did_it(w):
    give(w, w.chief)

    assert mails() == [
        ("registry.appointed", "new@people.example"),
        ("registry.appointed_told", "head@people.example"),
    ]
    subject = Message.objects.get(kind="registry.appointed").subject
    assert "2 mars 2026" in subject and "Samordnare" in subject and "Ekvikens kommun" in subject


def test_what_the_system_does_is_told_nobody(w):
    give(w, SYSTEM)

    assert mails() == []


# --- nobody to herself


@pytest.mark.parametrize("role", ["administrator", "authorized_signatory", "board_chair", "chief_education_officer"])
def test_nobody_gives_herself_what_speaks_for_the_organizer(w, role):
    with pytest.raises(AppointmentRefused) as refused:
        give(w, w.head, person=w.head, role=role)

    assert refused.value.codes == ("to_herself",)


def test_nobody_gives_herself_a_decision_at_the_agency_nor_prolongs_her_own(w):
    Appointment.objects.filter(pk=w.admin_task.pk).update(to_on=TODAY)

    with pytest.raises(AppointmentRefused):
        give(w, w.admin, person=w.admin, role=Role.DECISION_MAKER, organizer=None)
    with pytest.raises(AppointmentRefused):
        appointments.prolong(appointment=w.admin_task, to_on=None, by=w.admin, at=NOW)


def test_an_administrator_may_coordinate_as_well(w):
    assert give(w, w.head, person=w.head).person == w.head


# --- correct


def test_correcting_says_which_fields_and_not_their_values(w):
    appointments.correct(
        appointment=w.coordinator_task, by=w.chief, at=NOW, title="Hemlig titel", in_management_group=True
    )

    w.coordinator_task.refresh_from_db()
    assert (w.coordinator_task.title, w.coordinator_task.in_management_group) == ("Hemlig titel", True)
    entry = entries_about(w.coordinator_task).get()
    assert entry.facts == {"fields": ["title", "in_management_group"]}


def test_correcting_to_the_same_writes_nothing(w):
    appointments.correct(appointment=w.coordinator_task, by=w.chief, at=NOW, title="")

    assert not entries_about(w.coordinator_task).exists()


# --- replace


def test_replacing_ends_the_one_and_begins_the_other_in_one_deed(w):
    new = appointments.replace(
        appointment=w.coordinator_task, person=w.new, from_on=date(2026, 4, 1), by=w.chief, at=NOW, title="Ny"
    )

    w.coordinator_task.refresh_from_db()
    assert (w.coordinator_task.to_on, w.coordinator_task.ended_by) == (date(2026, 3, 31), w.chief.key)
    assert (new.from_on, new.replaces, new.role, new.title) == (
        date(2026, 4, 1),
        w.coordinator_task,
        "coordinator",
        "Ny",
    )
    assert [entry.action for entry in entries_about(w.coordinator_task)] == ["registry.appointment.replaced"]
    assert mails() == [
        ("registry.replaced_comes", "new@people.example"),
        ("registry.replaced_leaves", "coordinator@people.example"),
        ("registry.replaced_told", "head@people.example"),
    ]


@pytest.mark.parametrize(("who", "on", "code"), [
    ("coordinator", date(2026, 4, 1), "same_person"),
    ("new", SINCE, "begins_too_early"),
])  # fmt: skip
def test_a_replacement_that_cannot_be_changes_nothing(w, who, on, code):
    with pytest.raises(AppointmentRefused) as refused:
        appointments.replace(appointment=w.coordinator_task, person=getattr(w, who), from_on=on, by=w.chief, at=NOW)

    w.coordinator_task.refresh_from_db()
    assert refused.value.codes == (code,)
    assert w.coordinator_task.to_on is None and mails() == []


def test_nobody_is_replaced_twice(w):
    third = person("third@people.example", "Tredje")
    appointments.replace(appointment=w.coordinator_task, person=w.new, from_on=date(2026, 4, 1), by=w.chief, at=NOW)

    with pytest.raises(AppointmentRefused) as refused:
        appointments.replace(appointment=w.coordinator_task, person=third, from_on=date(2026, 5, 1), by=w.chief, at=NOW)

    assert refused.value.codes == ("replaced_already",)


def test_a_refused_successor_leaves_the_one_before_as_she_was(w):
    w.new.is_active = False
    w.new.save()

    with pytest.raises(AppointmentRefused):
        appointments.replace(appointment=w.coordinator_task, person=w.new, from_on=date(2026, 4, 1), by=w.chief, at=NOW)

    w.coordinator_task.refresh_from_db()
    assert w.coordinator_task.to_on is None


# --- end, prolong, take back


def test_the_last_day_is_included_and_the_day_after_gives_nothing(w):
    appointments.end(appointment=w.coordinator_task, to_on=TODAY, reason="Ny tjänst", by=w.chief, at=NOW)

    place = organizer_place(w.ekviken.pk)
    assert holds(_again(w.coordinator), NOW, Role.COORDINATOR, place=place)
    assert not holds(_again(w.coordinator), NOW + timedelta(days=1), Role.COORDINATOR, place=place)
    assert [kind for kind, _who in mails()] == ["registry.ended", "registry.ended_told"]


def _again(whom):
    return type(whom).objects.get(pk=whom.pk)


def test_ending_needs_a_reason_and_a_day_in_order(w):
    with pytest.raises(AppointmentRefused) as refused:
        appointments.end(
            appointment=w.coordinator_task, to_on=SINCE - timedelta(days=1), reason=" ", by=w.chief, at=NOW
        )

    assert refused.value.codes == ("no_reason", "ends_before_it_begins")


def test_the_last_administrator_does_not_leave_by_herself(w):
    with pytest.raises(AppointmentRefused) as refused:
        appointments.end(appointment=w.head_task, to_on=TODAY, reason="Slutar", by=w.head, at=NOW)

    assert refused.value.codes == ("last_administrator",)
    give(w, w.head, role=Role.ADMINISTRATOR)
    assert appointments.end(appointment=w.head_task, to_on=TODAY, reason="Slutar", by=w.head, at=NOW).to_on == TODAY


def test_another_may_end_her_and_so_may_the_agency(w):
    assert appointments.end(appointment=w.head_task, to_on=TODAY, reason="Slut", by=w.admin, at=NOW).to_on == TODAY


def test_an_appointment_over_is_changed_by_nobody(w):
    appointments.end(appointment=w.coordinator_task, to_on=TODAY - timedelta(days=1), reason="x", by=w.chief, at=NOW)

    for deed, details in (
        ("end", {"to_on": TODAY, "reason": "x"}),
        ("prolong", {"to_on": None}),
        ("correct", {"title": "x"}),
    ):
        with pytest.raises(AppointmentRefused) as refused:
            getattr(appointments, deed)(appointment=w.coordinator_task, by=w.chief, at=NOW, **details)
        assert "not_in_force" in refused.value.codes


def test_prolonging_moves_the_last_day_and_lets_the_end_be_told_anew(w):
    appointments.end(appointment=w.coordinator_task, to_on=date(2026, 3, 20), reason="x", by=w.chief, at=NOW)

    longer = appointments.prolong(appointment=w.coordinator_task, to_on=date(2026, 12, 31), by=w.chief, at=NOW)

    assert (longer.to_on, longer.end_reason, longer.end_announced_for) == (date(2026, 12, 31), "", None)


def test_what_has_not_begun_is_taken_back_and_never_holds(w):
    coming = give(w, w.head, from_on=date(2026, 8, 1))

    appointments.take_back(appointment=coming, reason="Tackade nej", by=w.head, at=NOW)

    place = organizer_place(w.ekviken.pk)
    for day in (0, 151, 152, 153, 400):
        assert not holds(_again(w.new), NOW + timedelta(days=day), Role.COORDINATOR, place=place)
    assert give(w, w.head, from_on=date(2026, 8, 1)).pk != coming.pk


def test_what_has_begun_is_ended_instead(w):
    with pytest.raises(AppointmentRefused) as refused:
        appointments.take_back(appointment=w.coordinator_task, reason="x", by=w.head, at=NOW)

    assert refused.value.codes == ("begun",)


def test_a_successor_taken_back_leaves_room_for_another(w):
    first = appointments.replace(
        appointment=w.coordinator_task, person=w.new, from_on=date(2026, 8, 1), by=w.chief, at=NOW
    )
    appointments.take_back(appointment=first, reason="Tackade nej", by=w.chief, at=NOW)

    assert appointments.prolong(appointment=w.coordinator_task, to_on=None, by=w.chief, at=NOW).to_on is None


def test_administrators_are_those_in_force_with_an_open_account(w):
    give(w, w.head, role=Role.ADMINISTRATOR, to_on=TODAY)

    place = organizer_place(w.ekviken.pk)
    assert set(administrators_of(place, TODAY)) == {w.head, w.new}
    assert set(administrators_of(place, TODAY + timedelta(days=1))) == {w.head}


def test_a_telling_falls_due_thirty_and_seven_days_before():
    last = date(2026, 6, 30)

    days = {days: telling_due(last, last - timedelta(days=days)) for days in (31, 30, 8, 7, 0, -1)}

    assert days == {
        31: None, 30: date(2026, 5, 31), 8: date(2026, 5, 31), 7: date(2026, 6, 23), 0: date(2026, 6, 23), -1: None,
    }  # fmt: skip


# --- at once


def _at_once(*deeds):
    """Do all at the same time, each in a thread of its own; what each gave, or the refusal's codes."""

    def run(deed):
        try:
            return deed()
        except AppointmentRefused as refused:
            return refused.codes
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_two_administrators_who_leave_at_once_leave_one(transactional_db):
    w = world()
    other = holds_role(w.new, Role.ADMINISTRATOR, organizer=w.ekviken)

    def leave(task, whom):
        return lambda: appointments.end(appointment=task, to_on=TODAY, reason="x", by=whom, at=NOW) and "left"

    found = _at_once(leave(w.head_task, w.head), leave(other, w.new))

    assert sorted(map(str, found)) == ["('last_administrator',)", "left"]


def test_the_same_person_appointed_twice_at_once_never_overlaps(transactional_db):
    w = world()
    days = [TODAY + timedelta(days=number) for number in range(4)]

    _at_once(*[lambda on=on: give(w, w.head, from_on=on) for on in days])

    assert Appointment.objects.filter(person=w.new, role=Role.COORDINATOR).count() == 1


def test_two_successors_at_once_are_one(transactional_db):
    w = world()
    third = person("third@people.example", "Tredje")

    def take_over(whom):
        return lambda: (
            appointments.replace(
                appointment=w.coordinator_task, person=whom, from_on=date(2026, 4, 1), by=w.chief, at=NOW
            ).person_id
        )

    found = _at_once(take_over(w.new), take_over(third))

    assert ("replaced_already",) in found and Appointment.objects.filter(replaces=w.coordinator_task).count() == 1
