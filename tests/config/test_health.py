"""Health: whoever watches the machine asks here."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import RequestFactory

from samspel.config import health

REQUEST = RequestFactory().get("/")


def test_live_asks_nothing_of_the_database():
    assert health.live(REQUEST).status_code == 200


@pytest.mark.django_db
def test_ready_when_every_migration_is_in():
    answer = health.ready(REQUEST)

    assert answer.status_code == 200
    ready = {"ready": True, "database": True, "migrations": True}
    assert json.loads(answer.content) == ready | {"workers": False, "worker_seen_at": None}


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'kernel'")

    answer = health.ready(REQUEST)

    assert answer.status_code == 503
    assert json.loads(answer.content) == {"ready": False, "database": True, "migrations": False}


@pytest.mark.django_db(transaction=True)
def test_not_ready_without_a_database(monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "no_such_database")

    answer = health.ready(REQUEST)
    connection.close()

    assert answer.status_code == 503
    assert json.loads(answer.content) == {"ready": False, "database": False, "migrations": False}
