"""Two people's changes to the same values: joined where they can be, and no word of either lost."""

from __future__ import annotations

import copy
import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from samspel.forms.rules import definitions
from samspel.forms.rules.joining import join, standing
from samspel.forms.rules.merging import Outcome, merge, merged_text
from samspel.forms.rules.received import received
from samspel.forms.rules.values import parse
from samspel.testing.examples import many
from tests.forms.conftest import BODY

FORM = definitions.read(BODY)
SUMMARY, CONTACT, PUPILS, AREAS = (FORM.questions[key] for key in ("summary", "contact", "pupils", "areas"))
BASE = "Skolan har två rektorer. Lärarna byts ofta.\n\nEleverna trivs."


def test_what_one_changed_alone_stands():
    assert merge(PUPILS, "1", "2", "1") == Outcome("2")
    assert merge(PUPILS, "1", "1", "2") == Outcome("2")
    assert merge(PUPILS, "1", "2", "2") == Outcome("2")
    assert merge(PUPILS, None, None, "2") == Outcome("2")


def test_of_two_numbers_theirs_stands_and_mine_is_set_aside():
    assert merge(PUPILS, "1", "2", "3") == Outcome("3", is_conflict=True)


def test_words_go_before_emptiness():
    assert merge(SUMMARY, "Något.", "Något mer.", None) == Outcome("Något mer.")
    assert merge(SUMMARY, "Något.", None, "Något mer.") == Outcome("Något mer.")


def test_changes_to_different_sentences_become_one_text():
    mine = BASE.replace("två rektorer", "tre rektorer")
    theirs = BASE.replace("Eleverna trivs.", "Eleverna trivs bra.")

    joined = "Skolan har tre rektorer. Lärarna byts ofta.\n\nEleverna trivs bra."
    assert merge(SUMMARY, BASE, mine, theirs) == Outcome(joined, is_merged=True)


def test_one_changes_the_last_sentence_while_another_writes_on_after_it():
    mine, theirs = BASE.replace("trivs.", "trivs bra."), BASE + " Det syns i enkäten."

    assert merged_text(BASE, mine, theirs) == BASE.replace("trivs.", "trivs bra.") + " Det syns i enkäten."


def test_paragraphs_added_at_both_ends_both_stand():
    mine, theirs = "Inledning.\n\n" + BASE, BASE + "\n\nAvslutning."

    assert merged_text(BASE, mine, theirs) == f"Inledning.\n\n{BASE}\n\nAvslutning."


def test_a_sentence_that_both_changed_is_a_conflict():
    mine, theirs = BASE.replace("två", "tre"), BASE.replace("två", "fyra")

    assert merge(SUMMARY, BASE, mine, theirs) == Outcome(theirs, is_conflict=True)


def test_what_both_wrote_in_an_empty_field_or_at_the_same_place_is_a_conflict():
    assert merged_text("", "Mitt.", "Deras.") is None
    assert merged_text(BASE, BASE + " Mitt.", BASE + " Deras.") is None


def test_the_same_change_made_by_both_is_made_once():
    both = BASE.replace("två", "tre")

    assert merged_text(BASE, both + " Mer.", both) == both + " Mer."


def test_a_text_too_long_to_join_is_a_conflict():
    base = "A. " + "Ord. " * 40
    mine, theirs = "X" * 60_000 + " " + base, base + "Y" * 60_000

    assert merge(SUMMARY, base, mine, theirs) == Outcome(theirs, is_conflict=True)


@pytest.mark.parametrize("length", [180, 30_000])
def test_texts_made_to_be_hard_to_compare_take_no_long_time(length):
    one, other, third = (
        "".join(f"{letters[n * n % 7 % len(letters)]}. " for n in range(length)) for letters in ("ab", "abc", "bca")
    )
    began = time.process_time()

    merged_text(one, other, third)

    assert time.process_time() - began < 1


def test_of_several_choices_what_either_chose_or_took_away_counts():
    assert merge(AREAS, ["reading"], ["reading", "calm"], None) == Outcome(["reading", "calm"])
    assert merge(AREAS, None, ["calm"], ["reading"]) == Outcome(["reading", "calm"], is_merged=True)
    assert merge(AREAS, ["reading", "calm"], ["calm"], ["reading"]) == Outcome(["reading"], is_conflict=True)


# Texts, however they were changed

WORD = some.sampled_from(["skola", "elev", "plan", "mål", "stöd", "år", "3.5", "…", "»så«"])
TEXT = some.lists(some.tuples(WORD, some.sampled_from([" ", ". ", ".\n\n", "\n", "! "])), max_size=14).map(
    lambda pairs: "".join(word + between for word, between in pairs).strip()
)


