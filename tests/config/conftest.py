"""Homes of their own and the command line as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from samspel.testing.ports import free_port

SAMSPEL = [sys.executable, "-c", "from samspel.config.cli import main; main(prog_name='samspel')"]
EVERYTHING = {"database", "worker bulk", "worker urgent", "web"}
LEFT_OUT = ("DATABASE_URL", "SAMSPEL_HOME", "SAMSPEL_TESTING", "DJANGO_SETTINGS_MODULE")


class Operator:
    """Somebody at a prompt, with a home of her own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environ = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
        self.environ["SAMSPEL_HOME"] = str(home)
        self.running: list[subprocess.Popen[str]] = []
        self.port = 0
        self.seconds_to_first_answer = 0.0

    def samspel(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """A command that ends by itself, within a minute."""
        return subprocess.run(
            [*SAMSPEL, *arguments], env={**self.environ, **environ}, capture_output=True, text=True, timeout=60
        )

    @property
    def data(self) -> Path | None:
        """The folder of the database; for root it may lie outside the home."""
        note = self.home / "database.json"
        return Path(json.loads(note.read_text())["data"]) if note.exists() else None

    def launch(self, port: int | None = None) -> subprocess.Popen[str]:
        """`samspel run`, not waited for."""
        command = [*SAMSPEL, "run", "--port", str(port or free_port())]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        self.running.append(subprocess.Popen(command, env=self.environ, text=True, **pipes))
        return self.running[-1]

    def start(self) -> tuple[subprocess.Popen[str], int]:
        """`samspel run` on a free port, whole: the web server answers and the workers are up."""
        port = free_port()
        process = self.launch(port)
        self.wait_for(lambda: self.status(port) == 200 or process.poll() is not None)
        assert process.poll() is None, process.communicate()[0]
        return process, port

    @staticmethod
    def wait_for(is_so: Callable[[], object], *, within: float = 30) -> None:
        """Wait until it is so; fails when the seconds are over."""
        until = time.monotonic() + within
        while not is_so():
            assert time.monotonic() < until, "it did not happen in time"
            time.sleep(0.05)

    @staticmethod
    def status(port: int, path: str = "/halsa/live") -> int | None:
        """The status of an answer; None if nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def seconds_computed(self) -> float:
        """Processor seconds of everything that the newest `run` started, and its own."""
        run = psutil.Process(self.running[-1].pid)
        times = [process.cpu_times() for process in (run, *run.children(recursive=True))]
        return sum(time.user + time.system + time.children_user + time.children_system for time in times)

    def server(self) -> psutil.Process:
        """The web server that the newest `run` started: the first of its processes, which starts the others."""
        run = psutil.Process(self.running[-1].pid)
        return next(child for child in run.children() if "samspel.config.web" in child.cmdline())

    def is_up(self) -> bool:
        """Whether everything that runs for long does."""
        return set(self.children()) >= EVERYTHING

    def is_gone(self) -> bool:
        """Whether nothing of it is left."""
        return self.children() == {}

    def children(self) -> dict[str, psutil.Process]:
        """What `run` started, by what it is."""
        found = {}
        for process in psutil.process_iter():
            try:
                command, environ = process.cmdline(), process.environ()
            except (psutil.Error, OSError):
                continue
            if self.data and str(self.data) in command:
                found["database"] = process
            elif environ.get("SAMSPEL_HOME") == str(self.home) and "-m" in command:
                module, *arguments = command[command.index("-m") + 1 :]
                lane = f" {arguments[0]}" if module.endswith("worker") else ""
                found[module.removeprefix("samspel.config.") + lane] = process
        return found


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operator]:
    """A home that is migrated once."""
    operator = Operator(tmp_path_factory.mktemp("migrated") / "hem å ä ö")
    done = operator.samspel("migrate")
    assert done.returncode == 0, done.stderr
    yield operator
    clear(operator)


@pytest.fixture
def migrated_home(migrated: Operator) -> Iterator[Operator]:
    """The migrated home, in which nothing runs before the test nor after it."""
    yield migrated
    stop_all(migrated)


@pytest.fixture(scope="module")
def running(migrated: Operator) -> Iterator[Operator]:
    """The migrated home, in which everything runs during the tests of a module; `port` is where."""
    _, migrated.port = migrated.start()
    migrated.seconds_to_first_answer = migrated.seconds_computed()
    migrated.wait_for(migrated.is_up)
    yield migrated
    stop_all(migrated)


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    """Somebody with a home that does not exist yet."""
    operator = Operator(tmp_path / "home")
    yield operator
    stop_all(operator)
    clear(operator)


def stop_all(operator: Operator) -> None:
    """Nothing outlives a test, even one that failed."""
    for process in operator.running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


def clear(operator: Operator) -> None:
    """Remove what lies outside the home."""
    if operator.data and operator.home not in operator.data.parents:
        shutil.rmtree(operator.data, ignore_errors=True)
