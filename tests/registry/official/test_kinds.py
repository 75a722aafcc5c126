"""Each kind of file is recognised by what stands in it and read to cleaned rows."""

import hashlib
from datetime import date

import pytest

from samspel.registry.rules.official import Kind, Known, federation_key, read, read_many

from . import samples
from .samples import FEDERATION, PRIVATE_ORGANIZER, export, town


def brief(values):
    """The parts of values that tests speak of."""
    return [(v.indicator_key, v.subject_code, v.slice, v.sex, v.period_label, v.value, v.mark) for v in values]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (samples.pupils(), Kind.STATISTICS_MUNICIPALITY),
        (samples.kolada(), Kind.KOLADA),
        (samples.municipality_table(), Kind.MUNICIPALITIES),
        (samples.plain_table(), Kind.PLAIN_TABLE),
        (samples.register(), Kind.SCHOOL_UNIT_REGISTER),
        (b"namn,ort\nett,tv\xc3\xa5\n", Kind.UNKNOWN),
    ],
)
def test_a_kind_is_known_whatever_the_file_is_called(data, kind):
    assert [read(name, data).kind for name in ("x.csv", "Grundskola 2020.xlsx", "")] == [kind] * 3


def test_a_file_of_no_kind_gets_one_refusal_that_names_what_was_expected():
    found = read("namn.csv", b"namn,ort\nett,tv\xc3\xa5\n")

    assert [(e.code, e.expected, e.file) for e in found.errors] == [("unknown_kind", "known_kind", "namn.csv")]


def test_an_export_by_municipality_gives_a_value_and_a_mark_for_every_figure():
    found = read("a.csv", samples.pupils())

    assert brief(found.values) == [
        ("girls_share_grade_1_9", "1440", "all", "all", "2024/25", "47.8", "exact"),
        ("foreign_background", "1440", "all", "all", "2024/25", "24.3", "exact"),
        ("pupils_grade_1", "1440", "all", "all", "2024/25", "444", "exact"),
        ("pupils_grade_1_9", "1440", "all", "all", "2024/25", "4102", "exact"),
        ("girls_share_grade_1_9", "1440", "private", "all", "2024/25", None, "suppressed"),
        ("foreign_background", "1440", "private", "all", "2024/25", None, "interval"),
        ("pupils_grade_1", "1440", "private", "all", "2024/25", None, "missing"),
        ("pupils_grade_1_9", "1440", "private", "all", "2024/25", "0", "exact"),
    ]
    assert found.marks == {"exact": 5, "suppressed": 1, "interval": 1, "missing": 1}
    assert (found.rows, found.errors, found.title) == (2, (), "Grundskola - Antal elever per årskurs")
    assert found.digest == hashlib.sha256(samples.pupils()).hexdigest()


def test_values_say_their_row_in_the_file_and_what_stood_there_beside_a_number():
    values = read("a.csv", samples.pupils()).values

    assert [(v.row, v.note) for v in values[4:6]] == [(8, None), (8, "~100")]


@pytest.mark.parametrize("separator", [" ", "\u00a0", "\u202f"])
def test_a_thousand_may_be_parted_by_any_blank(separator):
    data = samples.pupils(f"{town('1440')};47,8;24,3;444;4{separator}102;")

    assert read("a.csv", data).values[-1].value == "4102"


def test_the_definition_that_held_in_the_period_goes_with_the_value():
    versions = {
        period: [v.definition_version for v in read("a", samples.pupils(period=f"Valt läsår: {period}")).values[:2]]
        for period in ("2021/22", "2022/23")
    }

    assert versions == {"2021/22": [1, 1], "2022/23": [1, 2]}


def test_groups_above_the_headings_part_girls_from_boys():
    data = export(
        "Grundskola - Betyg årskurs 6, andel som fått godkänt betyg (A-E), per kön",
        "Valt läsår: 2024/25",
        ";;;;;Flickor;Flickor;Pojkar;Pojkar;",
        "Kommun;Kommunkod;Län;Länskod;Typ av huvudman;Antal elever;Antal ämnesbetyg (genomsnitt);"
        "Antal elever;Antal ämnesbetyg (genomsnitt);",
        f"{town('0380')};217;17,1;228;17,0;",
    )

    assert [(v.indicator_key, v.sex, v.value) for v in read("a.csv", data).values] == [
        ("year_6_pupils", "girls", "217"),
        ("year_6_subjects_mean", "girls", "17.1"),
        ("year_6_pupils", "boys", "228"),
        ("year_6_subjects_mean", "boys", "17.0"),
    ]


