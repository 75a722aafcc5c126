"""A definition as text: what is written in TOML is read back as the very same definition."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.forms.queries.definitions import shipped_documents
from samspel.forms.rules import definitions
from samspel.forms.rules.toml import written
from tests.forms.conftest import BODY

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    TEXT | st.integers(-(10**15), 10**15) | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXT, below, max_size=4),
    max_leaves=15,
)


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_whatever_is_written_is_read_back_the_same(data):
    assert tomllib.loads(written(data)) == data


def test_a_definition_comes_back_as_it_was_with_the_same_digest():
    definition = definitions.read(BODY)

    again = definitions.read(tomllib.loads(written(definitions.as_data(definition))))

    assert again == definition
    assert definitions.digest_of(again) == definitions.digest_of(definition)


def test_every_shipped_definition_comes_back_as_it_was():
    shipped = [definitions.read(data) for data in shipped_documents()]

    assert [definitions.read(tomllib.loads(written(definitions.as_data(each)))) for each in shipped] == shipped


def test_the_text_is_for_people_sections_and_questions_stand_as_tables():
    text = written(definitions.as_data(definitions.read(BODY)))

    assert '[[sections]]\nkey = "background"\ntitle = { sv = "Bakgrund", en = "Background" }\n' in text
    assert '[[sections.questions]]\nkey = "summary"\n' in text
    assert 'asked_when = { question = "need", is = "high" }' in text


def test_what_toml_cannot_say_is_refused():
    with pytest.raises(TypeError):
        written({"nothing": None})
