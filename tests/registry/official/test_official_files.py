"""The official files themselves import, with the counts stated for them."""

import csv
from collections import Counter

import pytest

from samspel.registry.rules.official import Known, federation_key, indicators, read

pytestmark = pytest.mark.official_files


@pytest.fixture(scope="session")
def towns(official_files):
    found = read_path(official_files / "municipalities/kommuner.csv").municipalities
    return {town.code: town.name for town in found}


@pytest.fixture(scope="session")
def register(official_files, towns):
    return read_path(next(official_files.glob("school_units/*.xlsx")), Known(municipalities=towns))


@pytest.fixture(scope="session")
def known(towns, register):
    federations = [organizer for organizer in register.organizers if organizer.type == "municipal_federation"]
    return Known(towns, {federation_key(o.name): o.organization_number for o in federations})


def read_path(path, known=None):
    return read(path.name, path.read_bytes(), known)


def exports(folder, pattern, known):
    """The exports whose name fits, as read, by name."""
    found = {path.name: read_path(path, known) for path in sorted(folder.glob(f"skolverket_export/{pattern}"))}
    assert {name: file.errors for name, file in found.items()} == dict.fromkeys(found, ())
    return found


def shape(files):
    """Rows, period and number of values of each file, in the order of their names."""
    return [(f.rows, sorted({v.period_label for v in f.values})[-1], len(f.values)) for f in files.values()]


def test_the_municipality_table_has_all_290(official_files):
    found = read_path(official_files / "municipalities/kommuner.csv")

    assert (found.kind, found.rows, found.errors) == ("municipalities", 290, ())
    assert len({town.code for town in found.municipalities}) == 290
    assert sum(town.population for town in found.municipalities) == 10_521_556


def test_the_register_has_its_organizers_and_units(register):
    found = register

    assert (found.kind, found.errors, len(found.organizers), len(found.school_units)) == (
        "school_unit_register", (), 1132, 7484,
    )  # fmt: skip
    assert found.rows == 4894 + 738 + 10 + 5 + 1330 + 262 + 390 + 369 + 211 + 1132
    assert Counter(o.type for o in found.organizers) == {
        "municipality": 290, "municipal_federation": 11, "region": 8, "special_school_agency": 1,
        "sami_school_board": 1, "private": 821,
    }  # fmt: skip
    forms = Counter(offering.form for unit in found.school_units for offering in unit.offerings)
    assert {form: forms[form] for form in ("GRAN", "SP", "SAM", "GY", "GYAN", "VUX", "VUXSFI", "VUXAN")} == {
        "GRAN": 738, "SP": 10, "SAM": 5, "GY": 1330, "GYAN": 262, "VUX": 390, "VUXSFI": 369, "VUXAN": 211,
    }  # fmt: skip


def test_the_register_s_two_slipped_rows_are_noticed(register):
    assert [(n.sheet, n.row, n.column) for n in register.notices] == [
        ("Gymnasieskola", 1010, "INRIKTNING"),
        ("Gymnasieskola", 1010, "ELEVER BARN O FRITID"),
        ("Gymnasiesärskola", 193, "AE"),
    ]


def test_pupils_by_grade_are_autumn_counts(official_files, known):
    assert shape(exports(official_files, "*Antal elever per årskurs*.csv", known)) == [
        (779, "2020/21", 10127), (780, "2021/22", 10140), (777, "2022/23", 10101), (778, "2023/24", 10114),
        (778, "2024/25", 10114),
    ]  # fmt: skip


def test_grades_of_year_6_are_spring_figures(official_files, known):
    assert shape(exports(official_files, "*Betyg årskurs 6*samtliga elever*.csv", known)) == [
        (762, "2019/20", 3810), (759, "2020/21", 3795), (763, "2021/22", 3815), (763, "2022/23", 3815),
        (761, "2023/24", 3805), (761, "2024/25", 3805),
    ]  # fmt: skip


