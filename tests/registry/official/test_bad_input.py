"""Every fault of a file names its place, what stood there and what was expected, and nothing of the file is kept."""

import pytest

from samspel.registry.rules.official import EXPECTED, FAULT_SENTENCES, Known, read
from samspel.registry.rules.official.faults import FAULTS_LISTED

from . import samples
from .samples import PRIVATE_ORGANIZER, PUPILS_HEADING, export, organizer_row, town, unit_row

KNOWN = Known(municipalities=samples.MUNICIPALITIES)
ROW = "47,8;24,3;444;4 102;"


def faults(data, known=KNOWN):
    """The errors as (code, row, column, stood, expected); a file with errors gives no rows to import."""
    found = read("fil", data, known)
    assert (found.values, found.organizers, found.school_units, found.municipalities) == ([], (), (), ())
    assert {e.code for e in found.errors} <= FAULT_SENTENCES.keys()
    assert {e.expected for e in found.errors} <= EXPECTED.keys()
    return [(e.code, e.row, e.column, e.stood, e.expected) for e in found.errors]


CODE, NAME, GIRLS = "Kommun-kod", "Kommun", "Andel (%) flickor, årskurs 1-9"
FIRST = "Elever, årskurs 1"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f"Ale;9999;Annat län;99;Samtliga;{ROW}", ("unknown_municipality", 7, CODE, "9999", "known_municipality")),
        (f"Uppsala;380;Uppsala län;03;Samtliga;{ROW}", ("code_without_zero", 7, CODE, "380", "municipality_code")),
        (f"Ale;144x;Län;14;Samtliga;{ROW}", ("bad_municipality_code", 7, CODE, "144x", "municipality_code")),
        (f"Uppsala;1440;Län;14;Samtliga;{ROW}", ("name_code_disagree", 7, NAME, "Uppsala 1440", "matching_name")),
        (f"Ale;1440;Län;03;Samtliga;{ROW}", ("bad_county_code", 7, "Läns-kod", "03", "county_of_municipality")),
        (f"=Ale;1440;Län;14;Samtliga;{ROW}", ("formula", 7, NAME, "=Ale", "value_not_formula")),
        (f";1440;Län;14;Samtliga;{ROW}", ("no_name", 7, NAME, "", "name")),
        (f"{town('1440', 'Alla')};{ROW}", ("unknown_slice", 7, "Typ av huvudman", "Alla", "one_of")),
        (f"{town('1440')};abc;24,3;444;4 102;", ("not_a_number", 7, GIRLS, "abc", "number_or_mark")),
        (f"{town('1440')};47.8;24,3;444;4 102;", ("not_a_number", 7, GIRLS, "47.8", "number_or_mark")),
        (f"{town('1440')};;24,3;444;4 102;", ("empty_cell", 7, GIRLS, "", "number_or_mark")),
        (f"{town('1440')};100,1;24,3;444;4 102;", ("over_the_top", 7, GIRLS, "100,1", "share_0_100")),
        (f"{town('1440')};47,8;24,3;-4;4 102;", ("negative_number", 7, FIRST, "-4", "number_not_negative")),
        (f"{town('1440')};47,8;24,3;4,5;4 102;", ("not_whole", 7, FIRST, "4,5", "whole_number")),
        (f"{town('1440')};47,8;24,3;=1+1;4 102;", ("formula", 7, FIRST, "=1+1", "value_not_formula")),
        (f"{town('1440')};47,8;24,3;@SUM(A1);4 102;", ("formula", 7, FIRST, "@SUM(A1)", "value_not_formula")),
        (f"{town('1440')};47,8;24,3;44444444444444;1;", ("number_too_large", 7, FIRST, "44444444444444", "number")),
        (f"{town('1440')};47,8;24,3;444", ("row_too_short", 7, "", "8", "cells_as_header")),
        (f"{town('1440')};{ROW};7", ("row_too_long", 7, "", "7", "cells_as_header")),
    ],
)
def test_a_cell_at_fault_is_named_with_row_column_and_what_was_expected(line, fault):
    assert faults(samples.pupils(line)) == [fault]


