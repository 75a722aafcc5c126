"""The definitions that come with the program: whole, in both languages, leading nowhere that is not there."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from samspel.forms.queries.handed import prefill_sources
from samspel.forms.rules.conditions import asked
from samspel.forms.rules.definitions import (
    Column,
    Definition,
    Question,
    Text,
    Type,
    as_data,
    digest_of,
    faults_of,
    read,
)
from samspel.registry.models import Role
from samspel.registry.rules.official.catalogue import indicators

FOLDER = resources.files("samspel.forms") / "definitions"
FILES = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".toml"))
SLUGS = {
    "arsredovisning-natverksledare",
    "arsredovisning-samordnare",
    "atgardsplan",
    "delredovisning",
    "nulagesanalys-forskola",
    "nulagesanalys-huvudman",
    "nulagesanalys-skola",
    "slutredovisning",
    "utvardering-evenemang",
    "utvecklingsplan",
}
# Written once; what a higher app counts on, and what a later version carries over by.
KEYS_KEPT = {
    "nulagesanalys-huvudman": {"strengths", "problems", "causes", "development_areas", "voice_says"},
    "nulagesanalys-skola": {"strengths", "problems", "causes", "development_areas", "voice_helps"},
    "nulagesanalys-forskola": {"strengths", "problems", "causes", "development_areas", "voice_says"},
    "atgardsplan": {"causes", "measures", "goals", "effects", "applied_amount", "budget"},
    "utvecklingsplan": {"problems", "measures", "needs", "needs_words"},
    "delredovisning": {"measures", "effects", "agreed_amount", "economy_rows", "economy_deviates", "deviation_words"},
    "slutredovisning": {"measures", "effects", "changed_ways", "changed_organization", "continued_work"},
    "arsredovisning-samordnare": {"measures", "effects", "effect_grounds", "needs"},
    "arsredovisning-natverksledare": {"meetings", "reports_received", "needs", "effects", "is_deidentified"},
    "utvardering-evenemang": {"whole", "useful", "take_home"},
}
LONGEST_SENTENCE = 25
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "form-definitions.md"

each_file = pytest.mark.parametrize("name", FILES)


def words_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def definition_of(name: str) -> Definition:
    return read(tomllib.loads(words_of(name)))


def texts(found: Definition) -> Iterator[tuple[str, Text]]:
    """Every text in the definition, with where it stands."""
    yield from (("name", found.name), ("purpose", found.purpose), ("instruction", found.instruction))
    yield "personal_data", found.personal_data.purpose
    for section in found.sections:
        yield from ((section.key, section.title), (section.key, section.help))
        for question in section.questions:
            yield from _texts_of(question.key, question)
            yield from ((question.key, question.low), (question.key, question.high))
            for column in question.columns:
                yield from _texts_of(f"{question.key}/{column.key}", column)


def _texts_of(where: str, asks: Question | Column) -> Iterator[tuple[str, Text]]:
    yield from ((where, asks.label), (where, asks.help), (where, asks.unit))
    yield from ((f"{where}={option.key}", option.label) for option in asks.options)


def everything_asked(found: Definition) -> Iterator[tuple[str, Question | Column]]:
    for question in found.questions.values():
        yield question.key, question
        yield from ((f"{question.key}/{column.key}", column) for column in question.columns)


def test_the_ten_definitions_are_there() -> None:
    assert {definition_of(name).slug for name in FILES} == SLUGS == set(KEYS_KEPT)


@each_file
def test_a_definition_reads_without_faults_and_is_named_as_its_file(name: str) -> None:
    data = tomllib.loads(words_of(name))
    assert faults_of(data) == ()
    assert read(data).slug == name.removesuffix(".toml")


@each_file
def test_a_definition_is_the_same_after_it_was_written_and_read_again(name: str) -> None:
    found = definition_of(name)
    assert digest_of(read(as_data(found))) == digest_of(found)


@each_file
def test_a_definition_says_first_what_it_builds_on_and_that_no_template_was_at_hand(name: str) -> None:
    heading = words_of(name).split("\n\n")[0].replace("\n# ", " ")
    assert heading.startswith("# ")
    assert "Builds on" in heading
    assert re.search(r"no official template is among the sources|template.* is not among the sources", heading)


@each_file
def test_every_text_stands_in_both_languages(name: str) -> None:
    assert [where for where, text in texts(definition_of(name)) if bool(text.sv) != bool(text.en)] == []


@each_file
def test_no_sentence_is_long(name: str) -> None:
    long = [
        (where, sentence)
        for where, text in texts(definition_of(name))
        for words in (text.sv, text.en)
        for sentence in re.split(r"(?<=[.!?])\s+", words)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert long == []


@each_file
def test_a_definition_tells_why_and_how_and_how_long_personal_data_are_kept(name: str) -> None:
    found = definition_of(name)
    assert found.purpose and found.instruction and found.personal_data.purpose
    assert 0 < found.personal_data.keep_months <= 60


@each_file
def test_roles_exist_and_whoever_may_submit_may_write_or_answers_for_the_organizer(name: str) -> None:
    found = definition_of(name)
    assert {*found.writers, *found.submitters} <= set(Role.values)
    assert set(found.submitters) - set(found.writers) <= {Role.AUTHORIZED_SIGNATORY, Role.CHIEF_EDUCATION_OFFICER}
    assert bool(found.submitters) == bool(found.writers) == bool(found.subject)


@each_file
def test_nobody_at_the_agency_writes_or_submits(name: str) -> None:
    found = definition_of(name)
    agency = {Role.PROCESS_SUPPORTER, Role.EDUCATION_OFFICER, Role.DECISION_MAKER, Role.EVALUATOR, Role.EDITOR}
    assert not agency & {*found.writers, *found.submitters}


@each_file
def test_what_is_filled_in_beforehand_has_a_source_and_what_is_fixed_is_filled_in(name: str) -> None:
    known = {source for source, _ in prefill_sources.items()}
    for question in definition_of(name).questions.values():
        if question.prefill:
            assert question.prefill in known, question.key
        assert question.prefill or not question.is_fixed, question.key


@each_file
def test_indicators_are_in_the_registers_catalogue(name: str) -> None:
    asked_for = {each.indicator for each in definition_of(name).questions.values() if each.indicator}
    assert asked_for <= set(indicators())


@each_file
def test_long_texts_have_a_word_limit_and_short_ones_in_tables_a_length(name: str) -> None:
    for where, asks in everything_asked(definition_of(name)):
        if asks.type == Type.LONG_TEXT:
            assert asks.limits.max_words, where
        if asks.type == Type.SHORT_TEXT and isinstance(asks, Column):
            assert asks.limits.max_characters, where


@each_file
def test_tables_have_few_columns_and_one_that_must_be_answered(name: str) -> None:
    for question in definition_of(name).questions.values():
        if question.type == Type.ROWS:
            most = 4 if name.startswith(("nulagesanalys", "arsredovisning", "utvardering")) else 6
            assert 2 <= len(question.columns) <= most, question.key
            assert any(column.is_required for column in question.columns), question.key
            assert question.pdf_rows <= question.most_rows, question.key


@pytest.mark.parametrize("slug", ["atgardsplan", "delredovisning", "slutredovisning"])
def test_money_is_asked_for_by_measure_and_kind_of_cost_and_summed(slug: str) -> None:
    found = definition_of(f"{slug}.toml")
    tables = [each for each in found.questions.values() if any(c.type == Type.MONEY for c in each.columns)]
    assert len(tables) == 1
    assert {"measure", "cost_kind"} <= {column.key for column in tables[0].columns}
    assert all(column.has_sum for column in tables[0].columns if column.type == Type.MONEY)


def test_costs_are_of_the_same_kinds_in_the_plan_and_in_the_reports() -> None:
    tables = {"atgardsplan": "budget", "delredovisning": "economy_rows", "slutredovisning": "economy_rows"}
    kinds = [definition_of(f"{slug}.toml").questions[table].column("cost_kind") for slug, table in tables.items()]
    assert all(kinds)
    assert len({column.options for column in kinds if column}) == 1


@pytest.mark.parametrize("slug", sorted(slug for slug in SLUGS if slug.startswith("nulagesanalys")))
def test_an_analysis_asks_for_strengths_for_voices_and_for_causes_that_can_be_influenced(slug: str) -> None:
    found = definition_of(f"{slug}.toml")
    assert found.questions["strengths"].is_required
    assert found.section("voices") is not None
    influence = found.questions["causes"].column("influence")
    assert influence and [option.key for option in influence.options] == ["yes", "partly", "no"]
    assert not found.is_private


def test_what_goes_to_the_network_leader_alone_is_not_read_at_the_agency() -> None:
    private = {found.slug for found in map(definition_of, FILES) if found.is_private}
    assert private == {"arsredovisning-samordnare", "utvecklingsplan"}


@pytest.mark.parametrize("slug", ["delredovisning", "slutredovisning", "arsredovisning-samordnare"])
def test_an_effect_may_be_uncertain(slug: str) -> None:
    for question in definition_of(f"{slug}.toml").questions.values():
        column = question.column("contribution")
        if column:
            assert [option.key for option in column.options] == ["contributed", "uncertain", "none"]
            assert question.column("evidence")
            break
    else:
        pytest.fail("no question asks how much a measure contributed")


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_keys_that_others_count_on_are_kept(slug: str) -> None:
    assert set(definition_of(f"{slug}.toml").questions) >= KEYS_KEPT[slug]


@each_file
def test_most_of_a_form_is_asked_of_somebody_who_has_answered_nothing(name: str) -> None:
    found = definition_of(name)
    assert len(asked(found, {})) * 10 >= len(found.questions) * 7


def test_an_interim_report_asks_about_a_deviation_only_where_there_is_one() -> None:
    found = definition_of("delredovisning.toml")
    assert not {"deviation_words", "unused"} & asked(found, {"economy_deviates": "no"})
    assert {"deviation_words", "unused"} <= asked(found, {"economy_deviates": "change_needed"})


def test_the_definition_in_the_guide_reads_without_faults() -> None:
    example = re.search(r"```toml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert example and faults_of(tomllib.loads(example[1])) == ()


def test_the_guide_tells_of_every_shipped_definition_type_and_source() -> None:
    words = GUIDE.read_text(encoding="utf-8")
    sources = {name for name, _ in prefill_sources.items() if not name.endswith("*")}
    assert [each for each in (*SLUGS, *Type, *sources) if f"`{each}`" not in words] == []