def test_rows_by_sex_and_text_between_title_and_table():
    data = export(
        "Grundskola - Behörighet till gymnasieskolan, fr.o.m. 2011",
        "Valt läsår: 2024/25",
        "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Kön;Antal elever;Andel elever (%) behöriga till yrkesprog.;",
        f"{town('0380')};Flickor;214;83,2;",
        f"{town('0380')};Samtliga;434;81,6;",
        more=("", "En förklaring: med kolon;", "och en rad till."),
    )

    assert [(v.indicator_key, v.sex, v.value) for v in read("a.csv", data).values] == [
        ("year_9_pupils", "girls", "214"),
        ("eligible_vocational", "girls", "83.2"),
        ("year_9_pupils", "all", "434"),
        ("eligible_vocational", "all", "81.6"),
    ]


def test_each_subject_of_the_national_tests_is_an_indicator_of_its_own():
    data = export(
        "Grundskola - Resultat nationella prov årskurs 9, provbetyg per kön",
        "Valt läsår: 2023/24",
        ";;;;;;Andel (%) med provbetyg A-E;Andel (%) med provbetyg A-E;Genomsnittlig betygspoäng;",
        "Kommun;Kommun-kod;Län;Läns-kod;Typ av huvudman;Ämne;Totalt;Flickor;Totalt;",
        f"{town('0380')};Matematik;84,3;..;11,1;",
        f"{town('0380')};Svenska som andraspråk;~100;100,0;9,8;",
    )

    assert [(v.indicator_key, v.sex, v.value, v.mark) for v in read("a.csv", data).values] == [
        ("national_test_year_9_mathematics_share_passed", "all", "84.3", "exact"),
        ("national_test_year_9_mathematics_share_passed", "girls", None, "suppressed"),
        ("national_test_year_9_mathematics_grade_points", "all", "11.1", "exact"),
        ("national_test_year_9_swedish_second_language_share_passed", "all", None, "interval"),
        ("national_test_year_9_swedish_second_language_share_passed", "girls", "100.0", "exact"),
        ("national_test_year_9_swedish_second_language_grade_points", "all", "9.8", "exact"),
    ]


def test_a_workbook_over_time_has_a_column_per_school_year_and_a_sheet_per_slice():
    def sheet(part, merit):
        return [
            [], [], ["Grundskola - Jämförelse av betygsresultat över tid"], [f"Typ av huvudman: {part}"],
            ["Valt läsår: 2024/25"], [],
            ["Kommun", "Kommunkod", "Län", "Länskod", "Uppgift", "2024/25", "2023/24"],
            ["Ale", "1440", "Västra Götalands län", "14", "Genomsnittligt meritvärde (16)", merit, ".."],
            ["Ale", "1440", "Västra Götalands län", "14", "Genomsnittligt meritvärde (17 ämnen)", 223.0, 220.5],
        ]  # fmt: skip

    data = samples.workbook(Samtliga=sheet("Samtliga", 214.5), Enskild=sheet("Enskild", 230), Rapport=[["Text"]])

    assert brief(read("a.xlsx", data).values) == [
        ("merit_value_16", "1440", "all", "all", "2024/25", "214.5", "exact"),
        ("merit_value_16", "1440", "all", "all", "2023/24", None, "suppressed"),
        ("merit_value_17", "1440", "all", "all", "2024/25", "223", "exact"),
        ("merit_value_17", "1440", "all", "all", "2023/24", "220.5", "exact"),
        ("merit_value_16", "1440", "private", "all", "2024/25", "230", "exact"),
        ("merit_value_16", "1440", "private", "all", "2023/24", None, "suppressed"),
        ("merit_value_17", "1440", "private", "all", "2024/25", "223", "exact"),
        ("merit_value_17", "1440", "private", "all", "2023/24", "220.5", "exact"),
    ]


COSTS = (
    "Kommun;Kommunkod;Län;Läns-kod;Typ av huvudman;Genomsnittligt elevantal;Totalt;Övrigt per elev;",
    f"{town('1440', 'Kommunal')};3 827;526708;-600;",
    "Påhittade Utbildningsförbund,PUF;3214;;;Kommunal;89;24314;90 500;",
    "Annat Gymnasieförbund;;;;Kommunal;90;24315;90 600;",
)


def test_costs_are_of_a_calendar_year_and_a_federation_is_known_by_its_name():
    known = Known(federations={federation_key("PÅHITTADE UTBILDNINGSFÖRBUND"): FEDERATION})

    found = read("a.csv", export("Gymnasieskola - Kostnader per kommun", "Valt år: 2023", *COSTS), known)

    assert [(v.subject_kind, v.subject_code, v.period_label, v.value) for v in found.values] == [
        ("municipality", "1440", "2023", "3827"),
        ("municipality", "1440", "2023", "526708"),
        ("municipality", "1440", "2023", "-600"),
        ("organizer", FEDERATION, "2023", "89"),
        ("organizer", FEDERATION, "2023", "24314"),
        ("organizer", FEDERATION, "2023", "90500"),
    ]
    assert (found.rows, found.skipped, found.errors) == (3, {"unknown_federation": 1}, ())


