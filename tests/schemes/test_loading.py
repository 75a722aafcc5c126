"""Editions are loaded once, renewed until they are used, and never after."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

import pytest
from django.db import InternalError, ProgrammingError, transaction
from django.urls import reverse

from samspel.kernel.audit import SYSTEM
from samspel.kernel.models import AuditEntry
from samspel.schemes.models import Edition
from samspel.schemes.operations import editions as operations

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict:
    found = next(row for row in operations.shipped_documents() if row["scheme"] == "riktade-insatser")
    return copy.deepcopy(found) | {"slug": "riktade-insatser-test"}


def test_the_shipped_editions_are_there_once_the_tables_stand():
    assert Edition.objects.filter(slug__in=[row["slug"] for row in operations.shipped_documents()]).count() == 3


def test_loading_the_same_document_again_changes_nothing_and_leaves_one_trace(document):
    first = operations.load(document=document, by=SYSTEM, at=AT)
    again = operations.load(document=document, by=SYSTEM, at=AT)

    assert again.pk == first.pk
    assert AuditEntry.objects.filter(action="schemes.edition.loaded", subject_key=str(first.pk)).count() == 1


def test_an_edition_that_nothing_uses_is_renewed(document):
    operations.load(document=document, by=SYSTEM, at=AT)
    renewed = operations.load(document=document | {"terms": 4}, by=SYSTEM, at=AT)

    assert renewed.document["terms"] == 4


def test_a_frozen_edition_is_refused_in_words_and_kept(document):
    edition = operations.freeze(edition=operations.load(document=document, by=SYSTEM, at=AT), by=SYSTEM, at=AT)

    with pytest.raises(operations.EditionInUse) as refusal:
        operations.load(document=document | {"terms": 4}, by=SYSTEM, at=AT)

    assert str(refusal.value)
    edition.refresh_from_db()
    assert edition.document["terms"] == 6


def test_the_database_itself_keeps_a_frozen_edition(document):
    edition = operations.freeze(edition=operations.load(document=document, by=SYSTEM, at=AT), by=SYSTEM, at=AT)

    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(digest="0" * 64)


def test_freezing_twice_is_freezing_once(document):
    edition = operations.load(document=document, by=SYSTEM, at=AT)
    operations.freeze(edition=edition, by=SYSTEM, at=AT)
    operations.freeze(edition=edition, by=SYSTEM, at=AT)

    assert AuditEntry.objects.filter(action="schemes.edition.frozen", subject_key=str(edition.pk)).count() == 1


def test_a_newer_version_of_the_program_leaves_what_is_in_use_alone(document):
    edition = operations.freeze(edition=operations.load(document=document, by=SYSTEM, at=AT), by=SYSTEM, at=AT)

    loaded = operations.load_shipped(at=AT, documents=[document | {"terms": 4}])

    assert [row.document["terms"] for row in loaded] == [edition.document["terms"]]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_show_each_scheme_to_everybody_in_both_languages(client, prefix):
    listing = client.get(prefix + "/program/")
    page = client.get(prefix + "/program/riktade-insatser/")

    assert listing.status_code == page.status_code == 200
    assert ("Step by step" if prefix else "Steg för steg") in page.content.decode()
    assert ("Agreement 1" if prefix else "Överenskommelse 1") in page.content.decode()


def test_an_unknown_scheme_and_an_unknown_edition_are_not_found(client):
    assert client.get(reverse("schemes:detail", args=["lotteriet"])).status_code == 404
    assert client.get(reverse("schemes:edition", args=["riktade-insatser", "finns-inte"])).status_code == 404


def test_more_editions_cost_no_more_queries(client, document, django_assert_num_queries):
    address = reverse("schemes:detail", args=["riktade-insatser"])
    client.get(address)
    with django_assert_num_queries(3):
        client.get(address)
    for number in range(3):
        operations.load(document=document | {"slug": f"riktade-insatser-{number}"}, by=SYSTEM, at=AT)
    with django_assert_num_queries(3):
        client.get(address)
