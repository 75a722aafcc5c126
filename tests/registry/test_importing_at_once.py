"""Two imports at once: one waits for the other, and nothing is counted twice or lost."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from samspel.kernel.audit import SYSTEM
from samspel.registry.models import BatchState, ImportBatch, IndicatorValue
from samspel.registry.operations import imports
from tests.registry.conftest import NOW, kolada, standing

CODES = ["0114", "0115", "0117", "1440", "2085"]


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Run deeds in threads of their own that start together; what each gave or raised, in order."""
    gate = threading.Barrier(len(deeds))
    given: list[object] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=20)
            given[place] = deed()
        except Exception as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return given


def import_of(value: str) -> Callable[[], imports.ImportReport]:
    """An import of one figure for five municipalities."""
    data = kolada(dict.fromkeys(CODES, value))
    return lambda: imports.import_files(files=[("merit.csv", data)], by=SYSTEM, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_at_once_comes_in_once():
    given = at_once(*[import_of("200")] * 4)

    assert sorted(report.difference["values"]["new"] for report in given) == [0, 0, 0, 5]
    assert IndicatorValue.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_different_files_at_once_leave_one_figure_each():
    given = at_once(*[import_of(value) for value in ("200", "210", "220", "230")])

    assert [report for report in given if isinstance(report, Exception)] == []
    assert {code for _, code, _ in standing()} == set(CODES) and len(standing()) == 5
    assert len({figure for figure, _ in standing().values()}) == 1
    assert IndicatorValue.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_decided_twice_at_once_is_decided_once():
    data = kolada(dict.fromkeys(CODES, "200"))
    batch = imports.propose(files=[("merit.csv", data)], by=SYSTEM, at=NOW)

    given = at_once(*[lambda: imports.apply(batch=batch, by=SYSTEM, at=NOW)] * 3)

    assert sorted(type(one).__name__ for one in given) == ["ImportBatch", "ImportNotOpen", "ImportNotOpen"]
    assert ImportBatch.objects.get().state == BatchState.APPLIED and IndicatorValue.objects.count() == 5