def test_the_same_subject_twice():
    assert faults(samples.pupils(f"{town('1440')};{ROW}", f"{town('1440')};{ROW}")) == [
        ("duplicate_row", 8, "", "municipality 1440 all all", "one_row_each")
    ]


def test_one_code_under_two_names_is_noticed_without_any_register():
    lines = (f"{town('1440')};{ROW}", f"Alingsås;1440;Västra Götalands län;14;Enskild;{ROW}")

    assert faults(samples.pupils(*lines), None) == [("name_code_disagree", 8, NAME, "Alingsås 1440", "matching_name")]


def test_every_fault_is_told_and_not_only_the_first():
    lines = (f"Ale;9999;Län;99;Samtliga;{ROW}", f"{town('1440')};abc;24,3;-1;4 102;")

    assert [(code, row) for code, row, *_ in faults(samples.pupils(*lines))] == [
        ("unknown_municipality", 7), ("not_a_number", 8), ("negative_number", 8),
    ]  # fmt: skip


def test_the_list_of_faults_ends_somewhere_but_the_count_does_not():
    found = read("fil", samples.kolada(*["9999,2020,1"] * (FAULTS_LISTED + 50)), KNOWN)

    assert (len(found.errors), found.error_count) == (FAULTS_LISTED, FAULTS_LISTED + 50)


def test_a_drifted_heading_is_named_beside_those_that_were_expected():
    data = samples.pupils(heading=PUPILS_HEADING.replace("utländsk bakgrund", "invandrarbakgrund"))
    found = read("fil", data)

    assert [(e.code, e.row, e.column, e.stood) for e in found.errors] == [
        ("unknown_column", 6, "G", "Andel (%) elever med invandrarbakgrund, åk 1-9")
    ]
    assert "Andel (%) elever med utländsk bakgrund, åk 1-9" in found.errors[0].among


@pytest.mark.parametrize(
    "heading",
    [
        PUPILS_HEADING.replace("Kommun-kod", "Kommunkod").replace("Läns-kod", "Länskod"),
        PUPILS_HEADING.replace("Andel (%) elever", "Andel elever (%)"),
        PUPILS_HEADING.upper(),
        PUPILS_HEADING.replace("Elever, årskurs 1;", "Elever,  årskurs\u00a01 ;"),
    ],
)
def test_known_drifts_of_headings_are_taken(heading):
    assert read("fil", samples.pupils(heading=heading)).values == read("fil", samples.pupils()).values


def test_a_missing_column_is_named():
    data = samples.pupils(f"Ale;1440;Län;14;{ROW}", heading=PUPILS_HEADING.replace("Typ av huvudman;", ""))

    assert [(e.code, e.row, e.among) for e in read("fil", data).errors] == [("missing_column", 6, ("Typ av huvudman",))]


def test_the_same_heading_twice():
    heading = PUPILS_HEADING.replace("Elever, årskurs 1-9", "Elever, årskurs 1")

    assert faults(samples.pupils(heading=heading)) == [("duplicate_column", 6, "", FIRST, "columns_once")]


def test_an_unknown_report_is_named():
    data = export("Förskola - Antal barn", "Valt läsår: 2024/25", PUPILS_HEADING, f"{town('1440')};{ROW}")

    assert faults(data) == [("unknown_report", 1, "", "Förskola - Antal barn", "one_of")]


@pytest.mark.parametrize(
    ("period", "fault"),
    [
        ("", ("no_period", 1, "", "", "period_line")),
        ("Valt läsår: i fjol", ("bad_period", 1, "", "i fjol", "period_line")),
        ("Valt läsår: 2024/26", ("bad_period", 1, "", "2024/26", "period_line")),
    ],
)
def test_the_period_is_never_guessed(period, fault):
    data = export("Grundskola - Antal elever per årskurs", period, PUPILS_HEADING, f"{town('1440')};{ROW}")

    assert faults(data) == [fault]


