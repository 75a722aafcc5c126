"""`samspel people FILE --as MAIL`: the same engine as the page, for programs too."""

from __future__ import annotations

import json

import click
import pytest

from samspel.accounts.models import Person
from samspel.config.cli import people
from samspel.config.refused import Refused
from samspel.registry.models import Appointment, PeopleBatch, Role
from tests.registry.people import holds, world

# What stands around the command is tested with a real process; here its database is the test's own.
COMMAND = people.command.callback.__wrapped__


@pytest.fixture
def w(db):
    """The small world, in which Nora Ny has been development lead at Ekviken."""
    made = world()
    holds(made.new, Role.DEVELOPMENT_LEAD, organizer=made.ekviken)
    return made


@pytest.fixture
def run(w, tmp_path):
    """Run the command on rows, as somebody."""

    def command(*rows, mail=None, **options):
        file = tmp_path / "people.csv"
        file.write_text("\n".join(["Name;Email;Role;Organization number", *rows]), encoding="utf-8")
        given = {"number": None, "choices": (), "dry_run": False, "as_json": True, **options}
        COMMAND(file=file, mail=mail or w.admin.email, **given)

    return command


def row(w, name="Siv", email="siv@x.se", role="coordinator") -> str:
    return f"{name};{email};{role};{w.ekviken.organization_number}"


def test_everybody_is_added_and_the_answer_counts(w, run, capsys):
    run(row(w), row(w, "Head", w.head.email))

    assert json.loads(capsys.readouterr().out) == {
        "rows": [{"row": 2, "outcome": "new"}, {"row": 3, "outcome": "known"}],
        "counts": {"added": 1, "appointed": 2},
    }
    assert Appointment.objects.filter(person__email="siv@x.se", appointed_by=w.admin.key).exists()


def test_a_dry_run_changes_and_keeps_nothing(w, run, capsys):
    run(row(w), dry_run=True)

    assert json.loads(capsys.readouterr().out) == {"rows": [{"row": 2, "outcome": "new"}]}
    assert not Person.objects.filter(email="siv@x.se").exists()
    assert not PeopleBatch.objects.exists()


def test_a_question_stops_the_list_until_it_is_answered(w, run, capsys):
    with pytest.raises(click.exceptions.Exit) as stopped:
        run(row(w), row(w, "Nora Ny", "nora@x.se"))
    told = json.loads(capsys.readouterr().out)

    assert stopped.value.exit_code == 1
    assert told["asked"] == [
        {
            "row": 3,
            "may_be": [{"key": str(w.new.key), "why": "name"}],
            "choices": [f"keep:{w.new.key}", f"take:{w.new.key}", "another", "skip"],
        }
    ]
    assert (Person.objects.filter(email="siv@x.se").exists(), PeopleBatch.objects.count()) == (False, 0)

    run(row(w), row(w, "Nora Ny", "nora@x.se"), choices=(f"3=keep:{w.new.key}",))
    assert Appointment.objects.filter(person=w.new, role="coordinator").exists()


@pytest.mark.parametrize("as_json", [True, False])
def test_faults_are_told_with_rows_and_exit_one(w, run, capsys, as_json):
    with pytest.raises(click.exceptions.Exit) as stopped:
        run(row(w, email="fel"), as_json=as_json)

    told = capsys.readouterr()
    assert stopped.value.exit_code == 1
    assert "fel" in (told.out if as_json else told.err) and "row 2" in (told.err or "row 2")


def test_acting_for_nobody_or_one_who_may_not_is_refused(w, run):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(Refused, match="Nobody here"):
        run(row(w), mail="no@body.se")
    with pytest.raises(PermissionDenied):
        run(row(w), mail=w.outsider.email)


def test_wrong_use_is_told_as_such(w, run):
    for wrong in ("x=skip", "2=both", "2"):
        with pytest.raises(click.UsageError):
            run(row(w), choices=(wrong,))
    assert not PeopleBatch.objects.exists()
