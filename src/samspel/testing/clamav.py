"""A real ClamAV daemon for tests, with a signature database of its own: it knows the harmless EICAR test file alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# The industry's harmless test file, in two parts so that no scanner takes this module for it.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + r"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


def clamd() -> str | None:
    """Where the daemon is, if it is installed."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


@pytest.fixture(scope="session")
def virus_check() -> Iterator[str]:
    """The address of a running daemon, as SAMSPEL_VIRUS_CHECK takes it; mark such tests `clamd`."""
    # Straight below the temporary folder: the path of a socket has at most some hundred signs.
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:
        home = Path(folder)
        daemon = _start(home)
        try:
            yield f"clamd://{home / 'clamd.sock'}"
        finally:
            daemon.terminate()
            daemon.wait(timeout=30)


def _start(home: Path) -> subprocess.Popen[bytes]:
    (home / "db").mkdir()
    line = f"{hashlib.sha256(EICAR).hexdigest()}:{len(EICAR)}:Samspel.Test.EICAR:73\n"
    (home / "db" / "test.hsb").write_text(line)
    # A pattern too, so that it is found inside another file.
    (home / "db" / "test.ndb").write_text(f"Samspel.Test.EICAR.Within:0:*:{EICAR[28:].hex()}\n")
    (home / "clamd.conf").write_text(
        f"LocalSocket {home / 'clamd.sock'}\nDatabaseDirectory {home / 'db'}\nForeground yes\n"
        f"StreamMaxLength 60M\nMaxThreads 2\nLogFile {home / 'log'}\n" + ("User root\n" if os.geteuid() == 0 else "")
    )
    program = clamd() or "clamd"
    daemon = subprocess.Popen(
        [program, "--config-file", str(home / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _time in range(300):
        if (home / "clamd.sock").exists() or daemon.poll() is not None:
            break
        time.sleep(0.1)
    if not (home / "clamd.sock").exists():
        daemon.kill()
        raise RuntimeError(f"the daemon did not start: {(home / 'log').read_text()}")
    return daemon
