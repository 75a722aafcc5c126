"""Rows of people: any separator, headings in two languages in any order, and every fault named where it stands."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.registry.rules import people_rows
from samspel.registry.rules.people_rows import COLUMNS, HEADINGS, ROLES, ROWS_MOST, PersonRow, read_file, read_text

HEAD = "Namn;E-post;Roll;Organisationsnummer;Skolenhetskod;Titel;Telefon;Från;Till"
NUMBER = "2120000142"

plain = st.text(st.characters(categories=("L",), max_codepoint=0x24F), min_size=1, max_size=12)
days = st.none() | st.dates(date(2000, 1, 1), date(2090, 12, 31))
people = st.builds(
    PersonRow,
    number=st.just(0),
    name=plain,
    email=st.from_regex(r"\A[a-z]{1,8}@[a-z]{2,8}\.se\Z"),
    role=st.sampled_from(sorted(ROLES)),
    place=st.just("") | st.just(NUMBER),
    unit=st.just("") | st.from_regex(r"\A[0-9]{8}\Z"),
    title=st.just("") | plain,
    phone=st.just("") | st.from_regex(r"\A0[0-9]{7,9}\Z"),
    from_on=days,
    to_on=days,
)


def cell(row: PersonRow, column: str) -> str:
    value = getattr(row, column)
    return value.isoformat() if isinstance(value, date) else str(value or "")


@given(
    st.lists(people, min_size=1, max_size=8),
    st.sampled_from(";,\t"),
    st.permutations(COLUMNS),
    st.integers(0, 2),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_is_written_is_read_back_whatever_separator_order_and_language(rows, separator, order, language, newline):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=newline)
    writer.writerow([HEADINGS[column][min(language, len(HEADINGS[column]) - 1)] for column in order])
    writer.writerows([cell(row, column) for column in order] for row in rows)

    read = read_text(out.getvalue())

    assert read.faults == ()
    assert [{**row.__dict__, "number": 0} for row in read.rows] == [row.__dict__ for row in rows]


@given(st.text(max_size=400))
def test_no_text_whatever_makes_the_reader_fall(text):
    read = read_text(text)

    assert read.rows or read.faults


@given(st.binary(max_size=400) | st.binary(max_size=300).map(lambda rest: b"PK\x03\x04" + rest))
def test_no_bytes_whatever_make_the_reader_fall(content):
    read = read_file("lista.xlsx", content)

    assert read.rows or read.faults


@given(st.text(max_size=60))
def test_no_cell_whatever_makes_the_reader_fall(text):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([HEAD.split(";"), [text] * 9])

    read = read_text(out.getvalue())

    assert read.rows or read.faults


def faults_of(*rows: str, head: str = HEAD) -> list[tuple[int, str, str, str]]:
    return [(one.number, one.column, one.code, one.stood) for one in read_text("\n".join([head, *rows])).faults]


def test_every_fault_is_named_with_its_row_and_what_stood_there():
    assert faults_of(
        "Anna Ek;anna@x.se;Samordnare;212000-0142;;;;2026-08-01;",
        ";bo;kung;1;12;;x;i går;2026-13-01",
    ) == [
        (3, "name", "empty", ""),
        (3, "email", "no_address", "bo"),
        (3, "phone", "no_phone", "x"),
        (3, "role", "unknown_role", "kung"),
        (3, "place", "number_shape", "1"),
        (3, "unit", "bad_unit", "12"),
        (3, "from_on", "bad_day", "i går"),
        (3, "to_on", "bad_day", "2026-13-01"),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "a@x.se, b@x.se",
        "a@x.se;b@x.se",
        "Anna <a@x.se>",
        "a@x.se\nBcc: b@x.se",
        "a@@x.se",
        "a b@x.se",
        "a@x",
        ".a@x.se",
    ],
)
def test_an_address_is_one_address_and_nothing_else(address):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["namn", "e-post", "roll"], ["Anna", address, "rektor"]])

    assert [(one.column, one.code) for one in read_text(out.getvalue()).faults] == [("email", "no_address")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("<b>Anna</b>", "markup"),
        ("Anna\r\nBcc: x@x.se", "not_one_line"),
        ("A\u202enna", "not_one_line"),
        ("A" * 201, "too_long"),
    ],
)
def test_a_name_is_one_line_without_markup(name, code):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["namn", "e-post", "roll"], [name, "a@x.se", "rektor"]])

    assert [(one.column, one.code) for one in read_text(out.getvalue()).faults] == [("name", code)]


def test_headings_are_asked_for_and_none_is_guessed():
    assert faults_of("x", head="Namn;Skostorlek;Namn") == [
        (1, "name", "heading_twice", "Namn"),
        (1, "", "unknown_heading", "Skostorlek"),
        (1, "name", "heading_twice", "Namn"),
        (1, "email", "heading_missing", ""),
        (1, "role", "heading_missing", ""),
    ]


def test_a_personal_number_is_refused_and_not_shown_back():
    assert faults_of("Anna;a@x.se;samordnare;811228-9874;;;;;") == [(2, "place", "number_personal_number", "")]


def test_a_list_has_at_most_so_many_rows():
    rows = ["Anna;a@x.se;samordnare;;;;;;"] * (ROWS_MOST + 1)

    assert faults_of(*rows) == [(0, "", "too_many_rows", str(ROWS_MOST + 1))]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_rows"),
        (b"Namn;E-post;Roll\n", "no_rows"),
        (b"a\x00b", "nul"),
        (b'Namn;E-post;Roll\n"Anna;a@x.se', "broken_quotes"),
        (b"PK\x03\x04 no workbook", "no_workbook"),
        (b"x" * (people_rows.BYTES_MOST + 1), "too_large"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_one_word(content, code):
    assert [fault.code for fault in read_file("lista.csv", content).faults] == [code]


def test_windows_and_utf16_are_read_as_spreadsheets_write_them():
    text = "Namn;E-post;Roll\nÅsa Öberg;asa@x.se;rektor\n"

    read = [
        read_file("lista.csv", text.encode(encoding)).rows[0].name for encoding in ("cp1252", "utf-16", "utf-8-sig")
    ]

    assert read == ["Åsa Öberg"] * 3


def test_a_workbook_is_read_with_numbers_and_days_as_they_are_typed():
    from tests.registry.test_uploads import workbook

    content = workbook([
        ["Namn", "E-post", "Roll", "Orgnr", "Telefon", "Från"],
        ["Anna Ek", "anna@x.se", "Samordnare", 2120000142, 701234567, date(2026, 8, 1)],
    ])  # fmt: skip

    assert read_file("lista.csv", content).rows == (
        PersonRow(
            2, "Anna Ek", "anna@x.se", "coordinator", NUMBER, phone="701234567", from_on=date(2026, 8, 1)
        ),
    )  # fmt: skip


def test_rows_are_the_same_after_they_were_kept():
    rows = read_text(f"{HEAD}\nAnna;a@x.se;samordnare;{NUMBER};;;;2026-08-01;\nBo;b@x.se;rektor;;12345678;;;;").rows

    assert tuple(people_rows.from_stored(people_rows.to_stored(rows))) == rows
