"""A new installation has nobody: the operator appoints the first people."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from samspel.accounts.models import Person
from samspel.config.cli import appoint
from samspel.config.cli.group import LazyGroup
from samspel.registry.models import Appointment

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
