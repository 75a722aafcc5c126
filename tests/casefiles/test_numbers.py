"""Numbers: one after the other, none twice and no gap, whoever comes at the same time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from samspel.casefiles.models import CaseFile, Document, SeriesYear
from samspel.casefiles.operations import casefiles
from samspel.casefiles.operations.refusals import CaseFileClosed, CaseFileRefused
from samspel.casefiles.rules.numbers import DiaryNumber, parse
from samspel.kernel.audit import SYSTEM
from tests.casefiles.conftest import NOW, letter

MANY = 50


def at_once(deed, times):
    """Run a deed in threads of their own that start together; what each gave or raised."""
    gate = threading.Barrier(times)
    given = [None] * times

    def run(place):
        try:
            gate.wait(timeout=60)
            given[place] = deed(place)
        except Exception as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return given


def opened(series="SAM", at=NOW, **more):
    return casefiles.open_case(series=series, title="Ett ärende", by=SYSTEM, at=at, **more)


def test_a_number_is_written_for_people_and_for_addresses():
    number = DiaryNumber("SAM", 2026, 117)

    assert (str(number), number.address) == ("SAM 2026:117", "sam-2026-117")
    assert {parse(text) for text in ("SAM 2026:117", "sam-2026-117", " Sam 2026: 117 ", "SAM2026/117")} == {number}
    assert [parse(text) for text in ("", "117", "SAM 117", "SAM 2026", "2026:117", "SAM 2026:117 x")] == [None] * 6


@pytest.mark.django_db(transaction=True)
def test_fifty_documents_registered_at_once_get_fifty_numbers_in_a_row():
    case_file = opened()

    given = at_once(lambda place: letter(case_file, SYSTEM, title=f"Brev {place}").number, MANY)

    assert sorted(given) == list(range(1, MANY + 1))
    assert sorted(Document.objects.values_list("number", flat=True)) == list(range(1, MANY + 1))
    case_file.refresh_from_db()
    assert case_file.last_document_number == MANY


@pytest.mark.django_db(transaction=True)
def test_fifty_case_files_opened_at_once_get_fifty_numbers_in_a_row():
    given = at_once(lambda place: opened().number, MANY)

    assert sorted(given) == list(range(1, MANY + 1))
    assert sorted(CaseFile.objects.values_list("number", flat=True)) == list(range(1, MANY + 1))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_those_rolled_back_leave_no_gap():
    case_file = opened()

    def deed(place):
        with transaction.atomic():
            letter(case_file, SYSTEM)
            opened()
            if place % 3 == 0:
                raise RuntimeError("thought better of it")

    given = at_once(deed, 30)

    assert [str(one) for one in given if one is not None] == ["thought better of it"] * 10
    assert sorted(Document.objects.values_list("number", flat=True)) == list(range(1, 21))
    assert sorted(CaseFile.objects.values_list("number", flat=True)) == list(range(1, 22))


@pytest.mark.django_db(transaction=True)
def test_a_number_waits_for_who_has_taken_one_and_is_given_again_when_she_gives_it_back():
    case_file = opened()
    holding, let_go = threading.Event(), threading.Event()

    def hesitant():
        try:
            with transaction.atomic():
                assert letter(case_file, SYSTEM).number == 1
                holding.set()
                let_go.wait(timeout=30)
                transaction.set_rollback(True)
        finally:
            connection.close()

    first = threading.Thread(target=hesitant)
    first.start()
    holding.wait(timeout=30)
    second = threading.Thread(target=lambda: (letter(case_file, SYSTEM), connection.close()))
    second.start()
    second.join(timeout=0.5)
    assert second.is_alive()
    let_go.set()
    first.join(timeout=30)
    second.join(timeout=30)

    assert list(Document.objects.values_list("number", flat=True)) == [1]


@pytest.mark.django_db
def test_each_series_counts_for_itself_and_begins_anew_with_the_swedish_year():
    before = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
    after = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)  # midnight in Sweden

    asked = [("SAM", before), ("SAM", before), ("URV", before), ("SAM", after), ("SAM", before), ("SAM", after)]
    numbers = [opened(series, at).diary_number for series, at in asked]

    assert numbers == ["SAM 2026:1", "SAM 2026:2", "URV 2026:1", "SAM 2027:1", "SAM 2026:3", "SAM 2027:2"]


@pytest.mark.django_db(transaction=True)
def test_around_midnight_of_new_year_both_years_are_without_a_gap():
    before = datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC)
    after = datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC)

    given = at_once(lambda place: opened(at=before if place % 2 else after), 20)

    assert sorted((one.year, one.number) for one in given) == [
        (year, number) for year in (2026, 2027) for number in range(1, 11)
    ]


@pytest.mark.django_db(transaction=True)
def test_two_case_files_of_one_subject_opened_at_once_are_one():
    given = at_once(lambda place: opened(subject="selection.round:1"), 6)

    assert CaseFile.objects.count() == 1
    assert sum(isinstance(one, CaseFile) for one in given) == 1
    assert SeriesYear.objects.get().last_number == 1


@pytest.mark.django_db
def test_a_closed_case_file_gives_no_number(registrar, case_file):
    casefiles.close(case_file=case_file, reason="Klart.", by=registrar, at=NOW)

    with pytest.raises(CaseFileClosed):
        letter(case_file, registrar)

    case_file.refresh_from_db()
    assert case_file.last_document_number == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code"),
    [({"series": "XXX"}, "no_series"), ({"title": " "}, "no_title")],
)
def test_what_cannot_be_opened_takes_no_number(given, code):
    with pytest.raises(CaseFileRefused) as refusal:
        casefiles.open_case(**({"series": "SAM", "title": "Ett ärende", "by": SYSTEM, "at": NOW} | given))

    assert refusal.value.code == code
    assert SeriesYear.objects.count() == 0
