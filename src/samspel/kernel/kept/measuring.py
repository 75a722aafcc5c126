"""What a kept page costs beside a bare view that sends the same bytes: CPU here and in the database's server.

Both go through every middleware, as they do on the server, and rounds of the two alternate. Measured on what the home
holds and outside of a transaction, since a request that takes its connection from the pool costs more than one that
has it already. What a home does not hold yet is written for the measuring and rolled back (`rows_uncommitted`).
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path

from samspel.kernel.kept.versions import Versions
from samspel.kernel.values.benches import BenchRow

REQUESTS = 80
ROUNDS = 25
GOAL = "at most 2"

_bare = HttpResponse()


def bare(request: HttpRequest) -> HttpResponse:
    """The floor: the same bytes, and nothing else."""
    return HttpResponse(_bare.content, content_type=_bare["Content-Type"])


urlpatterns = [path("bare/", bare)]


def rows(pages: Mapping[str, str]) -> list[BenchRow]:
    """A row for each page. pages: what it is called to its address."""
    with _pool():
        return list(_ratios(pages))


def rows_uncommitted(pages: Mapping[str, str], versions: Versions) -> list[BenchRow]:
    """The same of rows that were written within `undone`. versions: those of the pages, held meanwhile."""
    with versions.held():
        return list(_ratios(pages))


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that outlives the requests in it, and leaves nothing."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@contextmanager
def _pool() -> Iterator[None]:
    """Connections come from a pool, as they do on the server."""
    options = connection.settings_dict["OPTIONS"]
    connection.close()
    before, options["pool"] = options.get("pool"), {"min_size": 1, "max_size": 2}
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        options["pool"] = before


def _ratios(pages: Mapping[str, str]) -> Iterable[BenchRow]:
    global _bare
    handler = WSGIHandler()
    for name, address in pages.items():
        _bare = HttpResponse(b"".join(_answer(handler, address)), content_type="text/html; charset=utf-8")
        pairs = [(_bare_cost(handler), _cost(handler, address)) for _round in range(ROUNDS)]
        floor, taken = (_least(costs) for costs in zip(*pairs, strict=True))
        size = f"{len(_bare.content) // 1000} kB"
        yield BenchRow(f"{name}, {size}", f"{taken:.2f} ms", f"{floor:.2f} ms bare view", taken / floor, GOAL)


def _least(costs: Iterable[tuple[float, float]]) -> float:
    """CPU milliseconds of a request: the quietest round's here, and the server's on average, whose clock is coarse."""
    here, there = zip(*costs, strict=True)
    return min(here) + sum(there) / len(there)


def _bare_cost(handler: WSGIHandler) -> tuple[float, float]:
    with override_settings(ROOT_URLCONF=__name__):
        return _cost(handler, "/bare/")


def _cost(handler: WSGIHandler, address: str) -> tuple[float, float]:
    """CPU milliseconds of a request, here and in the database's server."""
    _answer(handler, address)
    servers = _servers()
    here, there = time.process_time(), _worked(servers)
    for _ in range(REQUESTS):
        _answer(handler, address)
    here, there = time.process_time() - here, _worked(servers) - there
    return here * 1000 / REQUESTS, there * 1000 / REQUESTS


def _answer(handler: WSGIHandler, address: str) -> list[bytes]:
    """What a reader without a session is sent."""
    environ = RequestFactory().get(address, secure=True, headers={"host": "localhost"}).environ
    seen: list[str] = []
    response = handler(environ, lambda status, _headers: seen.append(status))
    body = list(response)
    response.close()
    if not seen[0].startswith("200"):
        raise RuntimeError(f"{address}: {seen[0]}")
    return body


def _servers() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in cursor.fetchall()]


def _worked(servers: list[int]) -> float:
    """CPU seconds of the servers so far; none of those that do not run on this machine."""
    ticks = 0
    for pid in servers:
        try:
            told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        fields = told.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
