"""One running server: made, started, found ready, stopped."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samspel.config.embedded import wheel as wheels
from samspel.config.embedded.account import Account, switch
from samspel.config.embedded.folders import (
    DATABASE,
    NOTE,
    USER,
    data_folder,
    make_parent,
    make_private,
    make_socket_folder,
)
from samspel.config.embedded.stale import forget_stale, postmaster
from samspel.config.home import Home
from samspel.config.refused import Refused
from samspel.config.supervisor.spawn import die_with_parent

SETTINGS = {
    "max_connections": "60",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A statement that fails carries mail, names and seeds; the log says that it failed and how, and never with what.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For tests alone: what a crash may lose is made again.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
STARTS_WITHIN = 60
STOPS_WITHIN = 60


@dataclass
class Server:
    """A server that this process started."""

    process: subprocess.Popen[bytes]
    data: Path
    socket: Path

    def stop(self) -> None:
        """Stop fast: clients are cut off, everything committed is kept."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(STOPS_WITHIN)


def start(home: Home, *, is_durable: bool = True, keep_waiting: Callable[[], bool] = lambda: True) -> Server:
    """Start the home's server, made first if there is none, and wait until it answers.

    Raises Refused in words when it cannot be. `keep_waiting` is asked while it comes up.
    """
    server = launch(home, is_durable=is_durable)
    wait_until_ready(server, home, keep_waiting)
    return server


def launch(home: Home, *, is_durable: bool = True) -> Server:
    """Start the process alone; it is not ready yet."""
    data, account = data_folder(home.make())
    wheel = wheels.find(account)
    if not data.exists():
        _initialize(wheel, data, account)
    _refuse_other_version(wheel, data)
    socket = make_socket_folder(home, account)
    forget_stale(data, socket)
    home.write(NOTE, {"data": str(data), "socket": str(socket)})
    settings = {**SETTINGS, **({} if is_durable else FORGETFUL)}
    command = [wheel.program("postgres"), "-D", str(data), "-h", "", "-k", str(socket)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with _log(home).open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd="/",  # it ends if it may not read the folder it stands in
            env=wheels.environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),
            **switch(account),
        )
    return Server(process, data, socket)


def wait_until_ready(server: Server, home: Home, keep_waiting: Callable[[], bool] = lambda: True) -> None:
    """Wait until a connection succeeds. Raises Refused with the last lines of the log if the server ended."""
    until = time.monotonic() + STARTS_WITHIN
    while not is_ready(server):
        if server.process.poll() is not None:
            raise Refused(f"The database did not start. Its log, {_log(home)}, ends:\n{_last_lines(_log(home))}")
        if time.monotonic() > until:
            server.stop()
            raise Refused(f"The database did not answer within {STARTS_WITHIN} seconds; its log is {_log(home)}.")
        if not keep_waiting():
            return
        time.sleep(0.02)


def is_ready(server: Server) -> bool:
    """Whether the server says so in its own file; it writes `ready` when it takes connections."""
    note = postmaster(server.data)
    return note is not None and note.number == server.process.pid and note.status == "ready"


def _initialize(wheel: wheels.Wheel, data: Path, account: Account | None) -> None:
    """Make the data folder beside its place and move it there whole, so that a crash leaves no half of one."""
    make_parent(data)
    beside = data.with_name(f".{data.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    make_private(beside, account)
    _run(
        [
            wheel.program("initdb"),
            "-D",
            str(beside),
            "-U",
            USER,
            "-E",
            "UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--auth=trust",
            "--no-instructions",
        ],
        account,
    )
    _run(
        [wheel.program("postgres"), "--single", "-D", str(beside), "postgres"],
        account,
        input=f"CREATE DATABASE {DATABASE}\n".encode(),
    )
    beside.rename(data)


def _run(command: list[str], account: Account | None, **more: Any) -> None:
    done = subprocess.run(
        command, cwd="/", env=wheels.environment(), capture_output=True, check=False, **switch(account), **more
    )
    if done.returncode != 0:
        raise Refused(f"{Path(command[0]).name} could not make the database:\n{done.stderr.decode(errors='replace')}")


def _refuse_other_version(wheel: wheels.Wheel, data: Path) -> None:
    theirs = (data / "PG_VERSION").read_text().strip()
    ours = wheels.version(wheel)
    if theirs != ours.split(".")[0]:
        raise Refused(
            f"The database in {data} was made by PostgreSQL {theirs}; here is PostgreSQL {ours}. "
            "Move it over with pg_dump of the old one and pg_restore of the new."
        )


def _log(home: Home) -> Path:
    home.logs.mkdir(mode=0o700, exist_ok=True)
    home.logs.chmod(0o700)
    return home.logs / "postgresql.log"


def _last_lines(log: Path, count: int = 10) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
