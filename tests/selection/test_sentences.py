"""What stands in the way, in sentences that a person can act on."""

import pytest
from django.utils import translation

from samspel.selection.queries.wording import sentences_of
from samspel.selection.rules.problems import Problem


def lacking(name, indicator="kolada_n66077"):
    return Problem("value_is_missing", "data.2120000308.poverty", {"name": name, "indicator": indicator})


def said(problems, language="sv"):
    with translation.override(language):
        return [str(sentence) for sentence in sentences_of(problems)]


def test_one_without_a_figure_is_named_with_what_is_lacking():
    assert said([lacking("Flens kommun")]) == [
        "Flens kommun saknar uppgift om ”Låg ekonomisk standard, invånare 0–19 år”. Importera en, "
        "undanta huvudmannen eller ange vad som ska gälla när uppgifter saknas."
    ]


def test_all_who_lack_the_same_figure_share_a_sentence():
    names = [f"Kommun {number}" for number in range(1, 9)]

    (sentence,) = said(map(lacking, names))

    assert sentence.startswith("8 huvudmän saknar uppgift om ”Låg ekonomisk standard, invånare 0–19 år”: Kommun 1,")
    assert "Kommun 6 och 2 till." in sentence and "Kommun 7" not in sentence


def test_different_figures_and_other_problems_keep_sentences_of_their_own():
    problems = [lacking("Ale"), Problem("no_weight", "criteria"), lacking("Bro"), lacking("Ale", "kolada_n15902")]

    found = said(problems, "en")

    assert [sentence.split(" ")[0] for sentence in found] == ["2", "Criteria:", "Ale"]
    assert "Ale and Bro." in found[0]


@pytest.mark.parametrize("where", ["", "data.2120000308.poverty"])
def test_no_key_of_the_rules_leaks_into_a_sentence(where):
    (sentence,) = said([Problem("value_is_missing", where, {"name": "Ale", "indicator": "kolada_n66077"})])

    assert "poverty" not in sentence and "2120000308" not in sentence
