"""Tests that cannot run on this machine are left out, counted and named; nothing is skipped in silence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from samspel.testing.browser import chromium
from samspel.testing.clamav import clamd

REASONS = {
    "browser": "no Chromium was found: `make browser` installs it, or name one in CHROMIUM",
    "clamd": "no clamd was found: `make parts` installs Debian's clamav-daemon",
    "official_files": "SAMSPEL_OFFICIAL_FILES names no folder with the official files",
}
COUNTS: pytest.StashKey[dict[str, int]] = pytest.StashKey()
KEY = "samspel_not_run"


def _missing() -> set[str]:
    """Which marks stand for something that this machine lacks."""
    missing = set() if chromium() else {"browser"}
    missing |= set() if clamd() else {"clamd"}
    folder = os.environ.get("SAMSPEL_OFFICIAL_FILES")
    return missing if folder and Path(folder).is_dir() else missing | {"official_files"}


def refuse_incomplete() -> None:
    """With SAMSPEL_REQUIRE_ALL=1 nothing may be missing. Raises UsageError with what is."""
    if os.environ.get("SAMSPEL_REQUIRE_ALL") == "1" and (missing := _missing()):
        raise pytest.UsageError("Not everything can run: " + "; ".join(REASONS[mark] for mark in sorted(missing)) + ".")


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what cannot run, and the full accessibility matrix unless it is asked for; browser tests come last."""
    missing = _missing()
    if "audit" not in config.option.markexpr:
        missing.add("audit")
    counts: dict[str, int] = {}
    kept, left_out = [], []
    for item in items:
        reason = next((mark for mark in ("audit", *REASONS) if mark in missing and item.get_closest_marker(mark)), None)
        if reason:
            counts[reason] = counts.get(reason, 0) + 1
        (left_out if reason else kept).append(item)
    kept.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    items[:] = kept
    config.stash[COUNTS] = counts
    if left_out:
        config.hook.pytest_deselected(items=left_out)


def hand_over(session: pytest.Session) -> None:
    """From an xdist worker to its controller; and exit status 0 when all that was asked for cannot run here."""
    counts = session.config.stash.get(COUNTS, {})
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[KEY] = counts
    elif session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and counts:
        session.exitstatus = pytest.ExitCode.OK


def take_over(config: pytest.Config, output: dict[str, Any]) -> None:
    """Every worker collects everything, so the counts of one are the counts of all."""
    config.stash[COUNTS] = output.get(KEY) or config.stash.get(COUNTS, {})


def tell(terminal: Any, config: pytest.Config) -> None:
    """A block at the end that cannot be overlooked."""
    counts = config.stash.get(COUNTS, {})
    left_out = {mark: number for mark, number in counts.items() if mark in REASONS}
    if left_out:
        terminal.section("NOT RUN", sep="!", red=True, bold=True)
        for mark, number in left_out.items():
            terminal.line(f"{number} tests of {mark} were NOT RUN: {REASONS[mark]}.", red=True, bold=True)
    if counts.get("audit") and "browser" not in left_out:
        terminal.line(f"{counts['audit']} tests of the full accessibility matrix are run by `make audit`.")
