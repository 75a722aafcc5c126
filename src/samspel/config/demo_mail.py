"""The demo's mail server: it takes in every mail on this machine alone, keeps it in the home and sends nothing on.

Run as `python -m samspel.config.demo_mail PORT` by the supervisor.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import sys
import time
from pathlib import Path
from typing import Any

from samspel.config.home import Home

HOST = "127.0.0.1"
NOTE = "mail.json"
# Older ones go when there are more.
KEPT = 2_000


def folder(home: Home) -> Path:
    """Where the mails lie, a file for each."""
    return home.path / "mail"


class Keeper:
    """Keeps each mail as a file, whole or not at all, named so that they sort by when they came."""

    def __init__(self, kept_in: Path) -> None:
        self.kept_in = kept_in
        self.kept_in.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail in; to whom it went stands at its head."""
        to = "".join(f"Delivered-To: {address}\r\n" for address in envelope.rcpt_tos)
        await asyncio.to_thread(self.keep, to.encode("ascii", "replace") + envelope.content)
        return "250 OK"

    def keep(self, raw: bytes) -> Path:
        """Write it beside, then give it its name."""
        name = f"{time.time_ns():020d}-{secrets.token_hex(4)}.eml"
        beside = self.kept_in / f".{name}"
        beside.write_bytes(raw)
        beside.replace(self.kept_in / name)
        for old in sorted(self.kept_in.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return self.kept_in / name


def main(port: int) -> None:
    """Serve until asked to stop. Only a demo home has such a server."""
    from aiosmtpd.controller import Controller

    home = Home.of()
    if not home.is_demo:
        raise SystemExit("Only a demo keeps its own mail.")
    os.umask(0o077)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    controller = Controller(Keeper(folder(home)), hostname=HOST, port=port)
    controller.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]))
