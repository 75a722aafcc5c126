"""The home: the one folder that Samspel writes in (SAMSPEL_HOME, ./var by default), and what lies where in it."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samspel.config.refused import Refused

DEMO_MARK = "This home is a demo: everything in it is invented or an exercise. It never becomes a real one.\n"


@dataclass(frozen=True)
class Home:
    """A home by its resolved path; nothing is written before `make`."""

    path: Path

    @classmethod
    def of(cls, environ: Mapping[str, str] = os.environ) -> Home:
        """The home that the environment names, `./var` if it names none."""
        return cls(Path(environ.get("SAMSPEL_HOME") or "var").expanduser().resolve())

    def make(self) -> Home:
        """Make the folder if it is missing. Raises Refused if it cannot be written in."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused(f"The home {self.path} cannot be made: {error.strerror}.") from error
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise Refused(f"The home {self.path} cannot be written in by this user.")
        return self

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits that stand for this path in folders outside the home."""
        return hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]

    @property
    def files(self) -> Path:
        """What people handed in: official files and attachments."""
        return self.path / "files"

    @property
    def static(self) -> Path:
        """Styles, scripts and pictures, collected under names with a content hash."""
        return self.path / "static"

    @property
    def logs(self) -> Path:
        """The database's own log."""
        return self.path / "log"

    @property
    def lock(self) -> Path:
        """Held by the process that runs this home."""
        return self.path / "lock"

    @property
    def is_demo(self) -> bool:
        """Whether the home carries the demo's mark."""
        return (self.path / "DEMO").exists()

    def mark_as_demo(self) -> None:
        """Mark the home for good; before the first demo row is written, so that no crash can hide it."""
        self.make()
        (self.path / "DEMO").write_text(DEMO_MARK)

    def read(self, name: str) -> dict[str, Any]:
        """A small note of the home's own, `{}` if there is none or it was cut off."""
        try:
            return dict(json.loads((self.path / name).read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    def write(self, name: str, note: Mapping[str, Any]) -> None:
        """Keep a small note, whole or not at all."""
        beside = self.path / f".{name}.{os.getpid()}"
        beside.write_text(json.dumps(note, indent=1) + "\n")
        beside.replace(self.path / name)

    def secret_key(self) -> str:
        """The key that signs cookies: made once, kept in the home, readable by its owner alone."""
        kept = self.path / "secret_key"
        if not kept.exists():
            self._keep_secret(kept)
        return kept.read_text().strip()

    def _keep_secret(self, kept: Path) -> None:
        self.make()
        fresh = self.path / f".secret_key.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, kept)  # fails if another process was first: then its key is the one
        except FileExistsError:
            pass
        finally:
            fresh.unlink()


def path(name: str) -> Path:
    """A path in the environment's home."""
    return Home.of().path / name


def is_demo() -> bool:
    """Whether the environment's home is a demo."""
    return Home.of().is_demo


def secret_key() -> str:
    """The key of SAMSPEL_SECRET_KEY (several machines share one), else the home's own."""
    return os.environ.get("SAMSPEL_SECRET_KEY") or Home.of().secret_key()
