"""Questions as controls: every type, in every state, for who writes and for who only reads."""

from __future__ import annotations

import copy

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from samspel.forms.queries.changing import Part, difference
from samspel.forms.queries.controls import Around, Words, controls_of, id_of, meant
from samspel.forms.queries.handed import QuestionType, question_types
from samspel.forms.rules import definitions
from samspel.forms.rules.values import ValueRefused
from tests.forms.conftest import BODY, TODAY

PLACES = [("2584", "Kiruna"), ("2580", "Luleå"), ("2480", "Umeå")]
MANY = [(str(number), f"Skola {number}") for number in range(60)]


def controls(fields=None, *, section="background", body=BODY, choices=(), **more):
    """Key to control of a section of the small form."""
    definition = definitions.read(body, more_types=[name for name, _ in question_types.items()])
    more.setdefault("around", Around(choices=lambda asked: choices))
    found = controls_of(definition, definition.section(section), fields or {}, today=TODAY, **more)
    return {control.path: control for control in found}


def page(control):
    return render_to_string("forms/controls/control.html", {"control": control})


def chosen(control):
    return [choice.key for choice in control.choices if choice.is_chosen]


def test_each_value_stands_as_somebody_would_type_it():
    found = controls(
        {"summary": "Rad ett.\nRad två.", "pupils": "1234.5", "decided": "2026-09-30", "need": "low", "areas": ["calm"]}
    )

    assert [found[key].value for key in ("summary", "pupils", "decided")] == [
        "Rad ett.\nRad två.",
        "1\xa0234,5",
        "2026-09-30",
    ]
    assert (chosen(found["need"]), chosen(found["areas"])) == (["low"], ["calm"])
    assert found["pupils"].unit == "elever"


def test_what_was_typed_stands_before_what_is_kept():
    found = controls({"pupils": "12"}, typed={"pupils": "många"}, faults={"pupils": "Skriv ett tal."})

    assert (found["pupils"].value, found["pupils"].fault) == ("många", "Skriv ett tal.")
    assert 'aria-invalid="true"' in page(found["pupils"]) and 'aria-describedby="f-pupils-error"' in page(
        found["pupils"]
    )


def test_words_are_warned_of_from_nine_tenths_on():
    assert [Words(200, now).is_near for now in (0, 179, 180, 200)] == [False, False, True, True]
    assert (Words(200, 200).is_over, Words(200, 203).is_over, Words(200, 203).over) == (False, True, 3)
    assert "19 ord kvar av 200." in page(controls({"summary": "ord " * 181})["summary"])


def test_a_question_that_an_answer_of_the_page_decides_on_stands_with_its_condition_in_words():
    found = controls()["why_high"]

    assert (found.is_asked, found.condition) == (False, "”Behov” är Hög")
    assert found.asked_when == '{"question":"need","test":"is","value":"high"}'
    assert controls({"need": "high"})["why_high"].is_asked


def test_a_question_that_another_page_decides_against_is_not_shown():
    body = copy.deepcopy(BODY)
    body["sections"][1]["questions"][0]["asked_when"] = {"question": "need", "is": "high"}

    assert "ceiling" not in controls(section="plan", body=body)
    assert "ceiling" in controls({"need": "high"}, section="plan", body=body)


def test_conditions_are_told_whole():
    body = copy.deepcopy(BODY)
    body["sections"][0]["questions"][6]["asked_when"] = {
        "any": [
            {"all": [{"question": "pupils", "at_least": 10}, {"question": "areas", "has": "calm"}]},
            {"question": "contact", "is_answered": True},
        ]
    }

    assert controls(body=body)["why_high"].condition == (
        "”Elever” är minst 10 och ”Områden” innehåller Studiero eller ”Kontakt” är besvarad"
    )


def test_terms_to_choose_are_those_around_now_and_the_one_that_is_chosen():
    labels = [choice.key for choice in controls({"begins": "VT1999"})["begins"].choices]

    assert labels[0] == "VT1999" and "HT2026" in labels and len(labels) == 18


def test_a_scale_has_its_steps_and_what_its_ends_mean():
    body = copy.deepcopy(BODY)
    body["sections"][0]["questions"][8] |= {"low": {"sv": "Inte alls"}, "high": {"sv": "Helt"}}

    scale = controls({"trust": 4}, body=body)["trust"]

    assert ([choice.key for choice in scale.choices], chosen(scale)) == (["1", "2", "3", "4", "5"], ["4"])
    assert page(scale).index("Inte alls") < page(scale).index("Helt")


