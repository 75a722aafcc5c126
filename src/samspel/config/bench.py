"""How long a second start takes, beside the least it can: loading the program once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from samspel.config.supervisor import ports
from samspel.kernel.values.benches import BenchRow

GOAL = 5.0
GIVES_UP_AFTER = 60.0
COMMAND = [sys.executable, "-c", "from samspel.config.cli import main; main()"]
FLOOR = [sys.executable, "-c", "from samspel.config.web import load_application; load_application()"]


def benchmarks() -> list[BenchRow]:
    """One row: `samspel run` on a prepared home of its own, from the command to the first answer."""
    with tempfile.TemporaryDirectory(prefix="samspel-bench-") as folder:
        Path(folder).chmod(0o711)  # so that root's database user reaches it, and nothing stays outside it
        environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environ["SAMSPEL_HOME"] = folder
        subprocess.run([*COMMAND, "migrate"], env=environ, check=True, capture_output=True)
        floor = _seconds(lambda: subprocess.run(FLOOR, env=environ, check=True))
        measured = _start(environ)
    goal = f"under {GOAL:.0f} s"
    return [BenchRow("second start to first answer", f"{measured:.1f} s", f"{floor:.1f} s", measured / floor, goal)]


def _start(environ: dict[str, str]) -> float:
    port = ports.free("127.0.0.1")
    began = time.monotonic()
    command = [*COMMAND, "run", "--port", str(port)]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not ports.answers("127.0.0.1", port):
            if process.poll() is not None or time.monotonic() - began > GIVES_UP_AFTER:
                raise RuntimeError("`samspel run` did not start")
            time.sleep(0.02)
        return time.monotonic() - began
    finally:
        process.terminate()
        process.wait(GIVES_UP_AFTER)


def _seconds(deed: Callable[[], object]) -> float:
    began = time.monotonic()
    deed()
    return time.monotonic() - began
