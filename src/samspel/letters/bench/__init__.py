"""Speed of letters, each number beside its floor: a module per thing measured."""

from __future__ import annotations

from samspel.kernel.values.benches import BenchRow
from samspel.letters.bench import archive, audiences, reminders


def benchmarks() -> list[BenchRow]:
    """Every measured row, in order."""
    return [*archive.rows(), *audiences.rows(), *reminders.rows()]
