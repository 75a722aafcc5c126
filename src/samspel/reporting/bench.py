"""What list and map cost beside a bare view that sends the same bytes, and how often they ask the database.

Both go through every middleware, as they do on the server. CPU time is that of this process and, where it runs on this
machine, of the database's server; rounds of the two alternate. The rows are made in a
transaction that is rolled back; the ratios are measured outside of it, on what the home holds, since a request that
takes its connection from the pool costs more than one that has it already.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from samspel.kernel.kept import SHELF
from samspel.kernel.values.benches import BenchRow
from samspel.schemes.operations import editions

REQUESTS = 80
ROUNDS = 25
PAGES = {"list": "/huvudman/?status=everyone", "map": "/karta/"}
GROWING = {"list": "/huvudman/", "map": "/karta/", "file of the list": "/huvudman/lista.json"}
GOAL = "at most 2"


class _Undo(Exception):
    """Rolls back what was measured."""


_bare = HttpResponse()


def bare(request: HttpRequest) -> HttpResponse:
    """The floor: the same bytes, and nothing else."""
    return HttpResponse(_bare.content, content_type=_bare["Content-Type"])


urlpatterns = [path("bare/", bare)]


def benchmarks() -> list[BenchRow]:
    """CPU of list and map beside their floor, and the statements of pages with 10 and with 1 000 rows."""
    with _pool():
        ratios = list(_ratios())
    return [*ratios, *_statements()]


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


def _ratios() -> Iterable[BenchRow]:
    global _bare
    handler = WSGIHandler()
    for name, address in PAGES.items():
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


def _statements() -> Iterable[BenchRow]:
    few, many = (_in_a_home_of(count) for count in (10, 1000))
    for name in GROWING:
        (asked_few, _), (asked_many, seconds) = few[name], many[name]
        told = f"{asked_many} statements, {seconds * 1000:.0f} ms"
        floor = f"{asked_few} statements with 10"
        yield BenchRow(f"{name} made anew, 1000 rows", told, floor, asked_many / asked_few, "1")


def _in_a_home_of(count: int) -> dict[str, tuple[int, float]]:
    """Page to statements and CPU seconds, with that many offers more than the home has."""
    # This client leaves the connection open when a request ends, and so the transaction.
    client, found = Client(), {}
    try:
        with transaction.atomic():
            _fill(count)
            for name, address in GROWING.items():
                SHELF.clear()
                began = time.process_time()
                with CaptureQueriesContext(connection) as queries:
                    client.get(address, secure=True, headers={"host": "localhost"})
                found[name] = (len(queries), time.process_time() - began)
            raise _Undo
    except _Undo:
        SHELF.clear()
        return found


def _fill(count: int) -> None:
    """A published round with made-up organizers, in plain SQL: it is undone, and no operation would make it so."""
    editions.load_shipped(at=datetime.now(UTC))
    with connection.cursor() as cursor:
        for statement in _FILL:
            cursor.execute(statement, {"count": count})


_FILL = (
    """
    INSERT INTO selection_round (slug, title, edition_id, is_exercise, is_invented, state, rules, evaluation_closes_on,
        returned_because, made_at, proposed_at, published_at, commitment, digest, result_digest, voided_because)
    SELECT 'bench-round', 'Bench', min(id), false, true, 'accepted', '{}', '2099-12-31',
        '', now(), now(), now(), '', '', '', '' FROM schemes_edition
    """,
    """
    INSERT INTO registry_organizer (organization_number, name, sort_key, search_key, type, legal_form, county_id,
        is_invented, source, as_of)
    SELECT 'B' || lpad(n::text, 9, '0'), 'Bench ' || n, 'bench ' || n, 'bench ' || n, 'private', '', c.code,
        true, 'bench', now() FROM generate_series(1, %(count)s) n
        JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS place FROM registry_county) c ON c.place = n %% 21
    """,
    """
    INSERT INTO registry_organizermember (organizer_id, municipality_id, source)
    SELECT o.id, m.code, 'bench' FROM
        (SELECT id, row_number() OVER (ORDER BY id) AS place FROM registry_organizer WHERE source = 'bench') o
        JOIN (SELECT code, row_number() OVER (ORDER BY code) AS place FROM registry_municipality) m ON m.place = o.place
    """,
    """
    INSERT INTO selection_offer (round_id, organizer_id, kind, "order", made_at, response)
    SELECT r.id, o.id, 'selected', row_number() OVER (ORDER BY o.id), now(), 'accepted'
        FROM registry_organizer o, selection_round r WHERE o.source = 'bench' AND r.slug = 'bench-round'
    """,
)


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
