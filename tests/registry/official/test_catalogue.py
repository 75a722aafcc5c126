"""The catalogue is whole: every figure a report can carry is an indicator told of in both languages."""

import re

from samspel.registry.rules.official import indicators
from samspel.registry.rules.official.catalogue import report_of, reports, subjects_of_tests
from samspel.registry.rules.official.headings import federation_key, heading


def test_every_indicator_is_told_of_in_both_languages():
    for key, told in indicators().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]{1,79}", key)
        assert told.name_sv and told.name_en
        assert bool(told.caveat_sv) == bool(told.caveat_en)
        assert len(told.name_sv) <= 300
        assert "{" not in told.name_sv + told.name_en + told.caveat_sv + told.caveat_en


def test_every_heading_of_a_report_leads_to_an_indicator():
    slugs = subjects_of_tests().values()
    keys = {key.replace("{subject}", slug) for report in reports() for key in report.columns.values() for slug in slugs}

    assert keys - indicators().keys() == set()


def test_merit_values_of_16_and_of_17_subjects_are_two_indicators():
    assert [indicators()[f"merit_value_{n}"].most for n in (16, 17)] == [320, 340]


def test_a_series_breaks_where_its_definition_changes():
    told = indicators()["foreign_background"]

    assert (told.version, told.series_breaks, told.version_for("2021/22"), told.version_for("2022/23")) == (
        2, ("2022/23",), 1, 2,
    )  # fmt: skip
    assert "2015/16" in indicators()["kolada_n15505"].series_breaks


def test_the_longest_title_decides_the_report():
    assert report_of("Grundskola - Betyg årskurs 6, andel som fått godkänt betyg (A-E), per kön").columns
    assert report_of("Grundskola - Slutbetyg årskurs 9, exkl. nyinvandrade elever") is None
    assert report_of("") is None


def test_headings_that_drifted_are_one():
    assert heading("Andel (%) elever som uppnått kunskapskraven i alla ämnen") == heading(
        "Andel (%) elever som uppfyllt betygskriterierna i alla ämnen"
    )
    assert heading("Genomsnittligt meritvärde (17)") == heading("Genomsnittligt meritvärde (17 ämnen)")
    assert heading("Genomsnittligt meritvärde (16)") != heading("Genomsnittligt meritvärde (17)")


def test_a_federation_s_name_is_one_however_it_is_written():
    assert federation_key("Västerbergslagens Utbildningsförbund,Vbu") == federation_key(
        "VÄSTERBERGSLAGENS UTBILDNINGSFÖRBUND,VBU"
    )
    assert federation_key("Habo förbund") != federation_key("Håbo förbund")
