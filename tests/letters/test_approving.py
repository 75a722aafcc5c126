"""A letter is shown for approval and approved: by somebody else where it goes to many, and exactly as it was shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.kernel.audit.models import AuditEntry
from samspel.letters.models import LetterState, ListRow, NamedList
from samspel.letters.operations import approving, writing
from samspel.letters.operations.sending import LetterRefused
from samspel.letters.queries import approvals
from samspel.post.models import Message
from tests.letters.conftest import AT, BODY, make_letter

LATER = AT + timedelta(hours=1)


def asked(letter, by):
    return approving.ask(letter=letter, by=by, at=AT)


def listed(person):
    """A list with one person on it."""
    made = NamedList.objects.create(name="Provgruppen", purpose="Prov", review_on=date(2027, 1, 1), made_at=AT)
    ListRow.objects.create(list=made, person=person, added_at=AT)
    return str(made.key)


def said_yes(letter, by, digest=None):
    return approving.approve(letter=letter, digest=digest or approvals.digest(letter), by=by, at=LATER)


def test_a_draft_is_shown_for_approval_and_is_not_changed_meanwhile(letter, editor, coordinators):
    letter = asked(letter, editor)

    assert (letter.state, letter.asked_by, letter.asked_at) == (LetterState.FOR_APPROVAL, editor.key, AT)
    with pytest.raises(writing.LetterRefused):
        writing.change(letter=letter, body=BODY, revision=letter.revision, by=editor, at=LATER)


def test_all_that_is_wanting_is_told_and_the_draft_stays_a_draft(editor):
    letter = make_letter({}, by=editor)

    with pytest.raises(LetterRefused) as refused:
        asked(letter, editor)

    letter.refresh_from_db()
    assert refused.value.codes == ("no_subject", "no_words", "nobody")
    assert "ämne" in str(refused.value)
    assert letter.state == LetterState.DRAFT


def test_somebody_else_says_yes_to_exactly_what_was_shown(letter, editor, officer, coordinators):
    digest = approvals.digest(asked(letter, editor))

    letter = said_yes(letter, officer, digest)

    assert (letter.state, letter.approved_by, letter.approved_digest) == (LetterState.APPROVED, officer.key, digest)
    deeds = AuditEntry.objects.filter(action__startswith="letters.").order_by("id").values_list("action", flat=True)
    assert list(deeds) == ["letters.letter.asked", "letters.letter.approved"]


def test_a_yes_to_something_else_than_what_now_stands_is_refused(letter, editor, officer, coordinators):
    seen = approvals.digest(asked(letter, editor))
    letter = approving.take_back(letter=letter, by=editor, at=AT)
    other = {**BODY, "lead": {"sv": "Något annat"}}
    letter = writing.change(letter=letter, body=other, revision=letter.revision, by=editor, at=AT)
    letter = asked(letter, editor)

    with pytest.raises(LetterRefused) as refused:
        said_yes(letter, officer, seen)

    letter.refresh_from_db()
    assert refused.value.code == "changed_since"
    assert letter.state == LetterState.FOR_APPROVAL


@pytest.mark.parametrize("name", ["kind", "audience", "is_public", "sender"])
def test_what_a_yes_is_to_is_also_who_gets_it_why_as_whom_and_where_it_shows(letter, name):
    before = approvals.digest(letter)
    changed = {"kind": "news", "audience": {"to": ["official"]}, "is_public": False, "sender": 7}[name]
    setattr(letter, f"{name}_id" if name == "sender" else name, changed)

    assert approvals.digest(letter) != before


def test_who_asked_does_not_approve_what_goes_to_all(officer, second_officer, coordinators):
    letter = asked(make_letter(by=second_officer), officer)

    for person, code in ((officer, "own"), (second_officer, "changed_by_her")):
        with pytest.raises(LetterRefused) as refused:
            said_yes(letter, person)
        assert refused.value.code == code

    letter.refresh_from_db()
    assert letter.state == LetterState.FOR_APPROVAL


def test_a_letter_to_a_few_is_approved_by_one_alone(officer, coordinators):
    letter = make_letter(by=officer, audience={"to": [], "lists": [listed(coordinators[0])]})

    assert said_yes(asked(letter, officer), officer).state == LetterState.APPROVED


def test_of_two_who_approve_the_second_is_told_that_it_is_done(letter, editor, officer, second_officer, coordinators):
    digest = approvals.digest(asked(letter, editor))
    said_yes(letter, officer, digest)

    with pytest.raises(LetterRefused) as refused:
        said_yes(letter, second_officer, digest)

    assert refused.value.code == "approved_already"


def test_a_letter_is_sent_back_with_words_to_who_asked(letter, editor, officer, coordinators):
    asked(letter, editor)

    letter = approving.send_back(letter=letter, words="Skriv kortare.\x00", by=officer, at=LATER)

    told = Message.objects.get()
    assert (letter.state, letter.sent_back_because) == (LetterState.DRAFT, "Skriv kortare.")
    assert (told.to_address, told.kind) == (editor.email, "letters.sent_back")
    assert told.subject.startswith("Ändra brevet")
    assert "Skriv kortare." in told.body


def test_what_was_asked_for_is_forgotten_when_it_is_shown_again(letter, editor, officer, coordinators):
    letter = approving.send_back(letter=asked(letter, editor), words="Skriv kortare.", by=officer, at=LATER)

    letter = approving.take_back(letter=asked(letter, editor), by=editor, at=LATER)

    assert (letter.sent_back_because, letter.sent_back_at) == ("", None)


def test_nothing_is_sent_back_without_a_word(letter, editor, officer, coordinators):
    asked(letter, editor)

    with pytest.raises(LetterRefused) as refused:
        approving.send_back(letter=letter, words=" \n ", by=officer, at=LATER)

    assert refused.value.code == "no_words_back"


def test_what_is_taken_back_has_to_be_approved_anew(letter, editor, officer, coordinators):
    asked(letter, editor)
    said_yes(letter, officer)

    letter = approving.take_back(letter=letter, by=editor, at=LATER)

    assert (letter.state, letter.approved_by, letter.approved_digest) == (LetterState.DRAFT, None, "")


@pytest.mark.parametrize("role", ["coordinator", "outsider", "editor"])
def test_only_those_who_send_approve(request, letter, editor, coordinators, role):
    asked(letter, editor)
    person = request.getfixturevalue(role)

    with pytest.raises(PermissionDenied):
        said_yes(letter, person)

    letter.refresh_from_db()
    assert letter.state == LetterState.FOR_APPROVAL
