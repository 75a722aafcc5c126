"""`samspel run`: one command starts everything and stops everything."""

from __future__ import annotations

import os
import signal
import time

import pytest


def test_the_second_start_answers_within_five_seconds_and_a_signal_leaves_nothing(migrated_home):
    began = time.monotonic()
    process, port = migrated_home.start()
    took = time.monotonic() - began
    migrated_home.wait_for(migrated_home.is_up)

    assert migrated_home.status(port, "/halsa/redo") == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert migrated_home.is_gone()
    assert took < 5


def test_what_ends_by_itself_is_started_again(migrated_home):
    _, port = migrated_home.start()
    migrated_home.wait_for(migrated_home.is_up)
    before = migrated_home.children()

    before["worker urgent"].kill()
    before["database"].send_signal(signal.SIGQUIT)

    def is_mended():
        now = migrated_home.children()
        return all(now.get(name, before[name]) != before[name] for name in ("worker urgent", "database"))

    migrated_home.wait_for(is_mended)
    migrated_home.wait_for(lambda: migrated_home.status(port, "/halsa/redo") == 200)


def test_a_second_start_in_the_same_home_is_refused(migrated_home):
    migrated_home.start()

    second = migrated_home.samspel("run", "--port", "20999")

    assert (second.returncode, second.stderr.strip()) == (1, f"Samspel is already running in {migrated_home.home}.")


def test_a_command_uses_the_database_of_what_runs_and_leaves_it_running(migrated_home):
    migrated_home.start()

    done = migrated_home.samspel("migrate")

    assert done.returncode == 0, done.stderr
    assert "database" in migrated_home.children()


def test_after_a_killed_supervisor_the_next_start_is_as_usual(migrated_home):
    process, _ = migrated_home.start()
    migrated_home.wait_for(migrated_home.is_up)

    process.kill()
    process.wait()
    _, port = migrated_home.start()
    migrated_home.wait_for(migrated_home.is_up)

    assert migrated_home.status(port, "/halsa/redo") == 200


def test_a_port_in_use_is_refused_in_words(migrated_home, operator):
    _, port = migrated_home.start()

    other = operator.samspel("run", "--port", str(port))

    assert other.returncode == 1
    assert other.stderr.startswith(f"127.0.0.1:{port} cannot be used")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_it_can_be_stopped_before_it_is_up(operator, number):
    process = operator.launch()
    operator.wait_for(lambda: "database" in operator.children())

    process.send_signal(number)

    assert process.wait(30) == 0
    assert operator.is_gone()


def test_a_stale_number_that_belongs_to_another_process_does_not_stop_a_start(migrated_home):
    stale = migrated_home.data / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{migrated_home.data}\n")

    _, port = migrated_home.start()

    assert migrated_home.status(port, "/halsa/redo") == 200
