"""The stage that tests stand on."""

import threading

import pytest
from django.db import connection

from samspel.kernel.audit.models import AuditEntry


@pytest.mark.django_db
def test_a_test_has_a_database_of_its_own_made_from_the_template():
    assert connection.settings_dict["NAME"].startswith("test_")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 50


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_what_a_test_commits_is_gone_before_the_next_even_from_append_only_tables(time):
    at = "2026-11-01T12:00:00Z"
    AuditEntry.objects.create(action="a.b.c", at=at, subject_type="x", subject_key="1")
    seen = []

    def look() -> None:
        seen.append(AuditEntry.objects.filter(action="a.b.c").count())
        connection.close()

    other = threading.Thread(target=look)
    other.start()
    other.join()

    assert seen == [1]
