"""What stops, what is started again, and what a crash leaves."""

from __future__ import annotations

import os
import signal

import pytest


def test_a_signal_stops_everything_and_leaves_nothing(migrated_home):
    process, _ = migrated_home.start()
    migrated_home.wait_for(migrated_home.is_up)

    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 0
    assert migrated_home.is_gone()


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


def test_a_killed_web_server_leaves_no_worker_and_is_started_again(migrated_home):
    _, port = migrated_home.start()
    migrated_home.wait_for(migrated_home.is_up)
    web = migrated_home.server()
    workers = web.children()

    web.kill()

    assert workers
    migrated_home.wait_for(lambda: not any(worker.is_running() for worker in workers))
    migrated_home.wait_for(lambda: migrated_home.status(port) == 200)


def test_after_a_killed_supervisor_the_next_start_is_as_usual(migrated_home):
    process, _ = migrated_home.start()
    migrated_home.wait_for(migrated_home.is_up)
    # As after a restart of the machine: the number of the database now belongs to another process.
    process.kill()
    process.wait()
    migrated_home.wait_for(migrated_home.is_gone)
    (migrated_home.data / "postmaster.pid").write_text(f"{os.getpid()}\n{migrated_home.data}\n")

    _, port = migrated_home.start()

    assert migrated_home.status(port, "/halsa/redo") == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_it_can_be_stopped_before_it_is_up(operator, number):
    process = operator.launch()
    operator.wait_for(lambda: "database" in operator.children())

    process.send_signal(number)

    assert process.wait(30) == 0
    assert operator.is_gone()
