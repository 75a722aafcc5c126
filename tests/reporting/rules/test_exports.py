"""Open files: what goes in comes out, and no cell becomes a formula."""

import csv
import io
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from samspel.reporting.rules.exports import Export, as_csv, as_document, as_json

COLUMNS = (("name", "Huvudman"), ("codes", "Kommunkoder"), ("on", "Dag"), ("is", "Övning"), ("count", "Antal"))
ROW = {"name": 'Ö-vik; "norr"\nom', "codes": ["0114", "0180"], "on": date(2026, 1, 2), "is": True, "count": -3}


def export(rows, **changes):
    given_facts = {"title": "Huvudmän", "day": date(2026, 11, 21), "source": "Samspel", "columns": COLUMNS}
    return Export(rows=rows, **{**given_facts, **changes})


def read(body):
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_csv_file_opens_in_a_swedish_spreadsheet_and_says_its_day_and_source_in_each_row():
    body = as_csv(export([ROW], words={"as_of": "Avser", "source": "Källa"}))

    assert body.startswith(b"\xef\xbb\xbfHuvudman;Kommunkoder;")
    assert body.endswith(b"\r\n")
    assert read(body) == [
        {
            "Huvudman": 'Ö-vik; "norr"\nom',
            "Kommunkoder": "0114, 0180",
            "Dag": "2026-01-02",
            "Övning": "1",
            "Antal": "-3",
            "Avser": "2026-11-21",
            "Källa": "Samspel",
        }
    ]


def test_a_note_goes_with_every_row():
    rows = read(as_csv(export([ROW, ROW], notes=("Påhittat.",), words={"note": "Anmärkning"})))

    assert [row["Anmärkning"] for row in rows] == ["Påhittat.", "Påhittat."]


@given(st.text(max_size=30), st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n"]))
def test_no_text_becomes_a_formula(text, sign):
    cell = next(
        csv.reader(
            io.StringIO(as_csv(export([{"name": sign + text}])).decode("utf-8-sig").partition("\r\n")[2], newline=""),
            delimiter=";",
        )
    )[0]

    assert cell == f"'{sign}{text}"


def test_a_heading_or_value_that_is_missing_is_an_empty_cell():
    assert read(as_csv(export([{}])))[0]["Huvudman"] == ""


def test_json_holds_the_same_with_its_kinds_kept():
    document = json.loads(
        as_json(export([ROW], notes=("Påhittat.",), facts={"state": "accepted", "since": date(2026, 1, 1)}))
    )

    assert document["rows"] == [{**ROW, "on": "2026-01-02"}]
    assert document["as_of"] == "2026-11-21"
    assert document["licence"] == "CC0 1.0"
    assert document["notes"] == ["Påhittat."]
    assert (document["state"], document["since"]) == ("accepted", "2026-01-01")
    assert document["columns"][0] == {"key": "name", "heading": "Huvudman"}


def test_the_same_rows_give_the_same_bytes():
    assert as_csv(export([ROW])) == as_csv(export([ROW]))
    assert as_json(export([ROW])) == as_json(export([ROW]))


def test_a_document_has_everything_as_text():
    assert as_document(export([ROW], words={"yes": "Ja"}))["rows"] == [
        ['Ö-vik; "norr"\nom', "0114, 0180", "2026-01-02", "Ja", "-3"]
    ]