def test_a_short_register_is_a_list_and_a_long_one_is_written_with_proposals():
    short = controls({"unit": "2580"}, section="plan", choices=PLACES)["unit"]
    long = controls({"unit": "7"}, section="plan", choices=MANY)["unit"]

    assert (chosen(short), short.list_id) == (["2580"], "")
    assert (long.value, long.list_id) == ("Skola 7 (7)", "list-school_unit")


def test_a_code_that_can_be_chosen_no_more_is_not_lost_when_the_page_is_saved():
    assert chosen(controls({"unit": "9999"}, section="plan", choices=PLACES)["unit"]) == ["9999"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("2584", "2584"), ("kiruna", "2584"), (" LULEÅ ", "2580"), ("lulea", "2580"), ("Umeå (2480)", "2480"), ("  ", "")],
)
def test_a_name_or_a_code_says_what_was_meant(typed, code):
    assert meant(typed, PLACES) == code


@pytest.mark.parametrize(
    ("typed", "code", "detail"), [("Kirona", "no_such_name", ""), ("kir", "which_name", "Kiruna (2584)")]
)
def test_what_may_mean_nothing_or_several_is_refused(typed, code, detail):
    with pytest.raises(ValueRefused) as refusal:
        meant(typed, PLACES)

    assert (refusal.value.code, refusal.value.detail) == (code, detail)


# Rows


ROWS = {
    "measures/bb": 1,
    "measures/bb/what": "Två",
    "measures/bb/cost": 50_050,
    "measures/aa": 2,
    "measures/aa/what": "Ett",
    "measures/aa/cost": 1_000_000,
    "measures/gone/cost": 99,
}


def test_rows_stand_in_their_order_with_their_sum():
    rows = controls(ROWS, section="plan")["measures"].rows

    assert [(row.path, row.number, [cell.value for cell in row.cells]) for row in rows.rows] == [
        ("measures/bb", 1, ["Två", "500,50"]),
        ("measures/aa", 2, ["Ett", "10\xa0000"]),
    ]
    assert [head.total for head in rows.heads] == ["", "10\xa0500,50\xa0kr"]
    assert [head.share for head in rows.heads] == [15, 5]


def test_a_table_without_rows_begins_with_blank_ones_that_nobody_else_has():
    first, second = (controls(section="plan")["measures"].rows for _time in range(2))

    assert [row.is_blank for row in first.rows] == [True] * 3
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


def test_rows_that_are_being_typed_stay_as_they_were_typed():
    typed = {"measures/new": "3", "measures/new/what": "Nytt", "measures/new/cost": "mycket"}
    found = controls(ROWS, section="plan", typed=typed, faults={"measures/new/cost": "Skriv ett belopp."})

    last = found["measures"].rows.rows[-1]
    assert [(cell.value, cell.fault) for cell in last.cells] == [("Nytt", ""), ("mycket", "Skriv ett belopp.")]
    assert not last.is_blank


def test_every_cell_has_a_label_of_its_own_and_a_row_its_number():
    shown = page(controls(ROWS, section="plan")["measures"])

    assert (
        shown.count('<label for="f-measures-bb-what">Vad<span class="visually-hidden">, rad <span data-number>1</span>')
        == 1
    )
    assert '<th scope="row"' in shown and '<th scope="col"' in shown and "<caption" in shown


# Reading


def test_who_only_reads_sees_what_is_asked_in_words_and_nothing_to_write_in():
    fields = {"need": "low", "areas": ["calm", "reading"], "pupils": "12", "begins": "HT2026", "trust": 3}
    found = controls(fields, is_read_only=True)

    assert {key: found[key].shown for key in ("need", "areas", "pupils", "begins", "trust", "contact")} == {
        "need": "Låg",
        "areas": "Studiero, Läsning",
        "pupils": "12\xa0elever",
        "begins": "höstterminen 2026",
        "trust": "3",
        "contact": "",
    }
    assert "why_high" not in found
    assert not any("<input" in page(control) or "<textarea" in page(control) for control in found.values())
    assert "Inte besvarat" in page(found["contact"])


def test_rows_are_read_as_a_table_with_words():
    shown = page(controls(ROWS, section="plan", is_read_only=True)["measures"])

    assert "500,50\xa0kr" in shown and "<input" not in shown and 'data-label="Kostnad"' in shown


