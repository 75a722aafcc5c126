"""What the fields of a sheet are called, and how much room there is in them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.forms.rules import definitions, sheets
from samspel.forms.rules.sheets import rooms
from samspel.forms.rules.sheets.plan import Given, is_wide, plan
from tests.forms.conftest import BODY, OPTIONS

DEFINITION = definitions.read(BODY)


def _body(*questions):
    section = {"key": "part", "title": {"sv": "Delen"}, "questions": list(questions)}
    return definitions.read({**BODY, "sections": [section]})


def _question(type_, **more):
    return {"key": "asked", "type": type_, "label": {"sv": "Frågan"}, **more}


def _parts(definition, fields=None, **more):
    planned = plan(definition, Given(fields or {}, "sv", **more))
    return {part.question.key: part for _section, parts in planned for part in parts}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("summary", ("summary", "", False)),
        ("summary+", ("summary", "", True)),
        ("areas=calm", ("areas", "calm", False)),
        ("measures/new3/what", ("measures/new3/what", "", False)),
    ],
)
def test_a_name_says_which_value_it_holds(name, parts):
    assert sheets.parts_of(name) == parts


def test_names_are_made_as_they_are_read():
    assert sheets.parts_of(sheets.option_name("areas", "calm")) == ("areas", "calm", False)
    assert sheets.parts_of(sheets.continuation_name("summary")) == ("summary", "", True)
    assert sheets.parts_of(sheets.text_name("measures/a1/what")) == ("measures/a1/what", "", False)


@pytest.mark.parametrize("name", ["", "a/b/c/d", "a//b", "a/ÅÄÖ/b"])
def test_what_is_no_name_of_ours_is_refused(name):
    with pytest.raises(ValueError):
        sheets.parts_of(name)


def test_a_spare_row_is_told_from_one_that_was_there():
    assert sheets.is_spare(sheets.spare_row(12))
    assert not sheets.is_spare("newark")
    assert not sheets.is_spare("a1")


def test_every_question_has_its_fields_by_path():
    names = [box.name for part in _parts(DEFINITION, {}).values() for box in part.every_box]
    rows = [f"measures/new{n}/{column}" for n in range(1, 17) for column in ("what", "cost")]

    assert names == [
        "summary", "summary+", "contact", "pupils", "decided", "begins", "need", "why_high", "why_high+",
        "areas=reading", "areas=calm", "trust", "ceiling", *rows, "municipality", "unit",
    ]  # fmt: skip


def test_what_cannot_be_written_on_a_sheet_is_told_instead():
    parts = _parts(DEFINITION)

    assert [parts["merit"].kind, parts["minutes"].kind] == ["told", "told"]
    assert parts["merit"].every_box == ()


def test_rows_that_are_there_stand_first_and_as_many_again_on_the_continuation_sheet():
    fields = {"measures/b2": 2, "measures/b2/what": "Två", "measures/a1": 1, "measures/a1/cost": 120050}
    part = _parts(DEFINITION, fields)["measures"]

    assert [row[0].name for row in part.rows][:3] == ["measures/a1/what", "measures/b2/what", "measures/new1/what"]
    assert [box.value for box in part.rows[0]] == ["", "1\u00a0200,50"]
    assert (len(part.rows), len(part.more_rows)) == (8, 8)
    assert part.more_rows[0][0].name == "measures/new7/what"
    assert part.more_rows[0][0].row == 9


@pytest.mark.parametrize(
    ("settings", "written", "room"),
    [
        ({}, 0, (8, 8)),
        ({"pdf_rows": 3}, 1, (2, 3)),
        ({"pdf_rows": 3}, 5, (0, 5)),
        ({"pdf_rows": 3, "least_rows": 6}, 0, (6, 6)),
        ({"pdf_rows": 8, "most_rows": 10}, 0, (8, 2)),
        ({"pdf_rows": 8, "most_rows": 5}, 2, (3, 0)),
        ({"pdf_rows": 8, "most_rows": 5}, 5, (0, 0)),
    ],
)
def test_spare_rows_keep_within_what_the_question_takes(settings, written, room):
    question = replace(DEFINITION.questions["measures"], **{"most_rows": 200, **settings})

    assert rooms.spare_rows(question, written) == room


def test_fixed_rows_get_no_spare_ones():
    body = _body(
        _question(
            "rows",
            is_fixed=True,
            prefill="something",
            columns=[{"key": "what", "type": "short_text", "label": {"sv": "Vad"}}],
        )
    )
    part = _parts(body, {"asked/a1": 1, "asked/a1/what": "Läsning"})["asked"]

    assert ([len(row) for row in part.rows], part.more_rows) == ([1], ())


@pytest.mark.parametrize(
    ("limits", "first", "more"),
    [
        ({}, (10, 750), (40, 3000)),
        ({"pdf_lines": 4}, (4, 300), (40, 3000)),
        ({"max_characters": 500}, (7, 500), None),
        ({"max_characters": 900}, (10, 750), (2, 150)),
        ({"max_words": 50}, (6, 400), None),
        ({"max_words": 200}, (10, 750), (12, 850)),
    ],
)
def test_a_long_text_has_a_stated_room_and_a_continuation_unless_all_has_room_at_once(limits, first, more):
    definition = _body(_question("long_text", **limits))

    assert rooms.of_text(definition.questions["asked"]) == (first, more)


@given(st.text(alphabet="ab \nå", max_size=400), st.integers(1, 5))
def test_a_text_that_is_divided_is_whole_again_when_joined(text, lines):
    text = text.rstrip()
    first, rest = rooms.divided(text, lines)

    assert sheets.joined(first, rest) == text
    assert not rest or first.strip()


def test_a_text_is_divided_between_paragraphs_as_late_as_there_is_room():
    text = "\n".join(["x" * 100, "y" * 100, "z" * 100])

    assert rooms.divided(text, 4) == ("x" * 100 + "\n" + "y" * 100, "z" * 100)
    assert rooms.divided(text, 6) == (text, "")
    assert rooms.divided("x" * 1000, 4) == ("x" * 1000, "")


def test_a_field_is_as_high_as_what_stands_in_it_already():
    part = _parts(_body(_question("long_text", pdf_lines=2)), {"asked": "x" * 600})["asked"]

    assert (part.boxes[0].lines, part.boxes[0].length) == (8, 150)


def test_a_choice_has_buttons_where_there_is_room_and_a_list_in_a_cell():
    columns = [
        {"key": "level", "type": "one_of", "label": {"sv": "Nivå"}, "options": OPTIONS},
        {"key": "grade", "type": "scale", "label": {"sv": "Grad"}, "least": 1, "most": 3},
    ]
    part = _parts(_body(_question("rows", columns=columns, pdf_rows=1)))["asked"]

    assert [box.kind for box in part.rows[0]] == ["choice", "choice"]
    assert part.rows[0][1].choices == (("1", "1"), ("2", "2"), ("3", "3"))
    assert _parts(DEFINITION)["need"].boxes[0].kind == "radio"
    assert _parts(DEFINITION)["need"].boxes[0].choices == (("low", "Låg"), ("high", "Hög"))


def test_a_question_with_too_many_options_for_buttons_is_a_list():
    options = [{"key": f"o{n}", "label": {"sv": f"Val {n}"}} for n in range(22)]
    part = _parts(_body(_question("one_of", options=options)))["asked"]

    assert (part.boxes[0].kind, len(part.boxes[0].choices)) == ("choice", 22)


def test_a_code_can_be_chosen_among_few_and_what_stands_already_is_never_lost():
    parts = _parts(DEFINITION, {"unit": "99999999"}, choices=lambda asked: [("11111111", "Storskolan")])

    assert parts["unit"].boxes[0].choices == (("11111111", "Storskolan"), ("99999999", "99999999"))
    assert parts["unit"].boxes[0].value == "99999999"


def test_fixed_text_is_told_whole_since_a_field_could_hide_a_part():
    part = _parts(_body(_question("long_text", is_fixed=True, prefill="something")), {"asked": "Lång text"})["asked"]

    assert (part.kind, part.every_box) == ("told", ())


def test_a_table_of_many_columns_is_written_row_by_row():
    columns = [{"key": f"c{n}", "type": "short_text", "label": {"sv": f"K{n}"}} for n in range(6)]

    assert is_wide(_body(_question("rows", columns=columns)).questions["asked"])
    assert not is_wide(_body(_question("rows", columns=columns[:5])).questions["asked"])