UNITS = (
    "Skola;Skol-enhetskod;Skolkommun;Kommun-kod;Typ av huvudman;Huvudman;Huvudman orgnr;Antal elever;"
    "Andel (%) elever som uppfyllt kunskapskraven i alla ämnen;Genomsnittligt meritvärde (17)",
    f"Påhittade skolan;10000001;Ale;1440;Enskild;Påhittade skolor AB;{PRIVATE_ORGANIZER};..;.;231,5",
)
FINAL_GRADES = "Grundskola - Slutbetyg årskurs 9, samtliga elever"


def test_an_export_by_school_unit_brings_units_and_organizers_with_the_values():
    found = read("a.csv", export(FINAL_GRADES, "Valt läsår: 2024/25", *UNITS))

    assert found.kind is Kind.STATISTICS_SCHOOL_UNIT
    assert brief(found.values) == [
        ("year_9_pupils", "10000001", "all", "all", "2024/25", None, "suppressed"),
        ("all_subjects_passed", "10000001", "all", "all", "2024/25", None, "missing"),
        ("merit_value_17", "10000001", "all", "all", "2024/25", "231.5", "exact"),
    ]
    assert [(o.organization_number, o.type) for o in found.organizers] == [(PRIVATE_ORGANIZER, "private")]
    assert [(u.code, u.municipality_code) for u in found.school_units] == [("10000001", "1440")]


def test_a_file_saved_again_by_a_spreadsheet_reads_the_same():
    plain = export(FINAL_GRADES, "Valt läsår: 2024/25", *UNITS)
    padded = "\r\n".join(line + ";" * (9 - line.count(";")) for line in plain.decode().split("\n"))

    assert read("a.csv", padded.encode()).values == read("a.csv", plain).values


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
    ],
)
def test_encodings_and_line_ends_make_no_difference(change):
    text = samples.pupils().decode("utf-8-sig")

    assert read("a.csv", change(text)).values == read("a.csv", samples.pupils()).values


def test_the_day_the_figures_were_taken_out_is_kept():
    data = export("Grundskola - Antal elever per årskurs", "Valt läsår: 2024/25", samples.PUPILS_HEADING,
                  f"{town('1440')};47,8;24,3;444;4 102;", more=("Valt uttag: 2025-02-12",))  # fmt: skip

    assert read("a.csv", data).extracted_on == date(2025, 2, 12)


def test_salsa_tells_actual_expected_and_deviation_apart():
    data = export(
        "SALSA, skolenheter", "Valt läsår: 2018/19",
        ";;;;;;;Bakgrundsinformation;Genomsnittligt meritvärde;Genomsnittligt meritvärde;Genomsnittligt meritvärde;",
        "Skola;Skol-enhetskod;Skolkommun;Kommun-kod;Typ av huvudman;Huvudman;Huvudman orgnr;Andel (%) nyinvandrade;"
        "Faktiskt värde (F);Modell- beräknat värde (B);Residual (R=F-B);",
        f"Påhittade skolan;10000001;Ale;1440;Enskild;Påhittade skolor AB;{PRIVATE_ORGANIZER};3;220;251;-31;",
    )  # fmt: skip

    assert [(v.indicator_key, v.value) for v in read("a.csv", data).values] == [
        ("salsa_newly_arrived_share", "3"),
        ("salsa_merit_actual", "220"),
        ("salsa_merit_expected", "251"),
        ("salsa_merit_residual", "-31"),
    ]


def test_the_oldest_exports_quote_every_cell_and_end_only_the_heading_with_a_delimiter():
    data = export(
        "Salsa, skolenheter",
        "Valt läsår: 2012/13",
        ';;;;;;;"Andel (%) som uppn. kunskapskraven";',
        '"Skola";"Skol-enhetskod";"Skolkommun";"Kommun-kod";"Typ av huvudman";"Huvudman";"Huvudman orgnr";'
        '"Modell- beräknat värde (B)";',
        f'"Påhittade; skolan";"10000001";"Ale";"1440";"Ensk.";"Påhittade skolor AB";"{PRIVATE_ORGANIZER}";"85"',
    )
    found = read("a.csv", data)

    assert [(v.indicator_key, v.value) for v in found.values] == [("salsa_passed_expected", "85")]
    assert found.school_units[0].name == "Påhittade; skolan"