@settings(max_examples=many(400), deadline=None)
@given(TEXT, TEXT, TEXT)
def test_a_joined_text_has_every_word_that_either_wrote_anew(base, mine, theirs):
    joined = merged_text(base, mine, theirs)

    assert joined == merged_text(base, theirs, mine)
    if joined is not None:
        old = set(base.split())
        assert (set(mine.split()) | set(theirs.split())) - old <= set(joined.split())


@settings(max_examples=many(200), deadline=None)
@given(TEXT, TEXT)
def test_a_text_that_one_changed_becomes_hers(base, mine):
    assert merged_text(base, mine, base) == mine


# Rows


def table(**rows):
    """Fields of a table of measures: row id to what it is about, or None for a row that was taken away."""
    found = {}
    for place, (row, what) in enumerate(rows.items(), 1):
        found[f"measures/{row}"] = None if what is None else place
        found[f"measures/{row}/what"] = what
    return found


def test_rows_added_by_two_at_once_both_stand():
    joined = join(FORM, {"measures/b/what": "Min"}, {}, table(a="Deras"))

    assert joined.writes == {"measures/b": 2, "measures/b/what": "Min"}


def test_an_empty_row_is_made_only_if_asked_for():
    assert join(FORM, {"measures/b/what": None}, {}, {}).writes == {}
    assert join(FORM, {"measures/b": 1, "measures/b/what": None}, {}, {}).writes == {"measures/b": 1}


def test_a_row_that_is_taken_away_goes_alone_and_its_cells_stand_no_more():
    now = table(a="Ett", b="Två")

    joined = join(FORM, {"measures/a": None}, now, now)

    assert joined.writes == {"measures/a": None}
    assert standing({**now, **joined.writes}) == {"measures/b": 2, "measures/b/what": "Två"}


def test_a_row_in_which_somebody_writes_comes_back_after_it_was_taken_away():
    base = table(a="Ett")
    now = {**base, "measures/a": None}

    joined = join(FORM, {"measures/a/what": "Ett och ett"}, base, now)

    assert joined.writes == {"measures/a": 1, "measures/a/what": "Ett och ett"}
    assert joined.brought_back == {"measures/a"}


def test_a_row_in_which_somebody_wrote_meanwhile_is_not_taken_away():
    base = table(a="Ett")
    now = {**base, "measures/a/what": "Ett och ett"}

    joined = join(FORM, {"measures/a": None}, base, now)

    assert (joined.writes, joined.brought_back) == ({}, {"measures/a"})


def test_a_row_that_was_taken_away_and_that_i_only_had_on_my_page_stays_away():
    base = table(a="Ett")

    joined = join(FORM, {"measures/a": 1, "measures/a/what": "Ett"}, base, {**base, "measures/a": None})

    assert (joined.writes, joined.brought_back) == ({}, set())


def test_rows_are_moved_and_of_two_moves_the_first_stands():
    base = table(a="Ett", b="Två")

    assert join(FORM, {"measures/a": 2, "measures/b": 1}, base, base).writes == {"measures/a": 2, "measures/b": 1}
    assert join(FORM, {"measures/a": 3}, base, {**base, "measures/a": 4}).writes == {}


def test_a_row_too_many_is_refused_by_itself():
    now = table(**{f"r{n}": str(n) for n in range(19)})

    joined = join(FORM, {"measures/x/what": "Ja", "measures/y/what": "Nej", "contact": "Anna"}, now, now)

    assert joined.writes == {"measures/x": 20, "measures/x/what": "Ja", "contact": "Anna"}
    assert {path: fault.code for path, fault in joined.faults.items()} == {
        "measures/y": "too_many_rows",
        "measures/y/what": "too_many_rows",
    }


def test_a_row_may_take_the_place_of_one_that_is_taken_away():
    now = table(**{f"r{n}": str(n) for n in range(20)})

    joined = join(FORM, {"measures/r3": None, "measures/x/what": "Ja"}, now, now)

    assert joined.faults == {}
    assert joined.writes["measures/x"] == 21


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("summary/a", "x", "unknown_field"),
        ("measures", "x", "unknown_field"),
        ("measures/a/nothing", "x", "unknown_field"),
        ("measures/A!/what", "x", "unknown_field"),
        ("nothing", "x", "unknown_field"),
        ("", "x", "unknown_field"),
        ("x" * 200, "x", "unknown_field"),
        ("summary/../x", "x", "unknown_field"),
        ("measures/a", "first", "place"),
        ("measures/a", "9" * 40, "place"),
        ("measures/a", "-1", "place"),
        ("measures/a/cost", "mycket", "money"),
        ("merit", "x", "fixed"),
        ("pupils", "9" * 40, "number"),
        ("areas", ["calm", "noise"], "option"),
        ("need", "middle", "option"),
        ("summary", "x" * 1_000_000, "too_long"),
    ],
)
def test_what_does_not_belong_is_refused_by_itself(path, value, code):
    read = received(FORM, {path: value, "contact": "Anna"}, parse)

    assert {where: fault.code for where, fault in read.faults.items()} == {path: code}
    assert read.values == {"contact": "Anna"}


