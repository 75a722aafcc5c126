"""`samspel import` as an operator and a program use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samspel.config.cli import main
from samspel.registry.models import BatchState, ImportBatch, IndicatorValue
from tests.registry.conftest import kolada, statistics

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def samspel_import():
    """Run the command; its exit status and what it wrote."""

    def run(*words: object) -> Result:
        return CliRunner().invoke(main, ["import", *map(str, words)])

    return run


@pytest.fixture
def folder(tmp_path) -> Path:
    """Two official files, and one that is none."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "antal.csv").write_bytes(statistics({"0114": "24,3", "1440": ".."}))
    (tmp_path / "in" / "merit.csv").write_bytes(kolada({"0114": "224.2"}))
    (tmp_path / "in" / "README.md").write_text("Not one of them.")
    return tmp_path / "in"


def test_a_folder_comes_in_and_the_answer_for_programs_tells_each_file(samspel_import, folder):
    done = samspel_import(folder, "--json")

    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout) == {
        "files": [
            {
                "file": "antal.csv",
                "kind": "statistics_municipality",
                "rows": 2,
                "values": 2,
                "marks": {"exact": 1, "suppressed": 1},
                "skipped": {},
                "errors": [],
            },
            {
                "file": "merit.csv",
                "kind": "kolada",
                "rows": 1,
                "values": 1,
                "marks": {"exact": 1},
                "skipped": {},
                "errors": [],
            },
        ]
    }
    assert IndicatorValue.objects.count() == 3
    assert ImportBatch.objects.get().started_by is None


def test_a_dry_run_says_so_and_changes_nothing(samspel_import, folder):
    done = samspel_import(folder / "merit.csv", "--dry-run")

    assert done.exit_code == 0 and "Dry run: nothing was changed." in done.stdout
    assert not ImportBatch.objects.exists()


def test_a_refusal_ends_with_one_and_tells_place_and_expectation(samspel_import, tmp_path):
    (tmp_path / "bad.csv").write_bytes(kolada({"0114": "x"}))

    told, plain = samspel_import(tmp_path / "bad.csv", "--json"), samspel_import(tmp_path / "bad.csv")

    (error,) = json.loads(told.stdout)["files"][0]["errors"]
    assert told.exit_code == plain.exit_code == 1
    assert (error["sheet"], error["row"], error["stood"]) == ("", 2, "x")
    assert error["column"] and error["expected"]
    assert "bad.csv, row 2" in plain.stderr and "Traceback" not in plain.stderr


def test_wrong_use_ends_with_two(samspel_import):
    assert samspel_import().exit_code == 2
    assert samspel_import("no-such-file.csv").exit_code == 2


def test_an_import_is_withdrawn_by_its_key(samspel_import, folder):
    samspel_import(folder / "merit.csv")
    batch = ImportBatch.objects.get()

    done = samspel_import("--withdraw", batch.key)

    batch.refresh_from_db()
    assert done.exit_code == 0 and batch.state == BatchState.WITHDRAWN
    assert samspel_import("--withdraw", "x").exit_code == 1


def test_a_withdrawal_that_must_wait_ends_with_one_and_names_the_later_import(samspel_import, folder):
    samspel_import(folder / "merit.csv")
    first = ImportBatch.objects.get()
    (folder / "later.csv").write_bytes(kolada({"0114": "225"}))
    samspel_import(folder / "later.csv")

    refused = samspel_import("--withdraw", first.key)

    assert refused.exit_code == 1 and "Withdraw them first" in refused.stderr and "later.csv" in refused.stderr


def test_it_acts_under_the_rights_of_the_person_named(samspel_import, folder, officer, supporter):
    refused = samspel_import(folder / "merit.csv", "--as", supporter.email)
    done = samspel_import(folder / "merit.csv", "--as", officer.email)

    assert refused.exit_code == 1 and "Traceback" not in refused.stderr
    assert done.exit_code == 0 and ImportBatch.objects.get().started_by == officer
    assert samspel_import(folder / "merit.csv", "--as", "nobody@ingenstans.example").exit_code == 1
