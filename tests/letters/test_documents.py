"""A letter as data: read with every fault found, written back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.letters.rules import documents
from tests.letters.conftest import BODY


def faults_of(**changed):
    with pytest.raises(documents.DocumentRefused) as refused:
        documents.read({**BODY, **changed})
    return {(fault.place, fault.code) for fault in refused.value.faults}


def test_a_letter_is_read_and_written_back_the_same():
    letter = documents.read(BODY)

    assert documents.read(documents.as_data(letter)) == letter
    assert (letter.subject.sv, letter.has_english) == ("Brev till samordnarna 2026", True)


def test_nothing_at_all_is_an_empty_letter():
    assert documents.read({}) == documents.LetterDocument()


def test_a_subject_is_one_line_whatever_was_pasted():
    letter = documents.read({**BODY, "subject": {"sv": "Hej\r\nBcc: alla\x00"}})

    assert letter.subject.sv == "Hej Bcc: alla"


def test_a_text_without_english_leaves_the_letter_in_swedish_alone():
    block = {"key": "c3", "kind": "text", "words": {"sv": "Bara svenska."}}

    assert not documents.read({**BODY, "blocks": [*BODY["blocks"], block]}).has_english


def test_each_fault_is_told_with_its_place():
    block = {"key": "a1", "kind": "film", "words": {"sv": "x" * 20_001}}

    assert faults_of(blocks=[block, {**block, "kind": "text", "words": {}}]) == {
        ("blocks/a1", "no_such_kind"),
        ("blocks/a1", "too_long"),
        ("blocks/a1", "key_twice"),
    }
    assert faults_of(blocks=[{"kind": "text"}]) == {("blocks", "no_key")}
    assert faults_of(blocks=[{"key": f"k{n}", "kind": "text"} for n in range(61)]) == {("blocks", "too_many_blocks")}
    assert faults_of(signers=[{}] * 11) == {("signers", "too_many_signers")}
    assert faults_of(format="samspel.form/1") == {("", "not_a_letter")}


def test_the_digest_changes_with_the_words_and_with_what_is_approved_beside_them():
    letter = documents.read(BODY)
    other = documents.read({**BODY, "lead": {"sv": "Något annat"}})

    assert documents.digest_of(letter) == documents.digest_of(documents.read(documents.as_data(letter)))
    assert len({documents.digest_of(letter), documents.digest_of(other), documents.digest_of(letter, to=["a"])}) == 3


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["format", "subject", "sv", "en", "blocks", "key", "kind", "words", "ref", "signers", "name", "title"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(ANYTHING)
def test_whatever_is_handed_in_is_a_letter_or_refused_with_faults(data):
    try:
        letter = documents.read(data)
    except documents.DocumentRefused as refused:
        assert refused.faults
    else:
        assert documents.read(documents.as_data(letter)) == letter