def test_the_same_report_as_text_and_as_workbook_holds_the_same_figures(official_files, known):
    text, book = exports(official_files, "*per kön 2025 Kommun.*", known).values()

    def figures(file):
        return [(*v[:8], v.value and float(v.value), v.mark) for v in file.values]

    assert (text.rows, len(text.values)) == (761, 7610)
    assert figures(text) == figures(book)


def test_the_workbook_over_time_has_ten_school_years_and_three_slices(official_files, known):
    (found,) = exports(official_files, "*över tid*.xlsx", known).values()

    assert found.rows == 2610 + 2610 + 1251
    assert Counter(v.slice for v in found.values) == {"all": 26100, "municipal": 26100, "private": 12510}
    assert sorted({v.period_label for v in found.values}) == [f"{year}/{year - 1999}" for year in range(2015, 2025)]
    assert {(v.slice, v.subject_code) for v in found.values if v.slice != "private"} == {
        (part, code) for part in ("all", "municipal") for code in known.municipalities
    }
    assert len({v.subject_code for v in found.values if v.slice == "private"}) == 139


def test_staff_national_tests_and_eligibility(official_files, known):
    assert shape(exports(official_files, "*Personalstatistik*.csv", known)) == [
        (767, "2020/21", 6136), (767, "2021/22", 6136), (770, "2022/23", 6160), (770, "2023/24", 6160),
        (769, "2024/25", 6152),
    ]  # fmt: skip
    assert shape(exports(official_files, "*nationella prov*.csv", known)) == [
        (2036, "2017/18", 24432), (2798, "2021/22", 33576), (2785, "2022/23", 33420), (2792, "2023/24", 33504),
    ]  # fmt: skip
    assert shape(exports(official_files, "behorighet*.csv", known)) == [(2139, "2024/25", 10695)]


def test_staff_files_say_when_the_figures_were_taken_out(official_files, known):
    found = exports(official_files, "*Personalstatistik*2024*.csv", known)

    assert [f.extracted_on.isoformat() for f in found.values()] == ["2025-02-12"]


def test_costs_are_of_the_290_and_of_the_federations_the_register_knows(official_files, known):
    files = exports(official_files, "*Kostnader*.csv", known)

    assert shape(files) == [(290, "2024", 2900), (300, "2020", 3000), (299, "2021", 2990), (299, "2023", 2980)]
    assert [Counter(v.subject_kind for v in f.values)["organizer"] for f in files.values()] == [0, 100, 90, 80]
    # A federation formed after the register's date.
    assert [dict(f.skipped) for f in files.values()] == [{}, {}, {}, {"unknown_federation": 1}]


def test_costs_import_also_where_no_federation_is_known(official_files):
    files = exports(official_files, "Gymnasieskola*Kostnader*.csv", None)

    assert [dict(f.skipped) for f in files.values()] == [
        {"unknown_federation": 10}, {"unknown_federation": 9}, {"unknown_federation": 9},
    ]  # fmt: skip


def test_final_grades_by_school_unit(official_files, known):
    (found,) = exports(official_files, "*Skolenhet.csv", known).values()

    assert (found.kind, found.rows, len(found.school_units), len(found.values)) == (
        "statistics_school_unit", 1714, 1714, 6856,
    )  # fmt: skip


def test_withheld_values_are_never_zero(official_files, known):
    for file in exports(official_files, "*.csv", known).values():
        assert {v.value for v in file.values if v.mark in ("missing", "suppressed", "interval")} <= {None}


# Rows and blank figures by key figure, as counted when the files were collected.
KOLADA = """
N01951 9048 12; N15505 2328 0; N15506 2328 1341; N15507 2328 1; N15419 7275 9; N15420 7275 5147; N15425 3492 5;
N15426 3492 3; N15427 3492 3; N15436 7275 91; N15432 7275 5423; N15433 3492 63; N15434 3492 63; N15435 3492 76;
N15561 2328 3; N15562 2328 1400; N15564 2328 135; N15565 2328 1660; N15567 2328 1; N15568 2328 1347; U15457 2327 9;
U15459 2327 8; U15461 2327 46; N15820 4075 2; N15822 4075 2; N15824 4075 1647; N15826 4075 2293; N15901 3201 94;
N15902 3201 5; N15903 3201 2295; N01982 6998 0; N15813 2328 1; N15814 2328 1; N15815 2222 744; N15034 7839 3;
N15809 7566 9; N15810 7566 3060; N15829 4365 0; N17479 2619 738; N17902 4648 971; N17833 7548 2134; N17831 7548 2009;
N66077 3744 0; U31803 3775 67; N31807 9037 74; N02926 7611 7; N02006 5228 5; N01986 5228 5; U30464 291 19;
N15613 291 143; N15643 291 142
"""
KOLADA_BY_SEX = "N15505 4656 31; N15419 14550 114; N15436 14550 913"


