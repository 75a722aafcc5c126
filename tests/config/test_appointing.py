"""A new installation has nobody: the operator appoints the first people."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.utils import translation

from samspel.accounts.models import Person
from samspel.config.cli import appoint
from samspel.config.cli.group import LazyGroup
from samspel.registry.models import Appointment, Organizer, SchoolUnit, University

# What stands around the command is tested with a real process; here its database is the test's own.
COMMAND = appoint.command.callback.__wrapped__


def test_the_first_administrator_is_let_in_and_appointed_once(db, capsys):
    for _time in range(2):
        COMMAND(mail="Anna.Ek@agency.example", role="administrator", name="Anna Ek", number=None)

    person = Person.objects.get()
    assert (person.email, person.name) == ("anna.ek@agency.example", "Anna Ek")
    assert Appointment.objects.get(person=person).role == "administrator"
    assert "Anna Ek" in capsys.readouterr().out


def test_an_organizer_is_named_by_its_number_however_it_is_written(db):
    COMMAND(mail="bo@kommun.example", role="coordinator", name="Bo", number="212000-0142")

    assert Appointment.objects.get().organizer.organization_number == "2120000142"


def test_a_principal_is_of_a_school_unit_and_a_leader_of_a_university(db):
    organizer = Organizer.objects.get(organization_number="2120000142")
    SchoolUnit.objects.create(
        code="00000011", name="Åskolan", sort_key="a", search_key="a", organizer=organizer, as_of="2026-01-01"
    )
    University.objects.create(slug="ekviks", name="Ekviks universitet", sort_key="ekviks")

    COMMAND(mail="r@k.example", role="principal", name="R", number="2120000142", unit="00000011", title="Rektor")
    COMMAND(mail="l@u.example", role="network_leader", name="L", number=None, slug="ekviks")

    principal, leader = Appointment.objects.order_by("id")
    assert (principal.school_unit.name, principal.title, leader.university.slug) == ("Åskolan", "Rektor", "ekviks")


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"role": "principal", "number": "2120000142"}, "A principal is appointed at a school unit"),
        ({"role": "principal", "number": "2120000142", "unit": "1"}, "no school unit with the code 1"),
        ({"role": "principal", "number": None, "unit": "1"}, "Say with --organizer"),
        ({"role": "network_leader", "number": None, "slug": "x"}, "no university x"),
        ({"role": "network_leader", "number": "2120000142", "slug": "x"}, "not both"),
        ({"role": "coordinator", "number": None}, "no such role at this place"),
    ],
)
def test_a_place_that_cannot_be_is_told_and_lets_nobody_in(db, facts, told):
    from samspel.config.refused import Refused

    with translation.override("en"), pytest.raises(Refused, match=told):
        COMMAND(mail="anna@agency.example", name="Anna", **facts)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("mail", "role", "number", "told"),
    [
        ("anna@agency.example", "queen", None, "queen is no role"),
        ("no address", "administrator", None, "no address is no mail address"),
        ("anna@agency.example", "coordinator", "2120000143", "no organizer with the number 2120000143"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence_and_leaves_nothing(db, mail, role, number, told):
    from samspel.config.refused import Refused

    with pytest.raises(Refused, match=told):
        COMMAND(mail=mail, role=role, name="Anna", number=number)
    assert not Appointment.objects.exists()


def test_the_command_is_one_of_samspels():
    from samspel.config.cli import main

    assert isinstance(main, LazyGroup)
    listed = CliRunner().invoke(main, ["appoint", "--help"])
    assert listed.exit_code == 0
    assert "first administrator" in listed.output
