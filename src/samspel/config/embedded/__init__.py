"""The home's own PostgreSQL: initdb and postgres of the wheel, driven by ourselves, listening on a socket alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from samspel.config.embedded.folders import DATABASE, NOTE, USER, socket_folder
from samspel.config.home import Home

__all__ = ["DATABASE", "USER", "address", "places"]


def address(home: Home) -> dict[str, Any]:
    """Where the home's database listens, by Django's names, whether it runs or not."""
    socket = home.read(NOTE).get("socket") or str(socket_folder(home))
    return {"NAME": DATABASE, "USER": USER, "PASSWORD": "", "HOST": socket, "PORT": ""}


def places(home: Home) -> dict[str, Path]:
    """What the database writes, inside the home or outside it."""
    note = home.read(NOTE)
    return {
        "database": Path(note.get("data") or home.path / "pg"),
        "socket": Path(note.get("socket") or socket_folder(home)),
        "temporary": Path(tempfile.gettempdir()),
    }
