"""How long it takes to score and rank, and how much memory, beside a floor on the same machine in the same run."""

import argparse
import json
import math
import random
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from samspel.kernel.values.benches import BenchRow
from samspel.selection.rules.scoring import score
from samspel.selection.rules.settings import RoundRules, from_document
from samspel.selection.rules.subjects import Observation, Source, Subject


def benchmark(subjects: int, criteria: int) -> dict[str, Any]:
    """Score and rank invented subjects.

    Times are CPU seconds; memory is in bytes: `peak_bytes` what scoring took beyond its input (measured in a second
    run, since measuring slows it down), `process_peak_bytes` the most the whole process has held. `ratio` is CPU time
    over the floor's, which standardises, sums with fsum and sorts the same numbers as plain floats.
    """
    rules = _rules(criteria)
    data = _subjects(subjects, criteria)
    columns = [[float(subject.values[key].value or 0) for subject in data] for key in data[0].values]
    floor = _cpu_seconds(lambda: _floor(columns))
    seconds = _cpu_seconds(lambda: score(data, rules))
    return {
        "subjects": subjects,
        "criteria": criteria,
        "seconds": round(seconds, 4),
        "floor_seconds": round(floor, 4),
        "ratio": round(seconds / floor, 1),
        "peak_bytes": _peak_bytes(lambda: score(data, rules)),
        "process_peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT,
    }


# Linux counts the peak in kibibytes, macOS in bytes.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


SIZES = (1_000, 100_000)
CRITERIA = 8


def benchmarks() -> list[BenchRow]:
    """Scoring and ranking as `samspel bench` tells it: time and peak memory, for a country and for far more."""
    return [_row(benchmark(subjects, CRITERIA)) for subjects in SIZES]


def _row(found: dict[str, Any]) -> BenchRow:
    return BenchRow(
        what=f"score and rank {found['subjects']:,} x {found['criteria']}".replace(",", " "),
        measured=f"{found['seconds']:.2f} s CPU, peak {found['peak_bytes'] / 2**20:.1f} MB beyond its input",
        floor=f"{found['floor_seconds']:.3f} s with plain floats",
        ratio=found["ratio"],
        goal="exact on every machine; bound by memory",
    )


def _rules(criteria: int) -> RoundRules:
    transforms = ("z_score", "percentile_rank", "min_max")
    return from_document(
        {
            "frame": {"organizer_types": ["municipality"]},
            "criteria": [
                {
                    "key": f"criterion_{place}",
                    "indicator": f"indicator-{place}",
                    "direction": "higher_is_greater_need",
                    "transform": transforms[place % 3],
                    "weight": "0.125",
                    "missing": "median",
                }
                for place in range(criteria)
            ],
            "choice": {"mode": "greatest_need", "offers": 10},
        }
    )


def _subjects(count: int, criteria: int) -> list[Subject]:
    chance = random.Random(1)
    sources = (Source("0" * 64, 1),)
    return [
        Subject(
            organization_number=f"{5560000000 + place}",
            name=f"Organizer {place}",
            organizer_type="municipality",
            values={
                f"criterion_{key}": Observation(
                    Decimal(chance.randrange(10**6)).scaleb(-4), "exact", "2024/25", f"indicator-{key}", sources
                )
                for key in range(criteria)
            },
        )
        for place in range(count)
    ]


def _floor(columns: Sequence[Sequence[float]]) -> list[int]:
    standardised = [_standardised(column) for column in columns]
    totals = [math.fsum(parts) for parts in zip(*standardised, strict=True)]
    return sorted(range(len(totals)), key=lambda place: -totals[place])


def _standardised(column: Sequence[float]) -> list[float]:
    mean = math.fsum(column) / len(column)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column)) or 1.0
    return [(value - mean) / deviation for value in column]


def _cpu_seconds(deed: Callable[[], object]) -> float:
    begun = time.process_time()
    deed()
    return max(time.process_time() - begun, 1e-6)


def _peak_bytes(deed: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        deed()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--criteria", type=int, default=8)
    arguments = parser.parse_args()
    sys.stdout.write(json.dumps(benchmark(arguments.subjects, arguments.criteria)) + "\n")
