"""A real mail store for tests: an IMAP server as a process of its own for the run, empty at the start of each test."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest

STARTS_WITHIN = 20


@dataclass(frozen=True)
class MailStore:
    """Where the server listens and who may read there; `address` is what our settings take."""

    host: str
    port: int
    user: str
    password: str

    @property
    def address(self) -> str:
        """As `imap://user:password@host:port`; a folder may be put after it."""
        return f"imap://{quote(self.user)}:{quote(self.password)}@{self.host}:{self.port}"

    def append(self, raw: bytes, folder: str = "INBOX") -> None:
        """Let a mail come in."""
        with self.opened() as box:
            if not box.folder.exists(folder):
                box.folder.create(folder)
            box.append(raw, folder)

    def flags(self, folder: str = "INBOX") -> list[tuple[str, ...]]:
        """The flags of each mail in a folder, oldest first; \\Recent, which nobody sets, is left out."""
        with self.opened(folder) as box:
            rows = box.fetch(mark_seen=False)
            return [tuple(flag for flag in row.flags if flag != "\\Recent") for row in rows]

    def clear(self) -> None:
        """Take away every mail, and every folder but INBOX."""
        with self.opened() as box:
            box.delete(box.uids())
            for folder in box.folder.list():
                if folder.name != "INBOX":
                    box.folder.delete(folder.name)

    def opened(self, folder: str = "INBOX"):  # type: ignore[no-untyped-def]
        """A session of its own, as a person's mail program has it."""
        from imap_tools import MailBoxUnencrypted

        return MailBoxUnencrypted(self.host, self.port, timeout=10).login(self.user, self.password, folder)


@pytest.fixture(scope="session")
def imap_process() -> Iterator[MailStore]:
    """A mail store on this machine, for the whole run."""
    store, server = _started()
    try:
        yield store
    finally:
        _stop(server)


@pytest.fixture
def imap(imap_process: MailStore) -> MailStore:
    """A mail store on this machine, with nothing in it and no folder but INBOX."""
    imap_process.clear()
    return imap_process


def _started(tries: int = 3) -> tuple[MailStore, subprocess.Popen[bytes]]:
    """A server that lets us in; one whose port somebody took in between is started on another."""
    from samspel.testing.ports import free_port

    store = MailStore("127.0.0.1", free_port(), "brevlada", "hemligt-ord")
    command = [sys.executable, "-c", "from pymap.main import main; main()", "--host", store.host, "--port"]
    command += [str(store.port), "--no-service", "admin", "dict", "--demo-data"]
    command += ["--demo-user", store.user, "--demo-password", store.password]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait_until_ready(store, server)
    except AssertionError:
        _stop(server)
        if tries == 1:
            raise
        return _started(tries - 1)
    return store, server


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait(10)
    if server.stderr:
        server.stderr.close()


def _wait_until_ready(store: MailStore, server: subprocess.Popen[bytes]) -> None:
    """Until it lets us in; what it brought along to show is cleared away."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            store.clear()
            return
        except Exception as error:
            if server.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the mail store did not start: {error}") from error
            time.sleep(0.05)
