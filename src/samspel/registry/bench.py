"""How fast an import is, beside COPY of the same values, already read, into a table with the same columns and indexes.

CPU time of this process and of the database's server process together, where the server runs on this machine; else
the time that passed. Everything happens in one transaction that is rolled back.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, transaction

from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.benches import BenchRow
from samspel.registry.models import Municipality
from samspel.registry.operations.imports import import_files
from samspel.registry.rules.official import read

YEARS = range(1998, 2024)
KPIS = ("n15505", "n15419", "n15820", "n15822")


class _Undo(Exception):
    """Rolls back what was measured."""


def benchmarks() -> list[BenchRow]:
    """An import of some 30 000 values, beside its floor; and of the same again, which changes nothing."""
    files = _files()
    values = sum(len(read(name, data).values) for name, data in files)
    floor = min(_measured(lambda: _copy(files)) for _ in range(3))
    first = min(_measured(lambda: _import(files, 1)) for _ in range(3))
    again = min(_measured(lambda: _import(files, 1), before=lambda: _import(files, 1)) for _ in range(2))
    told = f"{floor * 1000:.0f} ms COPY"
    return [
        BenchRow(f"import of {values} values", f"{first * 1000:.0f} ms", told, first / floor, "at most 3"),
        BenchRow(f"the same {values} values again", f"{again * 1000:.0f} ms", told, again / floor, ""),
    ]


def _files() -> list[tuple[str, bytes]]:
    """Kolada files with a made-up figure for every municipality and year."""
    codes = list(Municipality.objects.order_by("code").values_list("code", flat=True))
    found = []
    for kpi in KPIS:
        lines = [f"geo,year,{kpi}"]
        lines += [f"{code},{year},{(int(code) * year) % 800 / 10}" for code in codes for year in YEARS]
        found.append((f"{kpi}.csv", ("\n".join(lines) + "\n").encode()))
    return found


def _import(files: list[tuple[str, bytes]], times: int) -> None:
    for _ in range(times):
        import_files(files=files, by=SYSTEM, at=datetime.now(UTC))


def _copy(files: list[tuple[str, bytes]]) -> None:
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(_copied(files))


_COPY = (
    "COPY bench_values (definition_id, file_id, subject_kind, subject_code, slice, sex, period_kind, period, value, "
    "mark, row, note) FROM STDIN"
)
_kept: dict[int, bytes] = {}


def _copied(files: list[tuple[str, bytes]]) -> bytes:
    if id(files) not in _kept:
        lines = [
            f"1\t1\t{v.subject_kind}\t{v.subject_code}\t{v.slice}\t{v.sex}\t{v.period_kind}\t{v.indicator_key[-5:]}"
            f"{v.period_label[2:4]}\t{v.value}\t{v.mark}\t{v.row}\t\n"
            for name, data in files
            for v in read(name, data).values
        ]
        _kept[id(files)] = "".join(lines).encode()
    return _kept[id(files)]


def _measured(deed: Callable[[], None], before: Callable[[], None] = lambda: None) -> float:
    """Seconds of work for a deed whose changes are rolled back."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("CREATE TABLE bench_values (LIKE registry_indicatorvalue INCLUDING ALL)")
                cursor.execute("SELECT pg_backend_pid()")
                server = cursor.fetchone()[0]
            before()
            began = _worked(server)
            deed()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            taken = _worked(server) - began
            raise _Undo
    except _Undo:
        return taken


def _worked(server: int) -> float:
    """CPU seconds of this process and the server's process so far; the clock where the latter cannot be read."""
    try:
        told = Path(f"/proc/{server}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return time.perf_counter()
    fields = told.rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
