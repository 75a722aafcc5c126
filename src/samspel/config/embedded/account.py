"""Who PostgreSQL runs as: oneself, or for root a system user without home or shell, since it refuses to run as root."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "samspel"


@dataclass(frozen=True)
class Account:
    """A user of the system that is not the one we run as."""

    user: int
    group: int

    @property
    def switch(self) -> dict[str, Any]:
        """Arguments of `subprocess` that start a program as this user."""
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Give a folder to this user."""
        os.chown(folder, self.user, self.group)


def switch(account: Account | None) -> dict[str, Any]:
    """Arguments of `subprocess`; none for oneself."""
    return account.switch if account else {}


def account_for(data: Path) -> Account | None:
    """The user for the database in that folder: its owner if it exists; None is oneself."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        status = data.stat()
        return Account(status.st_uid, status.st_gid)
    return _system_user()


def _system_user() -> Account:
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    if NAME not in known and (useradd := shutil.which("useradd")):
        nologin = shutil.which("nologin") or "/usr/sbin/nologin"
        command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", nologin, NAME]
        subprocess.run(command, capture_output=True, check=False)
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get(NAME) or known["nobody"]
    return Account(entry.pw_uid, entry.pw_gid)


def reaches(account: Account, path: str | Path) -> bool:
    """Whether that user may enter or run the path; asked as that user, since modes and lists of rights are many."""
    test = shutil.which("test") or "/usr/bin/test"
    return subprocess.run([test, "-x", str(path)], cwd="/", **account.switch, check=False).returncode == 0
