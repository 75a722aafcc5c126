"""What `samspel run` has done before the first page: migrations, static files and, for a demo, the demo."""

from __future__ import annotations

import os
import sys

from samspel.config import prepared
from samspel.config.database import database_settings
from samspel.config.home import Home
from samspel.config.refused import Refused


def prepare(*, is_demo: bool) -> None:
    """Do all of it and note that it is done. Raises Refused for a home that may not become a demo, or is one."""
    import django

    code = prepared.fingerprint()
    django.setup()
    from samspel.config import demo, migrating

    print("Preparing the database …", flush=True)
    migrating.migrate()
    if not is_demo:
        demo.refuse_real_use()
    elif not Home.of().is_demo:
        demo.mark()
        _begin_again()  # the settings were read when this was no demo yet
    migrating.collect_static()
    if is_demo:
        demo.fill()
    settings = database_settings({**os.environ, "SAMSPEL_POOL": "0"})
    prepared.note_prepared(Home.of(), code, is_demo=is_demo, database=settings)


def _begin_again() -> None:
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "samspel.config.prepare", "--demo"])


def main(arguments: list[str]) -> int:
    """Run as a process of its own, so that the supervisor need not load the whole program."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.config.settings")
    os.environ.setdefault("SAMSPEL_POOL", "0")
    try:
        prepare(is_demo="--demo" in arguments)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
