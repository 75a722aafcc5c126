"""A letter is written by several at once, and nothing that anybody wrote is lost."""

from __future__ import annotations

import copy

import pytest
from django.core.exceptions import PermissionDenied

from samspel.kernel.models import AuditEntry
from samspel.letters.models import Letter
from samspel.letters.operations import writing
from tests.casefiles.test_numbers import at_once
from tests.letters.conftest import AT, BODY, TO_COORDINATORS, make_letter, person_with


def said(sv, *, block=0):
    """The letter with other Swedish words in one of its texts."""
    body = copy.deepcopy(BODY)
    body["blocks"][block]["words"]["sv"] = sv
    return body


def words(letter, block=0):
    letter.refresh_from_db()
    return letter.body["blocks"][block]["words"]["sv"]


@pytest.fixture
def begun(editor):
    """A letter with its first words, in revision 2."""
    letter = writing.begin(by=editor, at=AT)
    return writing.change(letter=letter, body=BODY, revision=1, by=editor, at=AT)


def test_a_letter_is_begun_empty_and_leaves_a_trace(editor):
    letter = writing.begin(by=editor, at=AT, kind="news")

    assert (letter.kind, letter.state, letter.revision, letter.begun_by) == ("news", "draft", 1, editor.key)
    assert letter.revisions.get().body == letter.body
    entry = AuditEntry.objects.filter(action__startswith="letters.").get()
    assert (entry.action, entry.facts) == ("letters.letter.begun", {"kind": "news", "like": None})


def test_a_copy_has_the_words_and_nobody_to_go_to(begun, officer):
    copied = writing.begin(by=officer, at=AT, like=begun)

    assert (copied.body, copied.audience, copied.revision) == (begun.body, {}, 1)


@pytest.mark.parametrize("kind", ["", "x", "duty\x00"])
def test_a_kind_that_is_none_is_refused(editor, kind):
    with pytest.raises(writing.LetterRefused):
        writing.begin(by=editor, at=AT, kind=kind)

    assert Letter.objects.count() == 0


def test_those_without_the_task_write_nothing(begun, coordinator, outsider):
    for person in (coordinator, outsider, person_with("registrar", name="Rut Registrator")):
        with pytest.raises(PermissionDenied):
            writing.begin(by=person, at=AT)
        with pytest.raises(PermissionDenied):
            writing.change(letter=begun, body=said("Mitt"), revision=2, by=person, at=AT)


def test_each_change_is_a_revision_and_its_trace_holds_places_and_no_words(begun, officer):
    writing.change(letter=begun, body=said("Nytt"), revision=2, by=officer, at=AT)

    begun.refresh_from_db()
    assert (begun.revision, begun.changed_by, words(begun)) == (3, officer.key, "Nytt")
    assert [row.number for row in begun.revisions.all()] == [3, 2, 1]
    facts = AuditEntry.objects.last().facts
    assert facts == {"revision": 3, "places": ["blocks/a1/words/sv"], "fields": [], "set_aside": []}


def test_what_is_the_same_is_no_revision(begun, editor):
    writing.change(letter=begun, body=BODY, revision=2, by=editor, at=AT)

    begun.refresh_from_db()
    assert begun.revision == 2


def test_two_who_wrote_in_different_places_both_have_it(begun, editor, officer):
    writing.change(letter=begun, body=said("Först"), revision=2, by=editor, at=AT)
    writing.change(letter=begun, body=said("Sedan", block=1), revision=2, by=officer, at=AT)

    assert (words(begun, 0), words(begun, 1)) == ("Först", "Sedan")


def test_who_comes_second_to_a_place_has_her_words_set_aside(begun, editor, officer):
    writing.change(letter=begun, body=said("Först"), revision=2, by=editor, at=AT)
    writing.change(letter=begun, body=said("Sedan"), revision=2, by=officer, at=AT)

    assert words(begun) == "Först"
    aside = begun.revisions.get(number=4)
    assert (aside.by, aside.body["set_aside"]) == (officer.key, {"blocks/a1/words/sv": "Sedan"})
    assert begun.revision == 5


def test_what_was_set_aside_takes_its_place_once(begun, editor, officer):
    writing.change(letter=begun, body=said("Först"), revision=2, by=editor, at=AT)
    writing.change(letter=begun, body=said("Sedan"), revision=2, by=officer, at=AT)
    which = {"letter": begun, "number": 4, "place": "blocks/a1/words/sv", "by": editor, "at": AT}

    writing.settle_aside(**which, is_used=True)

    assert words(begun) == "Sedan"
    with pytest.raises(writing.LetterRefused):
        writing.settle_aside(**which, is_used=True)