def test_what_is_fixed_is_read_by_everybody():
    body = copy.deepcopy(BODY)
    body["sections"][0]["questions"][1] |= {"is_fixed": True, "prefill": "organizer.name"}

    contact = controls({"contact": "Anna"}, body=body)["contact"]

    assert contact.is_read_only and "<input" not in page(contact)


def test_a_series_shows_its_figures_with_their_day():
    value = {"indicator": "x", "as_of": "2026-03-03", "values": [{"period": "2024/25", "text": "212,5", "mark": ""}]}
    shown = page(controls({"merit": value}, section="plan")["merit"])

    assert "212,5" in shown and "2026-03-03" in shown and "Hämta igen" in shown
    assert "Inga siffror har hämtats." in page(controls(section="plan")["merit"])


def figures(*told):
    rows = [{"period": period, "text": text, "mark": mark} for period, text, mark in told]
    return {"merit": {"indicator": "x", "as_of": "2026-03-03", "values": rows}}


def test_a_series_of_two_numbers_or_more_is_a_picture_with_its_table():
    told = figures(
        ("2022/23", "..", "suppressed"), ("2023/24", "~1\u00a0210", "interval"), ("2024/25", "1\u00a0300", "")
    )
    one = controls(told, section="plan")["merit"]

    assert one.series.chart.values == [1210, 1300]
    assert one.series.chart.description == "Från ~1\u00a0210 2023/24 till 1\u00a0300 2024/25."
    shown = page(one)
    assert 'class="chart__picture"' in shown and shown.count("<table") == 1 and 'id="f-merit"' in shown
    assert "visas inte, eftersom det gäller få personer" in shown


def test_words_that_are_no_figure_stand_as_they_were_kept_and_are_not_drawn():
    told = figures(("2022/23", "1", ""), ("2023/24", "2", ""), ("2024/25", "okänt <b>", ""))
    shown = page(controls(told, section="plan")["merit"])

    assert "chart" not in shown and "okänt &lt;b&gt;" in shown


def test_a_type_of_a_higher_floor_is_rendered_by_its_own_template():
    body = copy.deepcopy(BODY)
    body["sections"][0]["questions"][1] |= {"type": "test_shout"}
    kind = QuestionType(
        "test_shout",
        "Shout",
        parse=lambda question, typed: str(typed).lower(),
        typed=lambda question, value: value.upper(),
        shown=lambda question, value, language: f"{value}!",
        template="forms/controls/long_text.html",
    )
    question_types.add("test_shout", kind)
    try:
        written = controls({"contact": "hej"}, body=body)["contact"]
        read = controls({"contact": "hej"}, body=body, is_read_only=True)["contact"]
    finally:
        question_types._shelf.pop("test_shout")

    assert (written.value, read.shown) == ("HEJ", "hej!")
    assert "<textarea" in page(written)


def test_words_come_in_the_language_that_is_read():
    with translation.override("en"):
        found = controls({"need": "high"}, language="en")

    assert (found["need"].label, found["why_high"].condition) == ("Need", "“Need” is High")


@pytest.mark.parametrize("section", ["background", "plan"])
def test_what_stands_in_a_field_is_never_markup(section):
    evil = '"><script>x</script>'
    fields = {"summary": evil, "contact": evil, "measures/aa": 1, "measures/aa/what": evil, "unit": evil}

    for read in (True, False):
        for control in controls(fields, section=section, is_read_only=read).values():
            assert "<script" not in page(control)


def test_ids_are_of_letters_digits_and_lines_alone():
    assert id_of("measures/aa/cost") == "f-measures-aa-cost"


# What became of a text


def test_a_difference_is_told_word_by_word():
    assert difference("ett två tre", "ett tre fyra") == [
        Part("", "ett "),
        Part("del", "två "),
        Part("", "tre"),
        Part("ins", " fyra"),
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("", "nytt"), ("gammalt", ""), ("a b c", "a x c"), ("lika", "lika"), ("å\nä", "å ä ö")]
)
def test_a_difference_holds_both_texts_whole(old, new):
    parts = difference(old, new)

    assert "".join(part.words for part in parts if part.kind != "ins") == old
    assert "".join(part.words for part in parts if part.kind != "del") == new


def test_long_texts_are_shown_whole_rather_than_compared():
    assert [part.kind for part in difference("ord " * 2000, "ord " * 2001)] == ["del", "ins"]


def test_sums_are_exact():
    fields = {}
    for number in range(200):
        fields |= {f"measures/r{number}": number + 1, f"measures/r{number}/cost": 10}

    assert controls(fields, section="plan")["measures"].rows.heads[1].total == "20\xa0kr"
