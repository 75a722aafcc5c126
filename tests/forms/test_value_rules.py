"""A value is kept as plain data, shown in words, typed back the same, and refused rather than guessed."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.forms.rules.definitions import Column, Limits, Option, Question, Text, Type
from samspel.forms.rules.fitting import DoesNotFit, fits, fitted
from samspel.forms.rules.values import MOST_CHARACTERS, ValueRefused, clean, parse, shown, total, typed, words_in
from samspel.testing.examples import many

OPTIONS = (Option("low", Text("Låg", "Low")), Option("mid", Text("Mellan")), Option("high", Text("Hög", "High")))


def asked(type_, **more):
    return Question("what", type_, Text("Vad?"), **more)


def refusal(question, text):
    with pytest.raises(ValueRefused) as refused:
        parse(question, text)
    return refused.value.code


NUMBER = asked(Type.NUMBER)
DECIMALS = asked(Type.NUMBER, limits=Limits(decimals=2), unit=Text("timmar", "hours"))
MONEY = asked(Type.MONEY)
SCALE = asked(Type.SCALE, limits=Limits(least="1", most="5"))
ONE_OF = asked(Type.ONE_OF, options=OPTIONS)
SEVERAL_OF = asked(Type.SEVERAL_OF, options=OPTIONS)
SERIES = asked(Type.INDICATOR_SERIES, indicator="merit_value_17")


@pytest.mark.parametrize(
    ("question", "text", "kept"),
    [
        (NUMBER, "12", "12"),
        (NUMBER, " 12 500 ", "12500"),
        (NUMBER, "12\u00a0500", "12500"),
        (NUMBER, "1\u202f234\u202f567", "1234567"),
        (NUMBER, "−3", "-3"),
        (NUMBER, "- 3", "-3"),
        (NUMBER, "007", "7"),
        (NUMBER, "-0", "0"),
        (NUMBER, "12,0", "12"),
        (DECIMALS, "3,50", "3.5"),
        (DECIMALS, "3.5", "3.5"),
        (MONEY, "12 500", 1_250_000),
        (MONEY, "12 500 kr", 1_250_000),
        (MONEY, "12500 KR.", 1_250_000),
        (MONEY, "12500 kronor", 1_250_000),
        (MONEY, "12500:-", 1_250_000),
        (MONEY, "0,05", 5),
        (MONEY, "-10,50", -1050),
        (asked(Type.DATE), "2026-11-22", "2026-11-22"),
        (asked(Type.DATE), "20261122", "2026-11-22"),
        (asked(Type.TERM), "ht 2026", "HT2026"),
        (ONE_OF, "low", "low"),
        (SEVERAL_OF, ["high", "low", "low"], ["low", "high"]),
        (SEVERAL_OF, "high, low", ["low", "high"]),
        (SCALE, "5", 5),
        (asked(Type.SHORT_TEXT), "  two \n words ", "two words"),
        (asked(Type.LONG_TEXT), "one\r\ntwo\rthree \n", "one\ntwo\nthree"),
        (asked(Type.LONG_TEXT), "a\x00b\x07c\ud800", "abc"),
        (asked(Type.LONG_TEXT), "a\u030angest", "ångest"),
        (asked(Type.REGISTRY_VALUE, of="organizer"), "212000-0142", "2120000142"),
        (asked(Type.REGISTRY_VALUE, of="municipality"), "0180", "0180"),
        (asked(Type.SCHOOL_UNIT), " 12345678 ", "12345678"),
    ],
)
def test_what_is_typed_is_kept(question, text, kept):
    assert parse(question, text) == kept


@pytest.mark.parametrize("type_", Type)
@pytest.mark.parametrize("text", ["", "   ", "\n\u00a0\t", "\x00"])
def test_nothing_typed_is_nothing_kept(type_, text):
    assert parse(asked(type_, options=OPTIONS), text) is None


@pytest.mark.parametrize(
    ("question", "text", "code"),
    [
        (NUMBER, "many", "number"),
        (NUMBER, "1 2", "number"),
        (NUMBER, "12 50", "number"),
        (NUMBER, "1e9", "number"),
        (NUMBER, "٣", "number"),
        (NUMBER, "NaN", "number"),
        (NUMBER, "1" * 16, "number"),
        (NUMBER, "3,5", "too_many_decimals"),
        (DECIMALS, "3,123456", "too_many_decimals"),
        (MONEY, "12 500,555 5", "money"),
        (MONEY, "12 500,5555", "too_many_decimals"),
        (MONEY, "tolv", "money"),
        (MONEY, "kr", "money"),
        (asked(Type.DATE), "2026-02-30", "date"),
        (asked(Type.DATE), "22/11 2026", "date"),
        (asked(Type.TERM), "2026", "term"),
        (asked(Type.TERM), "HT0026", "term"),
        (ONE_OF, "none", "option"),
        (SEVERAL_OF, ["low", "none"], "option"),
        (SCALE, "0", "scale"),
        (SCALE, "6", "scale"),
        (SCALE, "3,5", "scale"),
        (SERIES, "71,5", "fetched"),
        (asked(Type.ROWS), "a row", "fetched"),
        (asked(Type.SCHOOL_UNIT), "1" * 201, "too_long"),
    ],
)
def test_what_is_no_answer_is_refused(question, text, code):
    assert refusal(question, text) == code


@pytest.mark.parametrize("text", ["12.500", "12,500", "1.000", "12.500 kr"])
def test_thousands_with_a_point_are_asked_about_and_never_read_as_a_thousandth(text):
    assert refusal(MONEY, text) == "ambiguous"


def test_three_decimals_are_read_where_three_are_asked_for():
    assert parse(asked(Type.NUMBER, limits=Limits(decimals=3)), "12,500") == "12.5"


@pytest.mark.parametrize("type_", Type)
def test_a_million_characters_are_refused(type_):
    assert refusal(asked(type_, options=OPTIONS), "x" * 1_000_000) == "too_long"


def test_the_longest_text_is_kept_whole():
    assert len(parse(asked(Type.LONG_TEXT), "å" * MOST_CHARACTERS)) == MOST_CHARACTERS


def test_text_that_grows_when_it_is_written_one_way_is_still_bounded():
    with pytest.raises(ValueRefused):
        clean("\ufb2c" * (MOST_CHARACTERS - 1))


# Typed back the same


@st.composite
def written_numbers(draw, decimals):
    return draw(st.decimals(-(10**12), 10**12, places=draw(st.integers(0, decimals)))).normalize()


kept_values = st.one_of(
    st.tuples(st.just(asked(Type.SHORT_TEXT)), st.text(max_size=60)),
    st.tuples(st.just(asked(Type.LONG_TEXT)), st.text(max_size=200)),
    st.tuples(st.just(asked(Type.NUMBER, limits=Limits(decimals=6))), written_numbers(6).map(lambda n: format(n, "f"))),
    st.tuples(st.just(MONEY), written_numbers(2).map(lambda n: format(n, "f").replace(".", ","))),
    st.tuples(st.just(asked(Type.DATE)), st.dates().map(lambda day: day.isoformat())),
    st.tuples(st.just(asked(Type.TERM)), st.integers(1900, 2200).map(lambda year: f"HT{year}")),
    st.tuples(st.just(ONE_OF), st.sampled_from(["low", "mid", "high"])),
    st.tuples(st.just(SEVERAL_OF), st.lists(st.sampled_from(["low", "mid", "high"]))),
    st.tuples(st.just(SCALE), st.integers(1, 5).map(str)),
    st.tuples(st.just(asked(Type.FILE)), st.uuids().map(str)),
    st.tuples(st.just(asked(Type.REGISTRY_VALUE, of="county")), st.sampled_from(["01", "25"])),
    st.tuples(st.just(asked(Type.SCHOOL_UNIT)), st.integers(10**7, 10**8 - 1).map(str)),
)


@settings(max_examples=many(400), deadline=None)
@given(kept_values)
def test_a_kept_value_typed_back_is_the_same_and_fits(pair):
    question, text = pair
    kept = parse(question, text)

    assert parse(question, typed(question, kept)) == kept
    assert json.loads(json.dumps(kept)) == kept
    assert fits(question, kept)
    assert isinstance(shown(question, kept, "en"), str)


anything = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(max_size=4), max_size=3)
)
anything |= st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2)


@settings(max_examples=many(400), deadline=None)
@given(st.sampled_from(Type), anything)
def test_whatever_is_kept_by_mistake_is_told_apart(type_, value):
    question = asked(type_, options=OPTIONS)

    if fits(question, value) and value is not None and type_ not in (Type.INDICATOR_SERIES, Type.SEVERAL_OF):
        assert parse(question, typed(question, value)) == value


@settings(max_examples=many(400), deadline=None)
@given(st.sampled_from(Type), st.text() | st.lists(st.text(max_size=5), max_size=3))
def test_whatever_is_typed_is_kept_or_refused(type_, text):
    question = asked(type_, options=OPTIONS)
    try:
        kept = parse(question, text)
    except ValueRefused as refused:
        assert refused.code
    else:
        assert kept is None or parse(question, typed(question, kept)) == kept


# Shown


@pytest.mark.parametrize(
    ("question", "value", "swedish", "english"),
    [
        (MONEY, 1_250_050, "12\u00a0500,50\u00a0kr", "12\u00a0500,50\u00a0kr"),
        (MONEY, 1_250_000, "12\u00a0500\u00a0kr", "12\u00a0500\u00a0kr"),
        (DECIMALS, "1234.5", "1\u00a0234,5\u00a0timmar", "1\u00a0234,5\u00a0hours"),
        (asked(Type.NUMBER), "2026", "2026", "2026"),
        (asked(Type.NUMBER), "12026", "12\u00a0026", "12\u00a0026"),
        (NUMBER, "3", "3", "3"),
        (ONE_OF, "high", "Hög", "High"),
        (ONE_OF, "gone", "gone", "gone"),
        (SEVERAL_OF, ["low", "mid"], "Låg, Mellan", "Low, Mellan"),
        (SERIES, {"values": [{"period": "2024/25", "text": "..", "mark": "suppressed"}]}, "2024/25: ..", "2024/25: .."),
        (SCALE, None, "", ""),
    ],
)
def test_a_kept_value_is_shown_in_words(question, value, swedish, english):
    assert (shown(question, value), shown(question, value, "en")) == (swedish, english)


def test_words_are_what_stands_between_spaces():
    assert words_in(" Ett  par\nord – tre ") == 5


# Sums


@settings(max_examples=many(200), deadline=None)
@given(st.lists(st.none() | st.integers(-(10**17), 10**17), max_size=500))
def test_a_sum_of_money_is_exact(cells):
    column = Column("cost", Type.MONEY, Text("Kostnad"))

    assert total(column, cells) == sum(cell for cell in cells if cell is not None)


@settings(max_examples=many(200), deadline=None)
@given(st.lists(st.none() | st.decimals(-(10**14), 10**14, places=6), max_size=200))
def test_a_sum_of_numbers_is_exact(cells):
    column = Column("hours", Type.NUMBER, Text("Timmar"))
    found = total(column, [None if cell is None else format(cell, "f") for cell in cells])

    millionths = sum(int(cell.scaleb(6)) for cell in cells if cell is not None)
    assert int(Decimal(found).scaleb(6)) == millionths


def test_a_sum_has_no_float_in_it():
    assert total(Column("hours", Type.NUMBER, Text("Timmar")), ["0.1"] * 10) == "1"


# From one question to another


@pytest.mark.parametrize(
    ("old", "new", "value", "becomes"),
    [
        (DECIMALS, asked(Type.SHORT_TEXT), "3.5", "3,5 timmar"),
        (MONEY, asked(Type.LONG_TEXT), 1_250_000, "12\u00a0500\u00a0kr"),
        (ONE_OF, asked(Type.SHORT_TEXT), "high", "Hög"),
        (ONE_OF, SEVERAL_OF, "high", ["high"]),
        (SEVERAL_OF, ONE_OF, ["high"], "high"),
        (asked(Type.SHORT_TEXT), asked(Type.LONG_TEXT), "text", "text"),
        (asked(Type.SHORT_TEXT), NUMBER, "12", "12"),
        (asked(Type.SHORT_TEXT), asked(Type.DATE), "2026-11-22", "2026-11-22"),
        (SCALE, NUMBER, 3, "3"),
        (NUMBER, SCALE, "3", 3),
        (NUMBER, NUMBER, None, None),
    ],
)
def test_a_value_goes_over_to_a_type_that_can_take_it(old, new, value, becomes):
    assert fitted(old, new, value) == becomes


@pytest.mark.parametrize(
    ("old", "new", "value"),
    [
        (ONE_OF, asked(Type.ONE_OF, options=OPTIONS[:2]), "high"),
        (SEVERAL_OF, asked(Type.SEVERAL_OF, options=OPTIONS[:2]), ["low", "high"]),
        (SEVERAL_OF, ONE_OF, ["low", "high"]),
        (DECIMALS, NUMBER, "3.5"),
        (NUMBER, MONEY, "3"),
        (NUMBER, SCALE, "9"),
        (SCALE, asked(Type.SCALE, limits=Limits(least="1", most="4")), 5),
        (asked(Type.SHORT_TEXT), NUMBER, "many"),
        (asked(Type.FILE), asked(Type.SHORT_TEXT), "a key"),
        (SERIES, asked(Type.LONG_TEXT), {"values": []}),
        (asked(Type.REGISTRY_VALUE, of="county"), asked(Type.SHORT_TEXT), "01"),
    ],
)
def test_a_value_that_would_lose_its_meaning_stays_behind(old, new, value):
    with pytest.raises(DoesNotFit):
        fitted(old, new, value)