def test_what_was_set_aside_is_put_away_and_stays_in_the_history(begun, editor, officer):
    writing.change(letter=begun, body=said("Först"), revision=2, by=editor, at=AT)
    writing.change(letter=begun, body=said("Sedan"), revision=2, by=officer, at=AT)
    writing.settle_aside(letter=begun, number=4, place="blocks/a1/words/sv", is_used=False, by=editor, at=AT)

    row = begun.revisions.get(number=4)
    assert (words(begun), row.body["set_aside"], row.body["blocks"][0]["words"]["sv"]) == ("Först", {}, "Sedan")


@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_the_same_moment_lose_nothing(editor):
    letter = writing.begin(by=editor, at=AT)
    writing.change(letter=letter, body=BODY, revision=1, by=editor, at=AT)
    texts = [f"Text {place}" for place in range(8)]

    given = at_once(
        lambda place: writing.change(letter=letter, body=said(texts[place]), revision=2, by=editor, at=AT), len(texts)
    )

    assert [one for one in given if isinstance(one, Exception)] == []
    asides = [
        row.body["set_aside"]["blocks/a1/words/sv"] for row in letter.revisions.all() if row.body.get("set_aside")
    ]
    assert sorted([words(letter), *asides]) == texts


def test_an_earlier_revision_is_taken_back(begun, editor):
    writing.change(letter=begun, body=said("Nytt"), revision=2, by=editor, at=AT)

    writing.restore(letter=begun, number=2, revision=3, by=editor, at=AT)

    begun.refresh_from_db()
    assert (words(begun), begun.revision) == (BODY["blocks"][0]["words"]["sv"], 4)
    for number, revision in ((2, 3), (99, 4)):
        with pytest.raises(writing.LetterRefused):
            writing.restore(letter=begun, number=number, revision=revision, by=editor, at=AT)


@pytest.mark.parametrize("state", ["for_approval", "approved", "planned", "sent", "withdrawn"])
def test_only_a_draft_is_written_in(editor, state):
    letter = make_letter(by=editor, state=state)

    with pytest.raises(writing.LetterRefused) as refusal:
        writing.change(letter=letter, body=said("Nytt"), revision=1, by=editor, at=AT)

    assert refusal.value.code == f"is_{state}"
    assert words(letter) == BODY["blocks"][0]["words"]["sv"]


def test_more_than_a_letter_holds_is_refused_with_its_place(begun, editor):
    with pytest.raises(writing.LetterFaulty) as refusal:
        writing.change(letter=begun, body=said("x" * 20_001), revision=2, by=editor, at=AT)

    assert [(fault.place, fault.code) for fault in refusal.value.faults] == [("blocks/a1", "too_long")]


def test_who_gets_it_is_said_and_kept_with_the_revision(begun, editor):
    writing.set_audience(letter=begun, audience=TO_COORDINATORS, by=editor, at=AT)

    begun.refresh_from_db()
    assert (begun.audience, begun.revisions.first().audience, begun.revision) == (TO_COORDINATORS, TO_COORDINATORS, 3)


def test_a_correction_goes_to_those_who_got_the_first(begun, editor):
    correction = make_letter(by=editor, corrects=begun, audience={})

    with pytest.raises(writing.LetterRefused):
        writing.set_audience(letter=correction, audience=TO_COORDINATORS, by=editor, at=AT)


def test_a_letter_is_taken_back_with_a_reason(begun, editor):
    for reason in ("", " \x00 ", "x" * 301):
        with pytest.raises(writing.LetterRefused):
            writing.withdraw(letter=begun, reason=reason, by=editor, at=AT)

    writing.withdraw(letter=begun, reason="Det blev inget möte.", by=editor, at=AT)

    begun.refresh_from_db()
    assert (begun.state, begun.withdrawn_because, begun.withdrawn_by) == (
        "withdrawn",
        "Det blev inget möte.",
        editor.key,
    )
    assert AuditEntry.objects.last().facts == {"left": "draft"}


def test_what_is_sent_is_not_taken_back(editor):
    with pytest.raises(writing.LetterRefused):
        writing.withdraw(letter=make_letter(by=editor, state="sent"), reason="Fel", by=editor, at=AT)
