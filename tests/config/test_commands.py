"""The command line: what it says, and what it will not do."""

from __future__ import annotations

import json
import stat

import pytest


def test_where_says_what_lies_where_and_makes_nothing(operator):
    done = operator.samspel("where", "--json")

    places = json.loads(done.stdout)
    assert places["home"] == str(operator.home)
    assert places["kind"] == "real"
    assert places["files"] == str(operator.home / "files")
    assert not operator.home.exists()


def test_where_names_an_outside_database_without_its_password(operator):
    done = operator.samspel("where", DATABASE_URL="postgres://anna:hemligt@db.example/samspel")

    assert "samspel at db.example (DATABASE_URL)" in done.stdout
    assert "hemligt" not in done.stdout


def test_every_command_is_listed_and_wrong_use_ends_with_two(operator):
    listed = operator.samspel("--help")

    assert listed.returncode == 0
    for name in ("run", "web", "worker", "migrate", "demo", "appoint", "import", "select", "where", "bench"):
        assert f"\n  {name} " in listed.stdout
    assert operator.samspel("jump").returncode == 2
    assert operator.samspel("run", "--port", "none").returncode == 2


@pytest.mark.parametrize("command", [("run", "--demo"), ("demo",)])
def test_the_demo_refuses_a_database_of_ones_own(operator, command):
    done = operator.samspel(*command, DATABASE_URL="postgres://anna@db.example/samspel")

    assert done.returncode == 1
    assert done.stderr.startswith("The demo keeps its own database")
    assert not operator.home.exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "samspel.example"])
def test_the_demo_is_reached_from_this_machine_only(operator, host):
    done = operator.samspel("run", "--demo", "--host", host)

    assert done.returncode == 1
    assert "this machine only" in done.stderr


def test_a_demo_home_never_becomes_a_real_one(operator):
    operator.home.mkdir()
    (operator.home / "DEMO").touch()

    done = operator.samspel("run")

    assert done.returncode == 1
    assert "is a demo home and stays one" in done.stderr


@pytest.mark.parametrize("address", ["mysql://anna@db/samspel", "postgres://anna@db/", "postgres://db:port/samspel"])
def test_an_address_that_names_no_postgresql_database_is_refused_in_words(operator, address):
    done = operator.samspel("migrate", DATABASE_URL=address)

    assert (done.returncode, done.stderr.splitlines()[-1][:12]) == (1, "DATABASE_URL")


def test_a_database_of_another_version_is_refused_in_words(operator):
    (operator.home / "pg").mkdir(parents=True)
    (operator.home / "pg" / "PG_VERSION").write_text("16\n")

    done = operator.samspel("migrate")

    assert done.returncode == 1
    assert "was made by PostgreSQL 16" in done.stderr


def test_a_database_that_is_gone_is_not_replaced_by_an_empty_one(operator):
    operator.home.mkdir()
    (operator.home / "database.json").write_text(json.dumps({"data": str(operator.home / "gone")}))

    done = operator.samspel("migrate")

    assert done.returncode == 1
    assert "which does not exist" in done.stderr


def test_the_secret_key_is_made_once_and_is_its_owners_alone(operator):
    from samspel.config.home import Home

    first = Home(operator.home).secret_key()

    assert Home(operator.home).secret_key() == first
    assert len(first) > 50
    assert stat.S_IMODE((operator.home / "secret_key").stat().st_mode) == 0o600


def test_a_database_that_does_not_answer_is_told_in_a_sentence(operator):
    done = operator.samspel("migrate", DATABASE_URL=f"postgres://anna@/samspel?host={operator.home}")

    assert done.returncode == 1
    assert done.stderr.startswith("The database does not answer as it should: ")
