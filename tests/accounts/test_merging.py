"""Two rows that are one person become one, with both histories, and never by halves."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from samspel.accounts import operations, queries
from samspel.accounts.models import Person
from samspel.accounts.operations import merging
from samspel.accounts.queries import extracts
from samspel.casefiles.models import CaseFile, Document, Question, Series
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.models import AuditEntry
from samspel.registry.models import Appointment, StandIn
from tests.accounts.conftest import NOW


@pytest.fixture
def twin(add_person):
    """Astrid once more, by another address."""
    return add_person(email="astrid.b@gammal.example", name="Astrid B")


def unchanged(*people):
    return all(Person.objects.get(pk=one.pk).merged_into_id is None for one in people)


def test_what_was_the_duplicates_is_hers_and_both_histories_are_kept(
    astrid, twin, administrator, appoint, organization
):
    post = appoint(twin, "coordinator", organization())
    managed = appoint(administrator, "editor", manager=twin)

    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    twin.refresh_from_db()
    post.refresh_from_db()
    managed.refresh_from_db()
    assert (post.person, managed.manager) == (astrid, astrid)
    assert (twin.is_active, twin.merged_into) == (False, astrid)
    assert queries.keys_of(astrid) == [astrid.key, twin.key]
    assert [one.action for one in entries_about(twin)] == ["accounts.person.added", "accounts.person.merged_away"]
    kept = entries_about(astrid).last()
    assert (kept.action, kept.by_key, kept.facts) == (
        "accounts.person.merged",
        administrator.key,
        {"gone": str(twin.key)},
    )


def test_the_same_task_held_twice_at_once_becomes_one_from_first_to_last_day(
    astrid, twin, administrator, add_person, appoint, organization
):
    home = organization()
    first = appoint(twin, "coordinator", home, from_on=date(2023, 1, 1), to_on=date(2025, 6, 30), title="Utvecklare")
    appoint(astrid, "coordinator", home, from_on=date(2025, 1, 1))
    deputy = add_person(email="bo@kommunen.example", name="Bo")
    stand_in = StandIn.objects.create(
        appointment=first, deputy=deputy, from_on=date(2025, 1, 1), to_on=date(2025, 2, 1), set_at=NOW
    )

    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    one = Appointment.objects.get(role="coordinator")
    assert (one.person, one.from_on, one.to_on, one.title) == (astrid, date(2023, 1, 1), None, "Utvecklare")
    stand_in.refresh_from_db()
    assert stand_in.appointment == one
    assert entries_about(one).last().action == "registry.appointment.joined"


def test_tasks_that_differ_in_place_or_time_stay_two(astrid, twin, administrator, appoint, organization):
    home, other = organization("Ekviken"), organization("Björken")
    appoint(astrid, "coordinator", home, to_on=date(2024, 12, 31))
    appoint(twin, "coordinator", home, from_on=date(2025, 1, 1))
    appoint(twin, "coordinator", other)
    appoint(twin, "principal", home)

    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    assert Appointment.objects.filter(person=astrid).count() == 4
    assert not Appointment.objects.filter(person=twin).exists()


def test_nobody_stands_in_for_herself_afterwards(astrid, twin, administrator, appoint, organization):
    post = appoint(astrid, "coordinator", organization())
    stand_in = StandIn.objects.create(
        appointment=post, deputy=twin, from_on=date(2026, 11, 1), to_on=date(2026, 12, 1), set_at=NOW
    )

    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    stand_in.refresh_from_db()
    assert stand_in.ended_at == NOW


def test_either_address_may_stay_and_the_other_leads_to_her_when_she_is_added_by_it(astrid, twin, administrator):
    hers, other = twin.email, astrid.email
    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW, email=hers.upper())

    astrid.refresh_from_db()
    assert astrid.email == hers
    assert queries.person_by_email(other) is None
    assert operations.add_person(email=other, name="Astrid", by=SYSTEM, at=NOW) == astrid


def test_the_duplicates_sessions_end_and_its_address_lets_nobody_in(enter, astrid, twin, administrator):
    client = enter(twin)

    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    assert client.get("/arbete/").status_code == 302


def test_merged_again_changes_nothing(astrid, twin, administrator):
    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)
    entries = AuditEntry.objects.count()

    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    assert AuditEntry.objects.count() == entries


def test_who_was_merged_into_the_duplicate_is_one_step_from_the_row_that_counts(
    astrid, twin, add_person, administrator
):
    third = add_person(email="tredje@gammal.example", name="Astrid")
    merging.merge(keep=twin, gone=third, by=administrator, at=NOW)
    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    third.refresh_from_db()
    assert third.merged_into == astrid


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"is_protected": True}, "protected"),
        ({"is_invented": True}, "invented"),
        ({"anonymized_at": NOW}, "emptied"),
    ],
)
def test_what_may_not_become_one_is_refused_in_words(astrid, twin, administrator, changes, code):
    Person.objects.filter(pk=twin.pk).update(**changes)

    for keep, gone in ((astrid, twin), (twin, astrid)):
        with pytest.raises(merging.NotMerged) as refusal:
            merging.merge(keep=keep, gone=gone, by=administrator, at=NOW)
        assert refusal.value.code == code
    assert unchanged(astrid, twin)


def test_neither_oneself_nor_ones_own_row_nor_a_closed_one_nor_a_third_address(astrid, twin, administrator):
    def code(**asked):
        with pytest.raises(merging.NotMerged) as refusal:
            merging.merge(**{"keep": astrid, "gone": twin, "by": administrator, "at": NOW, **asked})
        return refusal.value.code

    assert code(gone=astrid) == "same"
    assert code(gone=administrator) == "own"
    # The other way round she would take over another's tasks.
    assert code(keep=administrator) == "own"
    assert code(email="en.tredje@kommunen.example") == "address"
    Person.objects.filter(pk=astrid.pk).update(is_active=False)
    assert code() == "closed"
    assert unchanged(astrid, twin, administrator)


def test_who_is_merged_with_one_is_not_merged_with_another(astrid, twin, add_person, administrator):
    other = add_person(email="c@kommunen.example", name="C")
    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    for keep, gone in ((other, twin), (twin, other)):
        with pytest.raises(merging.NotMerged) as refusal:
            merging.merge(keep=keep, gone=gone, by=administrator, at=NOW)
        assert refusal.value.code == "elsewhere"


def test_outsiders_merge_nobody(astrid, twin, registrar, add_person, appoint, organization):
    boss = add_person(email="chef@kommunen.example", name="Chef")
    appoint(boss, "administrator", organization())
    entries = AuditEntry.objects.count()
    for by in (astrid, registrar, boss, SYSTEM):
        with pytest.raises(PermissionDenied):
            merging.merge(keep=astrid, gone=twin, by=by, at=NOW)

    assert unchanged(astrid, twin)
    assert AuditEntry.objects.count() == entries


def test_a_mover_that_fails_leaves_everything_as_it_was(astrid, twin, administrator, appoint, monkeypatch):
    post = appoint(twin, "editor")

    def fails(keep, gone, *, by, at):
        raise RuntimeError

    shelf = HandedDown()
    shelf.add("registry", merging.movers.get("registry"))
    shelf.add("fails", fails, order=99)
    monkeypatch.setattr(merging, "movers", shelf)
    with pytest.raises(RuntimeError):
        merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    post.refresh_from_db()
    assert post.person == twin
    assert unchanged(astrid, twin)


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_the_same_two_both_ways_at_once_end_in_one_row(add_person, appoint):
    boss = add_person(email="adm@myndigheten.example", name="Adm")
    appoint(boss, "administrator")
    one, two = (add_person(email=f"{name}@kommunen.example", name="Astrid") for name in "ab")
    appoint(one, "editor")
    appoint(two, "editor")
    start, answers = Barrier(2), []

    def run(keep, gone):
        try:
            start.wait(timeout=10)
            merging.merge(keep=keep, gone=gone, by=boss, at=NOW)
            answers.append("merged")
        except merging.NotMerged as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in ((one, two), (two, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(answers) == ["elsewhere", "merged"]
    assert Person.objects.filter(merged_into__isnull=False).count() == 1
    held = Appointment.objects.get(role="editor")
    assert held.person.merged_into_id is None


def test_questions_and_open_cases_of_the_duplicate_become_hers_and_documents_stay_as_registered(
    astrid, twin, administrator
):
    question = Question.objects.create(
        subject="x", from_address="x@y.example", person=twin, owner=twin.key, due_on=NOW.date(), received_at=NOW
    )
    series, _made = Series.objects.get_or_create(code="SAM", defaults={"name": "Samspel"})
    case_file = CaseFile.objects.create(
        series=series, year=2026, number=9, title="x", opened_at=NOW, handler=twin.key, last_document_number=1
    )
    facts = {"direction": "in", "kind": "letter", "title": "Ett brev", "on": NOW.date(), "registered_at": NOW}
    document = Document.objects.create(case_file=case_file, number=1, person=twin, **facts)

    merging.merge(keep=astrid, gone=twin, by=administrator, at=NOW)

    for row in (question, case_file, document):
        row.refresh_from_db()
    assert (question.person, question.owner, case_file.handler) == (astrid, astrid.key, astrid.key)
    assert document.person == twin
    assert queries.names_of([document.person.key]) == {twin.key: astrid.name}
    parts = {part.key: part.rows for part in extracts.parts_of(astrid, NOW)}
    assert [field.value for field in parts["documents"][0]][-1] == "Ett brev"
