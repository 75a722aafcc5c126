"""Importing: whole or not at all, twice is once, and what is replaced can come back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from samspel.kernel.audit.models import AuditEntry
from samspel.registry.models import BatchState, ImportBatch, ImportedFile, IndicatorValue
from samspel.registry.operations import imports
from tests.registry.conftest import NOW, kolada, standing, statistics

MERIT = "kolada_n15505"


def test_a_statistics_file_and_a_kolada_file_become_figures_with_their_source(import_now):
    report = import_now(
        {"antal.csv": statistics({"0114": "24,3", "1440": ".."}), "merit.csv": kolada({"0114": "224.2"})}
    )

    assert report.difference["values"] == {"new": 3, "changed": 0, "gone": 0, "unchanged": 0}
    assert standing() == {
        ("foreign_background", "0114", "2024/25"): ("24.3", "exact"),
        ("foreign_background", "1440", "2024/25"): ("", "suppressed"),
        (MERIT, "0114", "2021/22"): ("224.2", "exact"),
    }
    merit = IndicatorValue.objects.get(definition__indicator="kolada_n15505")
    assert (merit.file.name, merit.row, merit.slice) == ("merit.csv", 2, "municipal")


def test_an_import_leaves_a_trace_of_counts_alone(import_now, officer):
    import_now({"merit.csv": kolada({"0114": "224.2"})}, by=officer)

    entry = AuditEntry.objects.get(action="registry.import.applied")
    assert entry.by_key == officer.key
    assert entry.facts == {"files": 1, "new": 1, "changed": 0, "gone": 0}


def test_the_same_file_again_changes_nothing(import_now):
    files = {"merit.csv": kolada({"0114": "224.2", "0115": ""})}
    import_now(files)

    again = import_now(files)

    assert again.difference["values"] == {"new": 0, "changed": 0, "gone": 0, "unchanged": 2}
    assert IndicatorValue.objects.count() == 2


def test_a_later_file_changes_what_differs_and_ends_what_it_lacks(import_now):
    import_now({"merit.csv": kolada({"0114": "224.2", "0115": "210", "1440": "199.9"})})

    later = import_now({"merit.csv": kolada({"0114": "225", "0115": "210"})})

    assert later.difference["values"] == {"new": 0, "changed": 1, "gone": 1, "unchanged": 1}
    assert standing() == {(MERIT, "0114", "2021/22"): ("225", "exact"), (MERIT, "0115", "2021/22"): ("210", "exact")}


def test_a_file_of_one_municipality_takes_nothing_from_the_others(import_now):
    import_now({"merit.csv": kolada({"0114": "224.2", "0115": "210", "1440": "199.9"})})

    part = import_now({"part.csv": kolada({"1440": "200"})})

    assert part.difference["values"] == {"new": 0, "changed": 1, "gone": 0, "unchanged": 0}


def test_one_fault_in_one_file_refuses_all_files_and_tells_every_fault(import_now):
    good, bad = kolada({"0114": "224.2"}), kolada({"0114": "x", "9999": "3"})

    with pytest.raises(imports.ImportRefused) as refusal:
        import_now({"good.csv": good, "bad.csv": bad})

    assert [(fault.file, fault.row, fault.stood) for file in refusal.value.files for fault in file.errors] == [
        ("bad.csv", 2, "x"),
        ("bad.csv", 3, "9999"),
    ]
    assert not ImportBatch.objects.exists() and not IndicatorValue.objects.exists()
    assert not AuditEntry.objects.filter(action__startswith="registry.import").exists()


def test_two_files_that_disagree_are_refused_naming_both(import_now):
    with pytest.raises(imports.ImportRefused) as refusal:
        import_now({"a.csv": kolada({"0114": "224.2"}), "b.csv": kolada({"0114": "224.3"})})

    (fault,) = [fault for file in refusal.value.files for fault in file.errors]
    assert (fault.code, fault.file, fault.row, fault.among) == ("files_disagree", "b.csv", 2, ("a.csv", "2"))
    assert not IndicatorValue.objects.exists()


def test_two_files_that_agree_count_once(import_now):
    report = import_now({"a.csv": kolada({"0114": "224.2"}), "b.csv": kolada({"0114": "224.20"})})

    assert report.difference["values"]["new"] == 1


def test_outsiders_import_nothing(import_now, supporter):
    with pytest.raises(PermissionDenied):
        import_now({"merit.csv": kolada({"0114": "224.2"})}, by=supporter)

    assert not ImportBatch.objects.exists()


def test_a_dry_run_in_one_go_keeps_nothing(import_now):
    report = import_now({"merit.csv": kolada({"0114": "224.2"})}, dry_run=True)

    assert (report.difference["values"]["new"], report.is_dry_run, report.key) == (1, True, "")
    assert not ImportBatch.objects.exists() and not ImportedFile.objects.exists()


def test_a_proposed_import_changes_nothing_until_it_is_applied(officer):
    batch = imports.propose(files=[("merit.csv", kolada({"0114": "224.2"}))], by=officer, at=NOW)
    assert batch.state == BatchState.PROPOSED and not IndicatorValue.objects.exists()

    batch = imports.apply(batch=batch, by=officer, at=NOW)

    assert batch.state == BatchState.APPLIED and batch.cleaned is None
    assert standing() == {(MERIT, "0114", "2021/22"): ("224.2", "exact")}
    assert [entry.action for entry in AuditEntry.objects.filter(subject_key=str(batch.pk)).order_by("id")] == [
        "registry.import.proposed",
        "registry.import.applied",
    ]


def test_a_dry_run_that_no_longer_holds_is_refused_and_can_be_made_anew(officer, import_now):
    batch = imports.propose(files=[("merit.csv", kolada({"0114": "224.2"}))], by=officer, at=NOW)
    import_now({"first.csv": kolada({"0114": "224.1"})})

    with pytest.raises(imports.ImportStale):
        imports.apply(batch=batch, by=officer, at=NOW)

    batch = imports.look_again(batch=batch, by=officer, at=NOW)
    assert batch.difference["values"] == {"new": 0, "changed": 1, "gone": 0, "unchanged": 0}
    imports.apply(batch=batch, by=officer, at=NOW)
    assert standing() == {(MERIT, "0114", "2021/22"): ("224.2", "exact")}


def test_a_discarded_import_lets_its_rows_go_and_cannot_be_applied(officer):
    batch = imports.propose(files=[("merit.csv", kolada({"0114": "224.2"}))], by=officer, at=NOW)

    batch = imports.discard(batch=batch, by=officer, at=NOW)

    assert batch.state == BatchState.DISCARDED and batch.cleaned is None
    with pytest.raises(imports.ImportNotOpen):
        imports.apply(batch=batch, by=officer, at=NOW)


@pytest.mark.parametrize("deed", [imports.apply, imports.discard, imports.look_again])
def test_outsiders_decide_nothing(deed, officer, supporter):
    batch = imports.propose(files=[("merit.csv", kolada({"0114": "224.2"}))], by=officer, at=NOW)

    with pytest.raises(PermissionDenied):
        deed(batch=batch, by=supporter, at=NOW)

    batch.refresh_from_db()
    assert batch.state == BatchState.PROPOSED and not IndicatorValue.objects.exists()
