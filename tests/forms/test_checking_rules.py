"""Everything that keeps an answer from being submitted is told, with where to go, and only of what is asked."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

import samspel.forms
from samspel.forms.queries.words import FAULTS, MISSING, SENTENCES, VALUES, said
from samspel.forms.rules.checking import Missing, by_section, check
from samspel.forms.rules.definitions import read
from samspel.testing.examples import many
from tests.forms.conftest import BODY
from tests.forms.made_definitions import definitions
from tests.forms.test_definition_rules import OPTIONS, form, question

WHOLE = {"summary": "Skolorna har kommit olika långt."}


def found(fields, *questions):
    return [(one.path, one.code, one.detail) for one in check(read(form(*questions)), fields)]


def test_an_answer_with_all_that_is_required_can_be_submitted():
    assert check(read(BODY), WHOLE) == []


def test_what_is_required_and_missing_is_told_with_its_path_and_section():
    assert check(read(BODY), {}) == [Missing("summary", "background", "required")]


def test_what_is_missing_stands_by_section():
    two = {"key": "second", "title": "Sen", "questions": [question("b", is_required=True)]}
    data = form(question("a", is_required=True))
    data["sections"].append(two)
    everything = check(read(data), {})

    assert by_section(everything) == {"first": [everything[0]], "second": [everything[1]]}
    assert by_section(check(read(data), {"b": "x"})) == {"first": [everything[0]]}


def test_nothing_is_asked_of_a_question_that_is_not_asked():
    gate = question("gate", "one_of", options=OPTIONS)
    inner = question("inner", is_required=True, max_words=1, asked_when={"question": "gate", "is": "yes"})

    assert found({"gate": "no", "inner": "two words"}, gate, inner) == []
    assert found({"gate": "yes"}, gate, inner) == [("inner", "required", "")]
    assert found({"gate": "yes", "inner": "two words"}, gate, inner) == [("inner", "too_many_words", "2/1")]


def test_what_must_be_answered_on_a_condition_is_missing_when_it_holds():
    gate = question("gate", "one_of", options=OPTIONS)
    when = question("when", required_when={"question": "gate", "is": "yes"})

    assert found({"gate": "yes"}, gate, when) == [("when", "required", "")]
    assert found({"gate": "no"}, gate, when) == []


def test_what_stands_fixed_and_unknown_keeps_nobody_waiting():
    assert found({}, question("fixed", is_required=True, prefill="organizer.name", is_fixed=True)) == []


@pytest.mark.parametrize(
    ("asked", "value", "code", "detail"),
    [
        ({"type": "long_text", "max_words": 3}, "one two three four", "too_many_words", "4/3"),
        ({"type": "short_text", "max_characters": 5}, "åäöåäö", "too_many_characters", "6/5"),
        ({"type": "number", "least": 10}, "9", "below", "10"),
        ({"type": "number", "most": "12.5", "decimals": 1}, "12.6", "above", "12,5"),
        ({"type": "money", "least": 1_000_000}, 999_999, "below", "10\u00a0000"),
        ({"type": "money", "most": 1_000_050}, 1_000_051, "above", "10\u00a0000,50"),
        ({"type": "date", "least": "2026-01-01"}, "2025-12-31", "before", "2026-01-01"),
        ({"type": "date", "most": "2026-12-31"}, "2027-01-01", "after", "2026-12-31"),
        ({"type": "number"}, "many", "kind", ""),
        ({"type": "number"}, 3, "kind", ""),
        ({"type": "money"}, "12 500", "kind", ""),
        ({"type": "one_of", "options": OPTIONS}, "gone", "kind", ""),
        ({"type": "several_of", "options": OPTIONS}, "yes", "kind", ""),
        ({"type": "scale", "least": 1, "most": 5}, 6, "kind", ""),
    ],
)  # fmt: skip
def test_a_limit_that_is_broken_is_told(asked, value, code, detail):
    assert found({"what": value}, question(**asked)) == [("what", code, detail)]


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ({"type": "long_text", "max_words": 3}, "one two three"),
        ({"type": "number", "least": 10, "most": 10}, "10"),
        ({"type": "money", "most": 0}, 0),
        ({"type": "date", "least": "2026-01-01", "most": "2026-01-01"}, "2026-01-01"),
    ],
)
def test_at_the_limit_all_is_well(asked, value):
    assert found({"what": value}, question(**asked)) == []


# Tables

COLUMNS = [
    question("what", is_required=True),
    question("cost", "money", has_sum=True, most=500_000),
    question("hours", "number"),
]


def table(**more):
    return question("table", "rows", columns=COLUMNS) | more


def rows(*costs):
    fields = {}
    for number, cost in enumerate(costs, 1):
        fields |= {f"table/r{number}": number, f"table/r{number}/what": "x", f"table/r{number}/cost": cost}
    return fields


def test_a_required_table_needs_a_row_with_something_in_it():
    assert found({}, table(is_required=True)) == [("table", "required", "")]
    assert found({"table/r1": 1}, table(is_required=True)) == [("table", "required", "")]
    assert found(rows(1), table(is_required=True)) == []


def test_a_table_with_too_few_rows_says_how_many():
    assert found({}, table(least_rows=3)) == []
    assert found({}, table(least_rows=3, is_required=True)) == [("table", "too_few_rows", "0/3")]
    assert found(rows(1, 2), table(least_rows=3)) == [("table", "too_few_rows", "2/3")]


def test_a_table_with_too_many_rows_says_how_many():
    assert found(rows(1, 2, 3), table(most_rows=2)) == [("table", "too_many_rows", "3/2")]


def test_a_required_cell_is_missing_in_a_row_that_is_begun_and_not_in_an_empty_one():
    fields = {"table/a": 1, "table/a/cost": 100, "table/b": 2}

    assert found(fields, table()) == [("table/a/what", "required", "")]


def test_a_cell_keeps_within_the_column_s_bounds():
    assert found(rows(1, 500_001), table()) == [("table/r2/cost", "above", "5\u00a0000")]


def test_a_cell_of_the_wrong_kind_is_told_and_not_summed():
    frame = question("frame", "money")

    assert found({**rows("much"), "frame": 1}, frame, table(sum_at_most=["cost", "frame"])) == [
        ("table/r1/cost", "kind", "")
    ]


def test_a_sum_above_its_limit_is_told():
    frame, asked = question("frame", "money"), table(sum_at_most=["cost", "frame"])

    assert found({**rows(60_000, 40_001), "frame": 100_000}, frame, asked) == [
        ("table", "sum_above", "1\u00a0000,01/1\u00a0000")
    ]
    assert found({**rows(60_000, 40_000), "frame": 100_000}, frame, asked) == []
    assert found(rows(60_000, 40_000), frame, asked) == []


def test_a_sum_is_not_held_against_a_question_that_is_not_asked():
    gate = question("gate", "one_of", options=OPTIONS)
    frame = question("frame", "money", asked_when={"question": "gate", "is": "yes"})
    asked = table(sum_at_most=["cost", "frame"])

    assert found({**rows(2), "frame": 1, "gate": "no"}, gate, frame, asked) == []
    assert len(found({**rows(2), "frame": 1, "gate": "yes"}, gate, frame, asked)) == 1


anything = st.none() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2) | st.booleans()


@settings(max_examples=many(100), deadline=None)
@given(definitions(), st.data())
def test_whatever_is_kept_the_check_tells_it(data, draw):
    definition = read(data)
    fields = {}
    for question_ in definition.questions.values():
        fields[question_.key] = draw.draw(anything)
        for column in question_.columns:
            fields |= {f"{question_.key}/r1": 1, f"{question_.key}/r1/{column.key}": draw.draw(anything)}

    for one in check(definition, fields):
        assert one.code in MISSING
        assert definition.section_of[one.path.split("/")[0]].key == one.section


# In words


WHERE_CODES_STAND = {"ValueRefused": 0, "fault": 1, "_decimal": 1}


def codes_in(source):
    """Codes as they stand in calls that refuse, in what checks yield, and in what is put under the name `code`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            place = WHERE_CODES_STAND.get(name)
            yield from words_in(node.args[place]) if place is not None and len(node.args) > place else ()
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield from words_in(node.value.elts[1])
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
            yield from words_in(node.value)