@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_file(data):
    assert faults(data) == [("empty_file", 0, "", "", "known_kind")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.pupils()[:-1].replace(b"Ale", b"A\0e"), "nul_bytes"),
        (b"\x81\x8d\x8f;" + samples.pupils(), "not_text"),
        (b"geo,year,n15505\n" + b"1" * 200_000, "line_too_long"),
        (b"PK\x03\x04" + b"x" * 500, "broken_workbook"),
        (samples.register()[:3000], "broken_workbook"),
        (b"x" * 50_000_001, "file_too_large"),
    ],
)
def test_what_is_no_table_at_all(data, code):
    assert [fault[0] for fault in faults(data)] == [code]


def test_a_table_without_rows():
    assert [fault[:2] for fault in faults(export("Grundskola - Antal elever per årskurs", "Valt läsår: 2024/25",
                                                 PUPILS_HEADING))] == [("no_data", 6)]  # fmt: skip
    assert [fault[:2] for fault in faults(b"geo,year,n15505\n")] == [("no_data", 0)]


@pytest.mark.parametrize("data", [samples.pupils(), samples.kolada(), samples.municipality_table()])
def test_a_file_cut_in_the_midst_of_its_last_row_is_never_imported(data):
    end = data.find(b"\n\nRapport")
    rows = data[: end if end > 0 else len(data)].rstrip()
    start = rows.rfind(b"\n")

    for cut in range(start + 2, len(rows)):
        assert read("fil", rows[:cut]).values == []
        assert read("fil", rows[:cut]).errors != ()


def test_rows_after_a_blank_one_are_not_lost_in_silence():
    data = samples.pupils(f"{town('1440')};{ROW}", "", f"{town('0380')};{ROW}")

    assert faults(data) == [("rows_after_blank", 9, "", "", "whole_file")]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("380,2020,1.0", ("code_without_zero", 2, "geo", "380", "municipality_code")),
        ("9999,2020,1.0", ("unknown_municipality", 2, "geo", "9999", "known_municipality")),
        ("0044,2020,1.0", ("unknown_region", 2, "geo", "0044", "region_code")),
        ("1440,20,1.0", ("bad_period", 2, "year", "20", "year")),
        ("1440,2020,-1.0", ("negative_number", 2, "n15505", "-1.0", "number_not_negative")),
        ("1440,2020,345", ("over_the_top", 2, "n15505", "345", "number_at_most")),
        ("1440,2020,=2", ("formula", 2, "n15505", "=2", "value_not_formula")),
        ("1440,2020", ("row_too_short", 2, "", "2", "cells_as_header")),
    ],
)
def test_kolada_rows_at_fault(row, fault):
    assert faults(samples.kolada(row)) == [fault]


def test_a_key_figure_that_is_not_in_the_catalogue_is_named():
    assert [fault[:4] for fault in faults(samples.kolada(kpi="n99999"))] == [("unknown_kpi", 1, "n99999", "n99999")]


@pytest.mark.parametrize(
    ("number", "code", "stood"),
    [
        ("212999-0013", "check_digit", "212999-0013"),
        ("2129990", "bad_organization_number", "2129990"),
        ("811231-1234", "personal_number", "••••••-••••"),
    ],
)
def test_the_municipality_table_checks_organization_numbers(number, code, stood):
    row = f"1440,Ale,Ale kommun,14,Västra Götalands län,{number},32000,2022"

    assert [fault[:4] for fault in faults(samples.municipality_table(row))] == [(code, 2, "orgnr", stood)]


