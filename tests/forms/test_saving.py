"""Saving: what somebody types is kept, what somebody else wrote is not lost, and what is wrong is refused by itself."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.forms.models import Answer, AnswerState, Field, FieldChange, SectionMark, SetAside, Version, VersionState
from samspel.forms.operations import saving
from samspel.forms.operations.carrying import carry_over
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries.answers import changes_since, fields_at, fields_of, waiting
from samspel.forms.queries.history import history_of_field
from samspel.kernel.audit import SYSTEM
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.files.models import StoredFile
from samspel.registry.models import Municipality
from tests.forms.conftest import AT, BODY, handed_out, make_version

LATER = AT + timedelta(minutes=5)
TEXT = "Skolan har två rektorer. Eleverna trivs."


def save(answer, by, base=None, at=AT, bases=None, sent=None, **typed):
    """Save what is typed, paths with `__` for `/`, on a page as the answer stands if no other revision is said."""
    answer.refresh_from_db()
    typed = {path.replace("__", "/"): value for path, value in typed.items()}
    base = answer.revision if base is None else base
    return saving.save(answer=answer, typed=typed, base=base, bases=bases, sent=sent, by=by, at=at)


def entries(answer, action):
    return AuditEntry.objects.filter(subject_key=str(answer.pk), action=action)


def test_what_is_typed_is_kept_with_its_history_and_one_trace(answer, writer):
    saved = save(answer, writer, summary=f" {TEXT} \r\n", pupils="1 200", need="high", areas=["calm", "reading"])

    kept = {"summary": f" {TEXT}", "pupils": "1200", "need": "high", "areas": ["reading", "calm"]}
    assert fields_of(answer) == fields_at(answer, 1) == kept
    assert (saved.revision, saved.saved_at, saved.changed, saved.faults, saved.theirs) == (1, AT, set(kept), {}, {})
    assert [entry.facts for entry in entries(answer, "forms.answer.saved")] == [
        {"revision": 1, "fields": 4, "set_aside": 0}
    ]
    assert [(row.value, row.changed_by, row.way) for row in FieldChange.objects.filter(path="pupils")] == [
        ("1200", writer.key, "page")
    ]
    answer.refresh_from_db()
    assert (answer.revision, answer.saved_at) == (1, AT)


def test_an_unchanged_save_writes_nothing_and_still_says_that_all_is_kept(answer, writer):
    save(answer, writer, summary=TEXT)
    rows = (FieldChange.objects.count(), AuditEntry.objects.count())

    saved = save(answer, writer, at=LATER, summary=TEXT, contact="")

    assert (saved.revision, saved.saved_at, saved.changed) == (1, LATER, frozenset())
    assert (FieldChange.objects.count(), AuditEntry.objects.count()) == rows


def test_what_is_wrong_is_told_and_never_takes_the_place_of_what_is_right(answer, writer):
    save(answer, writer, pupils="12", contact="Anna")

    saved = save(
        answer, writer, pupils="tolv", contact="Berit", nothing="x", measures__a__cost="mycket", measures__a="x"
    )

    told = {path: fault.code for path, fault in saved.faults.items()}
    assert told == {"pupils": "number", "nothing": "unknown_field", "measures/a/cost": "money", "measures/a": "place"}
    assert fields_of(answer) == {"pupils": "12", "contact": "Berit"}


@pytest.mark.parametrize("text", ["x" * 1_000_000, "\x00" * 10, "\ud800", "'; DROP TABLE forms_field; --", "{{ 7 }}"])
def test_any_text_is_kept_or_refused_in_words(answer, writer, text):
    saved = save(answer, writer, summary=text)

    codes = {fault.code for fault in saved.faults.values()}
    assert codes == ({"too_long"} if len(text) > 100_000 else set())
    assert fields_of(answer).get("summary", "") in (text, "")


@pytest.mark.parametrize("base", [-1, 2, 10**18])
def test_a_revision_that_never_was_is_refused(answer, writer, base):
    save(answer, writer, summary=TEXT)

    with pytest.raises(AnswerRefused) as refusal:
        save(answer, writer, base=base, contact="Anna")
    with pytest.raises(AnswerRefused):
        save(answer, writer, bases={"contact": base}, contact="Anna")

    assert refusal.value.code == "unknown_revision"
    assert fields_of(answer) == {"summary": TEXT}


def test_only_those_who_write_in_it_save(answer, commenter, outsider, officer):
    for person in (commenter, outsider, officer):
        with pytest.raises(PermissionDenied):
            save(answer, person, summary=TEXT)

    assert (fields_of(answer), entries(answer, "forms.answer.saved").count()) == ({}, 0)


# Two people


def test_fields_that_two_people_change_from_the_same_page_all_stand(answer, writer, second_writer):
    save(answer, writer, base=0, summary=TEXT)

    saved = save(answer, second_writer, base=0, contact="Anna", summary="")

    assert fields_of(answer) == {"summary": TEXT, "contact": "Anna"}
    assert {path: (their.value, their.by) for path, their in saved.theirs.items()} == {"summary": (TEXT, writer.key)}
    assert saved.set_aside == []


def test_sentences_that_two_people_change_are_joined_and_the_page_is_told(answer, writer, second_writer):
    save(answer, writer, summary=TEXT)
    save(answer, writer, base=1, summary=TEXT.replace("två", "tre"))

    saved = save(answer, second_writer, base=1, summary=TEXT.replace("trivs", "trivs bra"))

    joined = "Skolan har tre rektorer. Eleverna trivs bra."
    assert fields_of(answer) == {"summary": joined}
    their = saved.theirs["summary"]
    assert (their.value, their.by, their.is_merged, their.revision) == (joined, writer.key, True, 3)


def test_of_two_who_change_the_same_sentence_one_stands_and_the_other_is_set_aside(answer, writer, second_writer):
    save(answer, writer, summary=TEXT)
    theirs, mine = TEXT.replace("två", "tre"), TEXT.replace("två", "fyra")
    save(answer, writer, base=1, summary=theirs)

    saved = save(answer, second_writer, base=1, summary=mine, contact="Anna")

    assert fields_of(answer) == {"summary": theirs, "contact": "Anna"}
    assert [(row.path, row.value, row.label, row.written_by) for row in waiting(answer)] == [
        ("summary", mine, "Sammanfattning", second_writer.key)
    ]
    assert [row.value for row in saved.set_aside] == [mine]
    assert saved.theirs["summary"].value == theirs
    assert entries(answer, "forms.answer.saved").latest("id").facts["set_aside"] == 1


def test_a_page_that_heard_no_answer_and_sends_again_sets_aside_once_and_what_is_written_on_takes_its_place(
    answer, writer, second_writer
):
    save(answer, writer, base=0, contact="Anna")
    for text in ("Berit", "Berit", "Berit Ek"):
        save(answer, second_writer, base=0, contact=text)

    assert [row.value for row in waiting(answer)] == ["Berit Ek"]


def test_what_is_sent_again_because_no_answer_came_is_saved_once(answer, writer):
    for _ in range(2):
        saved = save(answer, writer, base=0, summary=TEXT, measures__a__what="Handledning")

    assert (saved.revision, set(saved.theirs), saved.set_aside) == (1, {"measures/a"}, [])
    assert FieldChange.objects.filter(answer=answer).count() == 3


def test_a_page_that_heard_no_answer_and_is_written_on_in_follows_what_it_sent_itself(answer, writer):
    tried: list[str] = []
    for text in ("Ann", "Anna", "Annika"):
        saved = save(answer, writer, base=0, sent={"contact": tried}, contact=text)
        tried = [*tried, text]

    assert (fields_of(answer), saved.set_aside, saved.theirs) == ({"contact": "Annika"}, [], {})
    assert len(history_of_field(answer, "contact")) == 3


def test_what_somebody_else_wrote_between_is_not_taken_for_ones_own(answer, writer, second_writer):
    save(answer, writer, base=0, summary=TEXT)
    save(answer, second_writer, base=1, summary=TEXT.replace("två", "tre"))
    save(answer, writer, base=1, summary=TEXT.replace("trivs", "trivs bra"))

    save(answer, writer, base=1, summary=TEXT.replace("trivs", "trivs riktigt bra"))

    assert fields_of(answer) == {"summary": "Skolan har tre rektorer. Eleverna trivs bra."}
    assert [row.value for row in waiting(answer)] == [TEXT.replace("trivs", "trivs riktigt bra")]


def test_a_window_in_which_nothing_was_written_takes_nothing_from_ones_other_window(answer, writer):
    save(answer, writer, base=0, contact="Anna")

    save(answer, writer, base=0, contact="", summary=TEXT)

    assert fields_of(answer) == {"contact": "Anna", "summary": TEXT}


def test_of_two_windows_of_ones_own_the_later_does_not_take_the_earliers_place_for_long(answer, writer):
    save(answer, writer, base=0, contact="Anna")

    save(answer, writer, base=0, at=LATER, contact="Berit")

    assert fields_of(answer) == {"contact": "Anna"}
    assert [row.value for row in waiting(answer)] == ["Berit"]


def test_a_field_may_be_of_another_revision_than_the_page(answer, writer, second_writer):
    save(answer, writer, base=0, summary=TEXT)
    save(answer, writer, base=1, summary="Ett.")

    saved = save(answer, second_writer, base=2, bases={"summary": 1}, summary="Annat.", contact="Anna")

    assert fields_of(answer) == {"summary": "Ett.", "contact": "Anna"}
    assert [row.value for row in saved.set_aside] == ["Annat."]


def test_a_row_comes_back_if_somebody_writes_in_it_and_she_is_told(answer, writer, second_writer):
    save(answer, writer, measures__a__what="Handledning", measures__a__cost="100 kr")
    save(answer, writer, base=1, measures__a="")
    assert fields_of(answer) == {}

    saved = save(answer, second_writer, base=1, measures__a__what="Handledning i läsning")

    assert saved.brought_back == {"measures/a"}
    assert fields_of(answer) == {
        "measures/a": 1, "measures/a/what": "Handledning i läsning", "measures/a/cost": 10000
    }  # fmt: skip


def test_rows_that_two_add_at_once_stand_after_each_other(answer, writer, second_writer):
    save(answer, writer, base=0, measures__a__what="Ett")
    save(answer, second_writer, base=0, measures__b__what="Två")

    assert {path: value for path, value in fields_of(answer).items() if path.count("/") == 1} == {
        "measures/a": 1, "measures/b": 2
    }  # fmt: skip


def test_a_row_too_many_is_refused_and_the_rest_of_the_save_is_kept(answer, writer):
    rows = {f"measures__r{n}__what": str(n) for n in range(21)}

    saved = save(answer, writer, contact="Anna", **rows)

    assert {path: (fault.code, fault.detail) for path, fault in saved.faults.items()} == {
        "measures/r20": ("too_many_rows", "20"),
        "measures/r20/what": ("too_many_rows", "20"),
    }
    assert len(fields_of(answer)) == 41


def test_what_others_changed_is_told_by_field(answer, writer, second_writer):
    save(answer, writer, summary=TEXT, contact="Anna")
    save(answer, second_writer, at=LATER, contact="")

    found = changes_since(answer, 1)

    assert {path: (one.value, one.by, one.at, one.revision) for path, one in found.items()} == {
        "contact": (None, second_writer.key, LATER, 2)
    }


# What points elsewhere


def test_a_code_that_no_register_knows_is_refused(answer, writer):
    code = Municipality.objects.order_by("code").values_list("code", flat=True).first()

    saved = save(answer, writer, municipality="9999", unit="inte en skola")
    assert {path: fault.code for path, fault in saved.faults.items()} == {
        "municipality": "no_such_code", "unit": "no_such_code"
    }  # fmt: skip
    saved = save(answer, writer, municipality=code)

    assert (saved.faults, fields_of(answer)) == ({}, {"municipality": code})


def test_a_file_is_put_in_by_the_one_who_uploaded_it_alone(answer, writer, second_writer):
    file = StoredFile.objects.create(digest="a" * 64, size=1, media_type="application/pdf", name="p.pdf", stored_at=AT,
                                     stored_by=writer.key)  # fmt: skip

    for typed in (str(file.key), "no key at all"):
        assert save(answer, second_writer, minutes=typed).faults["minutes"].code == "no_such_file"
    save(answer, writer, minutes=str(file.key))

    assert save(answer, second_writer, minutes=str(file.key)).faults == {}
    assert fields_of(answer) == {"minutes": str(file.key)}


# Submitted meanwhile


@pytest.mark.parametrize("state", [AnswerState.SUBMITTED, AnswerState.WITHDRAWN])
def test_what_was_typed_before_a_form_was_submitted_is_kept_beside_it(answer, writer, state):
    save(answer, writer, summary=TEXT, contact="Anna")
    Answer.objects.filter(pk=answer.pk).update(state=state)

    for _ in range(2):
        with pytest.raises(saving.AnswerFrozen) as refusal:
            save(answer, writer, base=1, summary=TEXT + " Mer.", contact="Anna", pupils="tolv", nothing="x", need="")

    assert fields_of(answer) == {"summary": TEXT, "contact": "Anna"}
    kept = {"summary": TEXT + " Mer.", "pupils": "tolv"}
    assert {row.path: row.value for row in waiting(answer)} == kept
    assert {row.path: row.value for row in refusal.value.set_aside} == kept
    assert {row.why for row in waiting(answer)} == {"frozen"}
    assert "sparat vid sidan av" in str(refusal.value)


def test_a_submitted_form_with_nothing_new_on_the_page_is_refused_and_keeps_nothing(answer, writer, outsider):
    save(answer, writer, summary=TEXT)
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.SUBMITTED)

    with pytest.raises(AnswerRefused):
        save(answer, writer, summary=TEXT)
    with pytest.raises(PermissionDenied):
        save(answer, outsider, summary="Annat.")

    assert SetAside.objects.count() == 0


def test_what_is_written_in_a_question_that_a_newer_version_no_longer_asks_is_kept_beside_it(answer, writer):
    save(answer, writer, contact="Anna", summary=TEXT)
    body = copy.deepcopy(BODY)
    del body["sections"][0]["questions"][:2]
    Version.objects.update(state=VersionState.RETIRED)
    make_version(body, number=2)
    carry_over(answer=answer, by=writer, at=AT)
    carried = {row.path: row.value for row in waiting(answer)}

    for _ in range(2):
        saved = save(answer, writer, base=1, contact="Anna Ek", summary=TEXT, nothing="x", pupils="12")

    assert carried == {"contact": "Anna", "summary": TEXT}
    assert {path: fault.code for path, fault in saved.faults.items()} == dict.fromkeys(
        ["contact", "summary", "nothing"], "unknown_field"
    )
    assert [(row.path, row.value, row.why, row.label) for row in saved.set_aside] == [
        ("contact", "Anna Ek", "not_asked", "Kontakt")
    ]
    assert fields_of(answer) == {"pupils": "12"}


# Sections, writing by other ways, history


def test_a_section_is_being_written_from_its_first_save_and_what_was_said_of_it_stands(answer, writer, second_writer):
    save(answer, writer, summary=TEXT)
    SectionMark.objects.filter(section="background").update(status="ready")
    save(answer, second_writer, contact="Anna", ceiling="100")

    assert dict(SectionMark.objects.filter(answer=answer).values_list("section", "status")) == {
        "background": "ready", "plan": "writing"
    }  # fmt: skip


def test_values_come_in_by_other_ways_as_they_are_and_say_which(answer, writer):
    values = {
        "contact": "Anna",
        "measures/n1/what": "Handledning",
        "measures/n2/what": "Möten",
        "measures/n1/cost": 100,
    }

    assert saving.write(answer=answer, values=values, by=SYSTEM, at=AT, way="pdf") == 1
    assert saving.write(answer=answer, values=values, by=SYSTEM, at=AT, way="pdf") == 1

    assert fields_of(answer) == {**values, "measures/n1": 1, "measures/n2": 2}
    assert set(FieldChange.objects.values_list("way", flat=True)) == {"pdf"}
    assert [entry.facts["way"] for entry in entries(answer, "forms.answer.saved")] == ["pdf"]


def test_the_history_of_a_field_says_who_wrote_what_when_and_what_it_was(answer, writer, second_writer):
    save(answer, writer, contact="Anna")
    save(answer, second_writer, at=LATER, contact="Berit")
    save(answer, second_writer, at=LATER, contact="")

    found = [(one.value, one.was, one.name, one.at, one.way) for one in history_of_field(answer, "contact")]

    assert found == [
        (None, "Berit", "Didrik Utvecklare", LATER, "page"),
        ("Berit", "Anna", "Didrik Utvecklare", LATER, "page"),
        ("Anna", None, "Wilma Rektor", AT, "page"),
    ]


def test_somebody_with_protected_identity_is_named_in_a_history_to_herself_alone(answer, writer):
    save(answer, writer, contact="Anna")
    type(writer).objects.filter(pk=writer.pk).update(is_protected=True)

    assert history_of_field(answer, "contact")[0].name != "Wilma Rektor"
    assert history_of_field(answer, "contact", seen_by=writer)[0].name == "Wilma Rektor"


def test_a_history_asks_no_more_of_the_database_when_it_is_longer(answer, writer, django_assert_num_queries):
    for number in range(6):
        save(answer, writer, contact=f"Anna {number}")

    with django_assert_num_queries(2):
        assert len(history_of_field(answer, "contact")) == 6


def test_what_was_written_is_never_changed(answer, writer):
    save(answer, writer, contact="Anna")

    with pytest.raises(Exception, match="what was written is kept"):
        FieldChange.objects.update(value="Berit")


# Statements


def long_form(questions):
    texts = [
        {"key": f"q{number}", "type": "short_text", "label": {"sv": f"Fråga {number}"}} for number in range(questions)
    ]
    return {
        **BODY,
        "slug": f"lang-{questions}",
        "sections": [{"key": "all", "title": {"sv": "Allt"}, "questions": texts}],
    }


def statements(answer, writer, base, **typed):
    # As at a request of her own: what she holds is asked for once in each.
    writer = type(writer).objects.get(pk=writer.pk)
    with CaptureQueriesContext(
        connection,
    ) as found:
        saving.save(answer=answer, typed=typed, base=base, by=writer, at=AT)
    return [each["sql"].split()[0] for each in found.captured_queries]


def test_a_hundred_fields_cost_as_many_statements_as_ten(organizer, writer, second_writer):
    found = []
    for number in (10, 100):
        version = make_version(long_form(number))
        answer = handed_out(version, organizer, (writer, "write"), (second_writer, "write"))
        first = statements(answer, writer, 0, **{f"q{n}": f"ett {n}" for n in range(number)})
        more = statements(answer, second_writer, 1, **{f"q{n}": f"två {n}" for n in range(number)})
        conflicts = statements(answer, writer, 1, **{f"q{n}": f"tre {n}" for n in range(number)})
        found.append((first, more, conflicts))
        assert Field.objects.filter(answer=answer).count() == len(waiting(answer)) == number

    assert found[0] == found[1]
    assert len(found[0][0]) <= 11