@pytest.mark.parametrize(("folder", "counts"), [("geo--year", KOLADA), ("geo--gender--year", KOLADA_BY_SEX)])
def test_every_kolada_file_has_its_rows_and_blanks(official_files, known, folder, counts):
    found = {}
    for path in official_files.glob(f"kolada/datapoints_by--{folder}/*.csv"):
        file = read_path(path, known)
        assert (file.kind, file.errors) == ("kolada", ())
        assert len({v.subject_code for v in file.values if v.subject_kind == "municipality"}) == 290
        kpi = indicators()[file.values[0].indicator_key].kolada
        found[kpi] = f"{kpi} {file.rows} {file.marks.get('missing', 0)}"

    assert sorted(found.values()) == sorted(line.strip() for line in counts.replace("\n", " ").split(";"))


def test_every_key_figure_of_the_list_is_in_the_catalogue(official_files):
    with (official_files / "kolada/kpi_metadata.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["concept"] for row in csv.DictReader(file)}

    assert listed == {definition.kolada for definition in indicators().values() if definition.kolada}


def test_kolada_and_skolverket_agree_where_they_measure_the_same(official_files, known):
    """The spring meaning of a Kolada year: its merit value is Skolverket's of the school year that ends in it."""
    (skolverket,) = exports(official_files, "*över tid*.xlsx", known).values()
    path = official_files / "kolada/datapoints_by--geo--year/ddf--datapoints--n15505--by--geo--year.csv"
    kolada = {(v.subject_code, v.period_label): v.value for v in read_path(path, known).values}
    differ = Counter(
        v.period_label
        for v in skolverket.values
        if v.indicator_key == "merit_value_17" and v.slice == "municipal" and v.value
        if (other := kolada.get((v.subject_code, v.period_label))) and abs(float(other) - float(v.value)) > 0.11
    )

    assert {label for label, count in differ.items() if count > 10} == {"2015/16"}


@pytest.mark.parametrize(
    "name",
    [
        "kolada/kpi_metadata.csv", "municipalities/lan.csv", "municipalities/original_sjbrg/municipalities.csv",
        "municipalities/original_sjbrg/counties.csv", "municipalities/original_sjbrg/municipality_county.csv",
        "municipalities/original_sjbrg/LICENSE", "school_units/huvudman_2020-06-01.csv",
        "school_units/skolenheter_2020-06-01.csv", "school_units/resursskolor_2023-11.csv",
        "salsa/salsa_per_skolenhet_2024-25.csv", "calendar/helgdagar_2015-2035.csv",
        "domain/seed_natverkskonferens_2020-10.csv",
    ],
)  # fmt: skip
def test_what_is_no_official_file_of_these_kinds_is_refused_politely(official_files, name):
    found = read_path(official_files / name)

    assert (found.kind, [(e.code, e.expected) for e in found.errors]) == ("unknown", [("unknown_kind", "known_kind")])


def test_no_two_official_files_say_different_things_of_the_same_figure(official_files, known):
    told, differ, twice = {}, [], 0
    paths = [*official_files.glob("skolverket_export/*"), *official_files.glob("kolada/datapoints*/*.csv")]
    for path in sorted(paths):
        for v in read_path(path, known).values:
            figure = (v.value and float(v.value), v.mark)
            first = told.setdefault((v.indicator_key, *v[2:6], v.period_label), figure)
            twice += first is not figure
            if first != figure:
                differ.append((path.name, v))

    assert (differ, twice) == ([], 9036)
