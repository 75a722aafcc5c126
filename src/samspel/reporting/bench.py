"""What list and map cost beside a bare view that sends the same bytes, and how often they ask the database.

The rows are made in a transaction that is rolled back; the ratios are measured on what the home holds.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspel.kernel.kept import SHELF, measuring
from samspel.kernel.values.benches import BenchRow
from samspel.schemes.operations import editions

PAGES = {"list": "/huvudman/?status=everyone", "map": "/karta/"}
GROWING = {"list": "/huvudman/", "map": "/karta/", "file of the list": "/huvudman/lista.json"}


class _Undo(Exception):
    """Rolls back what was measured."""


def benchmarks() -> list[BenchRow]:
    """CPU of list and map beside their floor, and the statements of pages with 10 and with 1 000 rows."""
    return [*measuring.rows(PAGES), *_statements()]


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
