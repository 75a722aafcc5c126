"""The version of the data: another after every change that can be seen, the same as long as there is none."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from samspel.kernel.kept import versions
from samspel.registry.models import County, Organizer
from samspel.reporting.queries.versions import READ, data_version


def test_nothing_changed_is_the_same_version(programme):
    assert data_version() == data_version()


def test_an_update_to_and_fro_is_another_version_each_time(programme):
    versions = {data_version()}
    for name in ("Annan kommun", "Åby kommun", "Annan kommun", "Åby kommun"):
        Organizer.objects.filter(pk=programme.aby.pk).update(name=name)
        versions.add(data_version())

    assert len(versions) == 5


def test_rows_that_come_and_go_are_another_version(programme, organizer):
    before = data_version()
    made = organizer("Ny kommun")
    between = data_version()
    Organizer.objects.filter(pk=made.pk).delete()

    assert len({before, between}) == 2
    # Gone again, the rows are the same ones: so is the version.
    assert data_version() == before


def test_it_is_one_statement_however_many_tables_are_read(programme, django_assert_num_queries):
    assert len(READ) > 8
    with django_assert_num_queries(1):
        data_version()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_after_a_later_one_is_seen_when_it_commits(programme):
    """The later transaction is committed first: a greatest number of entries would hide the earlier."""

    def elsewhere(act):
        def run():
            try:
                return act()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(run).result()

    def rename_the_other():
        Organizer.objects.filter(pk=programme.zinkby.pk).update(name="Sen kommun")

    with transaction.atomic():
        Organizer.objects.filter(pk=programme.aby.pk).update(name="Tidig kommun")
        elsewhere(rename_the_other)
        seen_before = elsewhere(data_version)

    assert elsewhere(data_version) != seen_before


def test_under_load_the_version_is_trusted_for_a_moment_and_no_longer(transactional_db, monkeypatch):
    monkeypatch.setattr(versions, "TRUSTED_FOR", 60)
    before = data_version()
    County.objects.filter(pk="01").update(name="Annat län")

    assert data_version() == before

    monkeypatch.setattr(versions, "TRUSTED_FOR", 0)
    assert data_version() != before


def test_a_trusted_version_asks_the_database_nothing(transactional_db, monkeypatch):
    monkeypatch.setattr(versions, "TRUSTED_FOR", 60)
    data_version()
    monkeypatch.setattr(versions, "_snapshot", None)

    assert data_version()
