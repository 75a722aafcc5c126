"""Reads one filled PDF from standard input and writes JSON: {"fields": …} or {"code": …}."""

from __future__ import annotations

import json
import sys

from samspel.kernel.documents.reading import LARGEST, Unreadable, read

MEMORY = 1024 * 1024 * 1024
SECONDS = 20


def _bound() -> None:
    """Let the system end this process rather than let it grow; where there are no such bounds, time alone is kept."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):
            continue


def main() -> None:
    """Read standard input, answer on standard output."""
    _bound()
    try:
        said: dict[str, object] = {"fields": read(sys.stdin.buffer.read(LARGEST + 1))}
    except Unreadable as refused:
        said = {"code": refused.code}
    sys.stdout.buffer.write(json.dumps(said).encode())


if __name__ == "__main__":
    main()