def test_what_is_prefilled_for_good_is_not_written():
    body = copy.deepcopy(BODY)
    body["sections"][0]["questions"][1] |= {"is_fixed": True, "prefill": "known"}

    assert received(definitions.read(body), {"contact": "x"}, parse).faults["contact"].code == "fixed"


ANY_PATH = some.sampled_from(
    [*FORM.questions, "measures/a", "measures/a/what", "measures/a/cost", "summary/a/b", "measures//", "/", "a\x00"]
) | some.text(max_size=30)
ANY_TEXT = some.text(max_size=40) | some.sampled_from(
    ["1e9999", "-0", "٣", "²", "NaN", "2026-02-30", "0" * 400, "\ud83d"]
)


@settings(max_examples=many(400), deadline=None)
@given(some.dictionaries(ANY_PATH, ANY_TEXT | some.lists(ANY_TEXT, max_size=3), max_size=4))
def test_whatever_is_sent_is_read_or_refused_and_what_is_read_can_be_kept(typed):
    read = received(FORM, typed, parse)

    assert set(read.values) | set(read.faults) == set(typed)
    kept = json.dumps(read.values, ensure_ascii=False)
    assert "\\u0000" not in kept
    assert kept.encode()
    join(FORM, read.values, {}, {})


# Many pages at once

PATHS = ["summary", "contact", "pupils"] + [f"measures/{row}/{column}" for row in "ab" for column in ("what", "cost")]


def numbers_in(values):
    """Every word that was typed has a number of its own."""
    return {found for value in values for found in re.findall(r"\d{4,}", str(value))}


class Pages(RuleBasedStateMachine):
    """Three people with a page each, that may be old: whatever they send, every word is found afterwards."""

    @initialize()
    def begin(self):
        self.revision, self.history, self.aside, self.sent, self.numbers = 0, [], [], set(), 1000
        self.pages = [0, 0, 0]

    def at(self, revision):
        found = {}
        for number, path, value in self.history:
            if number <= revision:
                found[path] = value
        return found

    def fresh(self):
        self.numbers += 1
        return f"ord{self.numbers}"

    def send(self, who, mine):
        base, now = self.at(self.pages[who]), self.at(self.revision)
        joined = join(FORM, mine, base, now)
        self.revision += bool(joined.writes)
        self.history += [(self.revision, path, value) for path, value in joined.writes.items()]
        self.aside += joined.conflicts.values()
        self.sent |= numbers_in(mine.values())
        self.rows_written_in_stand(mine, base)

    def rows_written_in_stand(self, mine, base):
        """A row in which somebody has just written is there, unless she takes it away herself."""
        stands = self.at(self.revision)
        for path, value in mine.items():
            row, _slash, column = path.rpartition("/")
            if "/" in row and column and value not in (None, base.get(path)) and mine.get(row, 1) is not None:
                assert stands.get(row) is not None

    @rule(who=some.integers(0, 2))
    def open_again(self, who):
        self.pages[who] = self.revision

    @rule(who=some.integers(0, 2), path=some.sampled_from(PATHS), where=some.integers(0, 9))
    def write(self, who, path, where):
        text = self.at(self.pages[who]).get(path)
        parts = str(text).split(". ") if text else []
        parts.insert(where % (len(parts) + 1), self.fresh())
        value = str(self.numbers) if path == "pupils" else self.numbers if path.endswith("cost") else ". ".join(parts)
        self.send(who, {path: value})

    @rule(who=some.integers(0, 2), path=some.sampled_from(PATHS))
    def empty(self, who, path):
        self.send(who, {path: None})

    @rule(who=some.integers(0, 2), row=some.sampled_from("ab"))
    def take_away(self, who, row):
        self.send(who, {f"measures/{row}": None, f"measures/{row}/what": f"sist {self.fresh()}"})

    @invariant()
    def every_word_is_found(self):
        if hasattr(self, "history"):
            kept = [value for _, _, value in self.history] + self.aside
            assert self.sent - numbers_in(kept) == set()


Pages.TestCase.settings = settings(max_examples=many(60), stateful_step_count=40, deadline=None)
TestPages = Pages.TestCase
