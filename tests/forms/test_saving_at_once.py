"""Many who save at the same instant, over connections of their own: each change stands, or is set aside."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from samspel.forms.models import Answer, AnswerState, Field, FieldChange, SetAside
from samspel.forms.operations import saving
from samspel.forms.queries.answers import fields_at, fields_of, waiting
from samspel.kernel.audit.models import AuditEntry
from tests.forms.conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Run the deeds in threads that start together; what each gave. Raises what any of them raised."""
    gate, given = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait(timeout=60)
            given[place] = deed()
        except Exception as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return given


def saves(answer, by, base=0, **typed):
    """A save to come, on an answer read anew as a request does."""
    return lambda: saving.save(answer=Answer.objects.get(pk=answer.pk), typed=typed, base=base, by=by, at=AT)


def everything(answer, path):
    """All that was ever written at a path, and all that was set aside there."""
    changes = FieldChange.objects.filter(answer=answer, path=path).values_list("value", flat=True)
    return [*changes, *SetAside.objects.filter(answer=answer, path=path).values_list("value", flat=True)]


def test_different_fields_saved_at_the_same_instant_both_stand(answer, writer, second_writer):
    given = at_once(saves(answer, writer, contact="Anna"), saves(answer, second_writer, summary="Text."))

    assert fields_of(answer) == {"contact": "Anna", "summary": "Text."}
    assert sorted(one.revision for one in given) == [1, 2]


def test_of_the_same_field_saved_at_the_same_instant_one_stands_and_the_other_is_set_aside(
    answer, writer, second_writer
):
    given = at_once(saves(answer, writer, contact="Anna"), saves(answer, second_writer, contact="Berit"))

    stands, aside = fields_of(answer)["contact"], [row.value for row in waiting(answer)]
    assert sorted([stands, *aside]) == ["Anna", "Berit"]
    assert sorted(len(one.set_aside) for one in given) == [0, 1]


def test_a_save_at_the_same_instant_as_a_submission_stands_in_it_or_beside_it(answer, writer):
    def submit():
        Answer.objects.filter(pk=answer.pk).update(state=AnswerState.SUBMITTED)

    given = at_once(saves(answer, writer, contact="Anna"), submit)

    assert everything(answer, "contact") == ["Anna"]
    assert isinstance(given[0], saving.Saved | saving.AnswerFrozen)


def test_twenty_people_who_save_ten_times_each_leave_no_gap_and_lose_no_text(answer, writer, second_writer, submitter):
    people = [writer, second_writer, submitter]

    def writing(number):
        def run():
            base = 0
            for turn in range(10):
                name = f"t{number}x{turn}"
                typed = {"contact": name, "summary": f"{name}.", f"measures/r{number % 15}/what": name}
                mine = Answer.objects.get(pk=answer.pk)
                saved = saving.save(answer=mine, typed=typed, base=base, by=people[number % 3], at=AT)
                base = saved.revision if turn % 2 else base
                assert not saved.faults
            return True

        return run

    given = at_once(*[writing(number) for number in range(20)])

    assert given == [True] * 20
    names = {f"t{number}x{turn}" for number in range(20) for turn in range(10)}
    answer.refresh_from_db()
    revisions = sorted(set(FieldChange.objects.filter(answer=answer).values_list("revision", flat=True)))
    assert revisions == list(range(1, answer.revision + 1))
    assert fields_at(answer, answer.revision) == fields_of(answer)
    assert {row.path: row.revision for row in Field.objects.filter(answer=answer)} == {
        path: max(FieldChange.objects.filter(answer=answer, path=path).values_list("revision", flat=True))
        for path in FieldChange.objects.filter(answer=answer).values_list("path", flat=True)
    }
    for path in ("contact", "summary"):
        found = " ".join(everything(answer, path)).replace(".", " ").split()
        assert names - set(found) == set()
    rows = " ".join(str(each) for n in range(15) for each in everything(answer, f"measures/r{n}/what")).split()
    assert names - set(rows) == set()
    entries = AuditEntry.objects.filter(subject_key=str(answer.pk), action="forms.answer.saved")
    assert entries.count() <= 200
