"""A job worker for one lane: urgent (somebody waits for it) or bulk (nobody does)."""

from __future__ import annotations

import os
import sys

# Seconds until a job that looks is asked to end by itself; a mailing does, after the mail that is in the air.
ASKS_TO_END_AFTER = 2
# Jobs at once; with their connections they fit in the pool.
CONCURRENCY = {"urgent": 4, "bulk": 2}


def work(lane: str) -> None:
    """Work until a signal asks to stop; jobs under way end first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.config.settings")

    import django
    from django.core.management import call_command

    django.setup()
    # A finished job is done with: what it did stands in the rows it wrote.
    call_command(
        "procrastinate", "worker", "--queues", lane, "--name", lane,
        "--concurrency", str(CONCURRENCY[lane]), "--delete-jobs", "successful",
        "--shutdown-graceful-timeout", str(ASKS_TO_END_AFTER),
    )  # fmt: skip


if __name__ == "__main__":
    work(sys.argv[1])