def words_in(node):
    if isinstance(node, ast.IfExp):
        return [*words_in(node.body), *words_in(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def used_codes():
    root = Path(samspel.forms.__file__).parent
    yielded_elsewhere = root / "rules" / "definitions" / "parts.py"
    files = [*root.glob("rules/*.py"), *root.glob("rules/definitions/*.py"), *root.glob("operations/saving/*.py")]
    files += [*root.glob("queries/**/*.py"), *root.glob("views/*.py")]
    return {code for file in files if file != yielded_elsewhere for code in codes_in(file.read_text(encoding="utf-8"))}


def test_every_code_that_the_rules_use_is_a_sentence():
    used = used_codes()

    assert {"required", "key_twice", "number", "sum_above", "ambiguous", "no_such_option", "no_questions"} <= used
    assert used - set(SENTENCES) == set()


def test_a_code_means_one_thing():
    assert len(SENTENCES) == len(FAULTS) + len(VALUES) + len(MISSING)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_told_in_both_languages_with_its_detail(code):
    with override("sv"):
        swedish = str(said(code, "12/10"))
    with override("en"):
        english = str(said(code, "12/10"))

    assert swedish != english
    assert "%(" not in swedish + english
    assert swedish.endswith(".")


def test_a_sentence_says_how_to_write_it():
    with override("sv"):
        assert str(said("money")) == "Skriv ett belopp i kronor, till exempel 12 500 eller 12 500,50."
        assert str(said("too_many_words", "340/300")) == (
            "Texten har 340 ord och här får det stå högst 300. Korta den."
        )
        assert str(said("too_many_rows", "20")) == (
            "Här får det finnas högst 20 rader. Ta bort rader eller slå ihop några."
        )


def test_a_sentence_is_told_in_the_language_of_the_reader_and_not_of_whoever_asked_first():
    sentence = said("date")

    with override("sv"):
        assert str(sentence).startswith("Skriv")
    with override("en"):
        assert str(sentence).startswith("Write")


def test_a_code_that_nobody_has_words_for_is_told_as_it_is():
    with override("sv"):
        assert str(said("unheard_of")) == "Det här kan inte stå här (unheard_of)."


def test_a_percent_sign_in_what_was_typed_breaks_nothing():
    assert "100 %s%(x)s" in str(said("ambiguous", "100 %s%(x)s"))
