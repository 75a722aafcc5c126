"""Speed of forms, each number beside its floor: a module per thing measured."""

from __future__ import annotations

from samspel.forms.bench import handed_in, personal_data, saving, sheets
from samspel.kernel.values.benches import BenchRow


def benchmarks() -> list[BenchRow]:
    """Every measured row, in order."""
    return [*saving.rows(), *sheets.rows(), *handed_in.rows(), *personal_data.rows()]
