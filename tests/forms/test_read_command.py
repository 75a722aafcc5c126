"""`samspel forms read`, as an operator runs it."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from samspel.config.cli import main, program
from samspel.config.supervisor import borrow
from samspel.forms.queries import sheets
from samspel.forms.rules.sheets import names
from tests.forms.pdf_makers import plain
from tests.forms.test_handing_in import hidden, sheet
from tests.forms.test_round_trip import by_pypdf


@pytest.fixture
def read(monkeypatch, db, tmp_path):
    """`read(content, "--json")`: what the command answered. The database is the test's own, and stays open."""
    monkeypatch.setattr(borrow, "database", lambda deed: nullcontext())
    monkeypatch.setattr(program, "_close", lambda: None)

    def run(content, *options):
        file = tmp_path / "in.pdf"
        file.write_bytes(content)
        return CliRunner().invoke(main, ["forms", "read", str(file), *options])

    return run


def test_it_tells_every_field_as_it_stood_and_beside_it_what_is_wrong(read, answer):
    said = read(sheet(answer, {"contact": " Bo ", "pupils": "många", "annat": "hej"}), "--json")

    assert said.exit_code == 0
    found = json.loads(said.stdout)
    assert [(each["path"], each["typed"], each["value"], each["fault"]) for each in found["fields"]] == [
        ("contact", " Bo ", "Bo", ""),
        ("pupils", "många", None, "number"),
        ("annat", "hej", None, "unknown_field"),
    ]


def test_a_blank_that_names_a_place_is_read_though_there_is_no_answer(read, version):
    filled = by_pypdf(sheets.blank(version, "sv"), {"municipality": "Kiruna", "unit": "Ingen skola"})

    said = read(filled, "--json")

    fields = {each["path"]: each for each in json.loads(said.stdout)["fields"]}
    assert (said.exit_code, fields["municipality"]["value"]) == (0, "2584")
    assert (fields["unit"]["typed"], fields["unit"]["fault"]) == ("Ingen skola", "no_such_name")


def test_for_people_it_is_a_line_a_field(read, answer):
    said = read(sheet(answer, {"contact": "Bo", "pupils": "många"}))

    assert said.stdout.splitlines()[0] == "liten-analys, version 1"
    assert "contact: 'Bo'" in said.stdout
    assert "pupils: 'många'  ! Write a number" in said.stdout


def test_a_sheet_of_a_version_that_is_not_known_gives_its_texts(read, answer):
    said = read(plain({**hidden(answer, **{names.VERSION: "99"}), "contact": "Bo"}), "--json")

    found = json.loads(said.stdout)
    assert (found["is_known"], [each["typed"] for each in found["fields"]]) == (False, ["Bo"])


@pytest.mark.parametrize(
    ("content", "code"), [(b"hej", "not_pdf"), (plain({"namn": "Bo"}), "not_ours"), (plain({}), "no_fields")]
)
def test_what_is_refused_ends_with_the_reason(read, content, code):
    as_json, told = read(content, "--json"), read(content)

    assert (as_json.exit_code, told.exit_code) == (1, 1)
    assert json.loads(as_json.stdout)["refused"] == code
    assert json.loads(as_json.stdout)["reason"] in told.stderr


def test_no_such_file_is_wrong_use(db):
    assert CliRunner().invoke(main, ["forms", "read", "finns-inte.pdf"]).exit_code == 2