def test_negative_population_and_foreign_county():
    row = "1440,Ale,Ale kommun,03,Uppsala län,212999-0020,-5,2022"

    assert [fault[:4] for fault in faults(samples.municipality_table(row))] == [
        ("bad_county_code", 2, "lanskod", "03"),
        ("negative_number", 2, "folkmangd", "-5"),
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("okänd;1440;1;2024;Egen", ("unknown_indicator", 2, "Indikator", "okänd", "one_of")),
        ("pupils;380;1;2024;Egen", ("code_without_zero", 2, "Kommunkod", "380", "municipality_code")),
        ("pupils;hej;1;2024;Egen", ("unknown_subject", 2, "Kommunkod", "hej", "subject_code")),
        ("pupils;5599990017;1;2024;Egen", ("check_digit", 2, "Kommunkod", "5599990017", "organization_number")),
        ("pupils;8112311234;1;2024;Egen", ("personal_number", 2, "Kommunkod", "••••••••••", "organization_not_person")),
        ("pupils;1440;-1;2024;Egen", ("negative_number", 2, "Värde", "-1", "number_not_negative")),
        ("pupils;1440;1;i år;Egen", ("bad_period", 2, "År", "i år", "year")),
        ("pupils;1440;1;2024;", ("no_source", 2, "Källa", "", "source")),
    ],
)
def test_plain_rows_at_fault(row, fault):
    assert faults(samples.plain_table(row)) == [fault]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"SKOLENHETSKOD": "1234"}, ("bad_school_unit_code", "SKOLENHETSKOD", "1234")),
        ({"KOMMUN": "440"}, ("code_without_zero", "KOMMUN", "440")),
        ({"KOMMUN": 380, "LÄN": "03"}, ("code_without_zero", "KOMMUN", "380")),
        ({"LÄN": "03"}, ("bad_county_code", "LÄN", "03")),
        ({"KOMMUNNAMN": "Uppsala"}, ("name_code_disagree", "KOMMUNNAMN", "1440")),
        ({"ORGANISATIONSNR": "5599990017"}, ("check_digit", "ORGANISATIONSNR", "5599990017")),
        ({"ORGANISATIONSNR": "8112311234"}, ("personal_number", "ORGANISATIONSNR", "••••••••••")),
        ({"ORGANISATIONSNR": samples.FEDERATION}, ("unknown_organizer", "ORGANISATIONSNR", samples.FEDERATION)),
        ({"ELEVER ÅR1": -3}, ("negative_number", "ELEVER ÅR1", "-3")),
        ({"ELEVER ÅR1": "'=1+1"}, ("not_a_number", "ELEVER ÅR1", "•••")),
        ({"ÅR1": "Ja"}, ("bad_flag", "ÅR1", "•••")),
        ({"NAMN": ""}, ("no_name", "NAMN", "")),
    ],
)
def test_register_rows_at_fault(changed, fault):
    found = read("fil", samples.register([unit_row(**changed)]), KNOWN)

    assert [(e.code, e.column, e.stood) for e in found.errors] == [fault]
    assert {(e.sheet, e.row) for e in found.errors} == {("Grundskola", 2)}


def test_the_same_unit_or_organizer_twice_on_a_sheet():
    data = samples.register([unit_row(), unit_row()], [organizer_row(), organizer_row()])

    assert faults(data) == [
        ("duplicate_row", 3, "ORGANISATIONSNR", PRIVATE_ORGANIZER, "one_row_each"),
        ("duplicate_row", 3, "SKOLENHETSKOD", "10000001", "one_row_each"),
    ]


def test_a_sheet_the_register_does_not_have_is_named():
    data = samples.register(Fritidsklubb=[samples.UNIT_HEADING, unit_row()])

    assert faults(data) == [("unknown_sheet", 0, "", "Fritidsklubb", "one_of")]


def test_a_formula_in_a_workbook_is_refused_where_a_number_is_expected():
    data = samples.register([unit_row(**{"ELEVER ÅR1": "@1+1"})])

    assert [fault[:3] for fault in faults(data)] == [("formula", 2, "ELEVER ÅR1")]


def test_a_slipped_row_keeps_its_unit_but_not_its_numbers():
    found = read("fil", samples.register([unit_row(**{"ELEVER FKLASS": "N"})]), KNOWN)

    assert [(o.form, o.pupils) for o in found.school_units[0].offerings] == [("FKLASS", None), ("GR", None)]
    assert [(n.code, n.row, n.column, n.stood) for n in found.notices] == [("odd_cell", 2, "ELEVER FKLASS", "N")]


def test_sentences_and_phrases_have_only_the_places_that_are_filled():
    for sentence in FAULT_SENTENCES.values():
        assert "{" not in sentence.format(stood="x", expected="y")
    for phrase in EXPECTED.values():
        assert "{" not in phrase.format(among="x")
