"""While everything runs: what it cost, who else may use it, and who is refused."""

from __future__ import annotations

import json

import psycopg
import pytest


def test_a_second_start_costs_less_than_five_seconds_of_computing_until_the_first_answer(running):
    # Seconds on a clock swing with what else the machine does; `make bench` measures those.
    assert running.seconds_to_first_answer < 5


def test_it_is_ready_for_people(running):
    assert running.status(running.port, "/halsa/redo") == 200


def test_a_second_start_in_the_same_home_is_refused(running):
    second = running.samspel("run", "--port", "20999")

    assert (second.returncode, second.stderr.strip()) == (1, f"Samspel is already running in {running.home}.")


def test_a_command_uses_the_database_of_what_runs_and_leaves_it_running(running):
    before = running.children()["database"]

    done = running.samspel("migrate")

    assert done.returncode == 0, done.stderr
    assert running.children()["database"] == before


def test_a_port_in_use_is_refused_in_words(running, operator):
    other = operator.samspel("run", "--port", str(running.port))

    assert other.returncode == 1
    assert other.stderr.startswith(f"127.0.0.1:{running.port} cannot be used")


def test_the_databases_log_tells_no_value_of_a_statement_that_failed(running):
    socket = json.loads((running.home / "database.json").read_text())["socket"]
    log = running.home / "log" / "postgresql.log"

    with (
        psycopg.connect(host=socket, user="samspel", dbname="samspel") as connection,
        pytest.raises(psycopg.errors.NotNullViolation),
    ):
        connection.execute("INSERT INTO post_message (to_address) VALUES ('hemlig.person@example.org')")

    running.wait_for(lambda: "violates not-null constraint" in log.read_text())
    assert "hemlig" not in log.read_text()
    assert log.parent.stat().st_mode & 0o077 == 0
