"""People are added by the system, each changes her own account."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import FieldDoesNotExist, PermissionDenied

from samspel.accounts import operations, queries
from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.models import AuditEntry

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def test_added_person_is_found_by_her_address_whatever_its_capitals(astrid):
    assert queries.person_by_email(" ASTRID.BERGVALL@KOMMUNEN.example ") == astrid
    assert Person.objects.get_by_natural_key("Astrid.Bergvall@kommunen.example") == astrid


def test_person_added_twice_is_there_once_and_as_she_was(add_person):
    first = add_person(email="a@kommunen.example", name="Astrid")
    second = add_person(email="A@kommunen.example", name="Någon annan")

    assert second == first
    assert second.name == "Astrid"
    assert entries_about(first).count() == 1


def test_person_adds_no_person(astrid):
    entries = AuditEntry.objects.count()

    with pytest.raises(PermissionDenied):
        operations.add_person(email="b@kommunen.example", name="B", by=astrid, at=NOW)

    assert (Person.objects.count(), AuditEntry.objects.count()) == (1, entries)


def test_nobody_changes_anothers_language(add_person):
    astrid, bo = add_person(), add_person(email="bo@kommunen.example", name="Bo")
    entries = AuditEntry.objects.count()

    for by in (bo, SYSTEM):
        with pytest.raises(PermissionDenied):
            operations.change_language(person=astrid, language="en", by=by, at=NOW)

    astrid.refresh_from_db()
    assert (astrid.language, AuditEntry.objects.count()) == ("sv", entries)


def test_same_language_again_is_no_change(astrid):
    operations.change_language(person=astrid, language="sv", by=astrid, at=NOW)

    assert entries_about(astrid).count() == 1


def test_there_is_no_password_to_lose():
    with pytest.raises(FieldDoesNotExist):
        Person._meta.get_field("password")


def test_closed_account_is_found_by_nobody(astrid):
    astrid.is_active = False
    astrid.save()

    assert queries.person_by_email(astrid.email) is None


def test_names_are_found_in_one_question(add_person, django_assert_num_queries):
    astrid, bo = add_person(), add_person(email="bo@kommunen.example", name="Bo")

    with django_assert_num_queries(1):
        names = queries.names_of([astrid.key, bo.key, None, astrid.key])

    assert names == {astrid.key: "Astrid Bergvall", bo.key: "Bo"}
