"""What was set aside: used, put after what stands, or put away, and never gone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from samspel.forms.models import Answer, AnswerState, SetAside, SetAsideState
from samspel.forms.operations import saving, set_aside
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries.answers import fields_of, waiting
from samspel.forms.queries.history import history_of_field
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.files.models import StoredFile
from tests.forms.conftest import AT


def aside(answer, by, path="contact", value="Berit", **more):
    return SetAside.objects.create(answer=answer, path=path, value=value, written_at=AT, written_by=by.key, **more)


@pytest.fixture
def waits(answer, writer, second_writer):
    """What the second wrote while the first wrote something else in the same field."""
    saving.save(answer=answer, typed={"contact": "Anna"}, base=0, by=writer, at=AT)
    saving.save(answer=answer, typed={"contact": "Berit"}, base=0, by=second_writer, at=AT)
    return waiting(answer)[0]


def test_what_is_used_takes_the_place_of_what_stood_and_that_is_in_the_history(waits, answer, writer):
    row = set_aside.use(set_aside=waits, by=writer, at=AT)

    assert fields_of(answer) == {"contact": "Berit"}
    assert [(one.value, one.was, one.way) for one in history_of_field(answer, "contact")] == [
        ("Berit", "Anna", "set_aside"), ("Anna", None, "page")
    ]  # fmt: skip
    assert (row.state, row.decided_by, waiting(answer)) == (SetAsideState.USED, writer.key, [])
    entry = AuditEntry.objects.get(action="forms.set_aside.used")
    assert entry.facts == {"set_aside": row.pk, "path": "contact"}


def test_a_text_is_put_after_what_stands(waits, answer, writer):
    set_aside.put_after(set_aside=waits, by=writer, at=AT)

    assert (fields_of(answer), waiting(answer)) == ({"contact": "Anna Berit"}, [])


def test_a_long_text_is_put_after_as_a_paragraph_and_in_an_empty_field_by_itself(answer, writer):
    set_aside.put_after(set_aside=aside(answer, writer, "summary", "Ett."), by=writer, at=AT)
    set_aside.put_after(set_aside=aside(answer, writer, "summary", "Två."), by=writer, at=AT)

    assert fields_of(answer) == {"summary": "Ett.\n\nTvå."}


def test_what_is_put_away_is_shown_no_more_and_is_still_kept(waits, answer, writer):
    row = set_aside.drop(set_aside=waits, by=writer, at=AT)

    assert (row.state, row.value, waiting(answer)) == (SetAsideState.DROPPED, "Berit", [])
    assert fields_of(answer) == {"contact": "Anna"}
    assert AuditEntry.objects.filter(action="forms.set_aside.dropped").count() == 1


@pytest.mark.parametrize("deed", [set_aside.use, set_aside.put_after, set_aside.drop])
def test_it_is_decided_once_by_those_who_write_while_the_form_is_open(deed, waits, answer, writer, commenter):
    with pytest.raises(PermissionDenied):
        deed(set_aside=waits, by=commenter, at=AT)
    Answer.objects.update(state=AnswerState.SUBMITTED)
    with pytest.raises(AnswerRefused):
        deed(set_aside=waits, by=writer, at=AT)
    Answer.objects.update(state=AnswerState.WRITING)
    deed(set_aside=waits, by=writer, at=AT)

    with pytest.raises(AnswerRefused) as refusal:
        deed(set_aside=waits, by=writer, at=AT)

    assert refusal.value.code == "decided_already"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("pupils", "tolv", "does_not_fit"),
        ("areas", ["noise"], "does_not_fit"),
        ("need", {"a": 1}, "does_not_fit"),
        ("no_more", "x", "not_asked"),
        ("summary", "x" * 100_001, "does_not_fit"),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused_in_words(answer, writer, path, value, code):
    row = aside(answer, writer, path, value)

    with pytest.raises(AnswerRefused) as refusal:
        set_aside.use(set_aside=row, by=writer, at=AT)

    assert refusal.value.code == code
    assert (fields_of(answer), len(waiting(answer))) == ({}, 1)


def test_a_file_takes_its_place_if_whoever_wrote_it_also_uploaded_it(answer, writer, second_writer):
    file = StoredFile.objects.create(
        digest="a" * 64, size=1, media_type="application/pdf", name="p.pdf", stored_at=AT, stored_by=writer.key
    )

    with pytest.raises(AnswerRefused) as refusal:
        set_aside.use(set_aside=aside(answer, second_writer, "minutes", str(file.key)), by=writer, at=AT)
    set_aside.use(set_aside=aside(answer, writer, "minutes", str(file.key)), by=second_writer, at=AT)

    assert (refusal.value.code, fields_of(answer)) == ("does_not_fit", {"minutes": str(file.key)})


def test_values_of_every_kind_are_used_as_they_were_kept(answer, writer):
    kept = {"pupils": "1200.5", "ceiling": 123450, "decided": "2026-11-01", "begins": "HT2026", "need": "high",
            "areas": ["reading", "calm"], "trust": 4}  # fmt: skip
    kept["pupils"] = "1200"
    for path, value in kept.items():
        set_aside.use(set_aside=aside(answer, writer, path, value), by=writer, at=AT)

    assert fields_of(answer) == kept


def test_only_text_is_put_after(answer, writer):
    with pytest.raises(AnswerRefused) as refusal:
        set_aside.put_after(set_aside=aside(answer, writer, "pupils", "12"), by=writer, at=AT)

    assert refusal.value.code == "no_text"


def test_two_texts_too_long_together_stay_where_they_are(answer, writer):
    saving.save(answer=answer, typed={"summary": "x" * 60_000}, base=0, by=writer, at=AT)

    with pytest.raises(AnswerRefused):
        set_aside.put_after(set_aside=aside(answer, writer, "summary", "y" * 60_000), by=writer, at=AT)

    assert len(waiting(answer)) == 1


def test_a_cell_whose_row_is_gone_brings_the_row_back(answer, writer):
    set_aside.use(set_aside=aside(answer, writer, "measures/a/what", "Handledning"), by=writer, at=AT)

    assert fields_of(answer) == {"measures/a": 1, "measures/a/what": "Handledning"}


def test_what_waits_says_what_its_question_is_called_in_the_readers_language(answer, writer):
    aside(answer, writer, "measures/a/what", "Handledning", label="Gammalt")
    aside(answer, writer, "no_more", "x", label="Det som inte frågas längre")

    labels = [row.label for row in waiting(answer)]
    with translation.override("en"):
        assert [row.label for row in waiting(answer)] == ["Measures: What", "Det som inte frågas längre"]
    assert labels == ["Insatser: Vad", "Det som inte frågas längre"]


def test_what_waits_is_found_in_one_query(answer, writer, django_assert_num_queries):
    for number in range(3):
        aside(answer, writer, value=str(number))

    with django_assert_num_queries(1):
        assert [row.value for row in waiting(answer)] == ["0", "1", "2"]
