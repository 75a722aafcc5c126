"""People are added by the system, each changes her own account."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
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


def test_somebody_who_may_appoint_adds_a_person_and_it_says_who(astrid):
    bo = operations.add_person(email="b@kommunen.example", name="B", phone="070-1", by=astrid, at=NOW)

    entry = entries_about(bo).get()
    assert (bo.phone, entry.action, entry.by_key) == ("070-1", "accounts.person.added", astrid.key)


def test_neither_a_stranger_nor_a_closed_account_adds_anybody(astrid):
    entries = AuditEntry.objects.count()
    astrid.is_active = False

    for by in (AnonymousUser(), astrid):
        with pytest.raises(PermissionDenied):
            operations.add_person(email="b@kommunen.example", name="B", by=by, at=NOW)

    assert (Person.objects.count(), AuditEntry.objects.count()) == (1, entries)


def test_the_address_of_a_duplicate_gives_the_person_it_was_merged_into(add_person):
    kept, gone = add_person(), add_person(email="gammal@kommunen.example", name="Astrid B")
    Person.objects.filter(pk=gone.pk).update(merged_into=kept, is_active=False)

    assert add_person(email="gammal@kommunen.example") == kept
    assert queries.names_of([gone.key]) == {gone.key: "Astrid Bergvall"}
    assert queries.keys_of(kept) == [kept.key, gone.key]


def test_names_stand_in_swedish_order_and_follow_the_name(add_person):
    for number, name in enumerate(["Östen", "Åsa", "Ängla", "Zeb"]):
        add_person(email=f"{number}@kommunen.example", name=name)
    renamed = Person.objects.get(name="Zeb")
    renamed.name = "Övind"
    renamed.save(update_fields=["name"])

    assert [one.name for one in Person.objects.order_by("sort_key")] == ["Åsa", "Ängla", "Östen", "Övind"]


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


def test_protected_person_is_named_to_herself_alone(add_person):
    astrid, bo = add_person(), add_person(email="bo@kommunen.example", name="Bo")
    Person.objects.filter(pk=astrid.pk).update(is_protected=True)

    assert queries.names_of([astrid.key, bo.key], seen_by=bo) == {astrid.key: "Skyddad identitet", bo.key: "Bo"}
    assert queries.names_of([astrid.key], seen_by=astrid) == {astrid.key: "Astrid Bergvall"}
    assert str(Person.objects.get(pk=astrid.pk)) == "Skyddad identitet"