@pytest.mark.parametrize(
    ("kpi", "period"),
    [("n15505", "2019/20"), ("n15822", "2020/21"), ("n31807", "2020")],
    ids=["spring", "autumn", "year"],
)
def test_a_kolada_year_means_what_the_key_figure_says(kpi, period):
    values = read("a.csv", samples.kolada("1440,2020,12.5", kpi=kpi)).values

    assert [(v.indicator_key, v.period_label, v.value) for v in values] == [(f"kolada_{kpi}", period, "12.5")]


def test_kolada_tells_country_region_and_municipality_apart_and_an_empty_figure_is_missing():
    assert [(v.subject_kind, v.subject_code, v.mark) for v in read("a.csv", samples.kolada()).values] == [
        ("country", "0000", "exact"),
        ("region", "0001", "exact"),
        ("municipality", "1440", "exact"),
        ("municipality", "1440", "missing"),
    ]


def test_kolada_by_sex():
    data = b"geo,year,gender,n15505\n1440,2020,K,233.9\n1440,2020,M,207.7\n"

    assert [(v.sex, v.slice, v.value) for v in read("a.csv", data).values] == [
        ("girls", "municipal", "233.9"),
        ("boys", "municipal", "207.7"),
    ]


def test_the_municipality_table():
    first = read("a.csv", samples.municipality_table()).municipalities[0]

    assert (first.code, first.name, first.county_code, first.organization_number, first.population) == (
        "0114", "Upplands Väsby", "01", "2129990012", 49262,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Indikator;Kommunkod;Värde;År;Källa", "mother_tongue_other;1440;24,5;2024/25;Egen räkning"),
        ("indicator,subject,value,year,source", '"mother_tongue_other","1440","24.5","2024/2025","Egen räkning"'),
        ("Källa\tÅr\tVärde\tKod\tIndikator",
         "Egen räkning\t2024/25\t24,5\t1440\tAndel elever med annat modersmål än svenska"),
    ],
)  # fmt: skip
def test_a_plain_table_in_either_language_and_with_any_delimiter(heading, row):
    found = read("a.csv", samples.plain_table(row, heading=heading))

    assert [(*b, v.note) for b, v in zip(brief(found.values), found.values, strict=True)] == [
        ("mother_tongue_other", "1440", "all", "all", "2024/25", "24.5", "exact", "Egen räkning")
    ]


def test_a_plain_table_speaks_of_municipalities_organizers_and_school_units():
    rows = [f"pupils;{code};12;2024;Egen" for code in ("1440", PRIVATE_ORGANIZER, "559999-0016", "10000001")]
    found = read("a.csv", samples.plain_table(*rows[:2], rows[3]))

    assert [(v.subject_kind, v.subject_code) for v in found.values] == [
        ("municipality", "1440"),
        ("organizer", PRIVATE_ORGANIZER),
        ("school_unit", "10000001"),
    ]
    assert read("a.csv", samples.plain_table(rows[2])).values[0].subject_code == PRIVATE_ORGANIZER


def test_the_register_gives_organizers_and_units_with_school_forms_grades_and_pupils():
    found = read("a.xlsx", samples.register())

    assert [(o.organization_number, o.name, o.type, o.forms) for o in found.organizers] == [
        (PRIVATE_ORGANIZER, "Påhittade skolor AB", "private", ("GR",))
    ]
    unit = found.school_units[0]
    assert (unit.code, unit.name, unit.municipality_code, unit.orientation) == (
        "10000001", "Påhittade skolan", "1440", "Waldorf",
    )  # fmt: skip
    assert [(o.form, o.grades, o.pupils_by_grade, o.pupils) for o in unit.offerings] == [
        ("FKLASS", ("F",), (), 12),
        ("GR", ("1",), (("1", 20), ("2", 0)), 20),
    ]


def test_a_unit_on_several_sheets_is_one_unit_with_several_school_forms():
    found = read("a.xlsx", samples.register(Grundsärskola=[samples.UNIT_HEADING, samples.unit_row()]))

    assert [[o.form for o in unit.offerings] for unit in found.school_units] == [["FKLASS", "GR", "GRAN"]]
    assert found.rows == 3


def test_zip_files_are_opened_and_their_files_read_in_turn():
    packed = samples.archive(
        elever__csv=samples.pupils(), kolada__csv=samples.kolada(), register__xlsx=samples.register()
    )

    found = list(read_many([("allt.zip", packed), ("ensam.csv", samples.plain_table())]))

    assert [(f.name, f.kind.value) for f in found] == [
        ("elever.csv", "statistics_municipality"),
        ("kolada.csv", "kolada"),
        ("register.xlsx", "school_unit_register"),
        ("ensam.csv", "plain_table"),
    ]
