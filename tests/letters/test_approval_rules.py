"""Who may say yes to a letter, and what is wanting before anybody is asked."""

from __future__ import annotations

from uuid import uuid4

import pytest

from samspel.letters.rules import approvals
from samspel.letters.rules.approvals import FEW, Facts, Hands

ASKER, WRITER, OTHER = uuid4(), uuid4(), uuid4()
HANDS = Hands(asked_by=ASKER, changed_by=WRITER)
READY = Facts(has_subject=True, has_words=True, pictures_without_text=0, recipients=3)


@pytest.mark.parametrize(
    ("who", "is_to_all", "recipients", "found"),
    [
        (OTHER, True, 3, []),
        (ASKER, True, 3, [approvals.OWN]),
        (WRITER, True, 3, [approvals.CHANGED_BY_HER]),
        (ASKER, False, FEW, []),
        (ASKER, False, FEW + 1, [approvals.OWN]),
        (WRITER, False, FEW + 1, [approvals.CHANGED_BY_HER]),
        (OTHER, False, 5_000, []),
    ],
)
def test_a_letter_to_many_takes_somebody_who_neither_asked_nor_changed_it_last(who, is_to_all, recipients, found):
    assert approvals.obstacles(who, HANDS, is_to_all=is_to_all, recipients=recipients) == found


def test_a_letter_that_is_ready_wants_nothing():
    assert approvals.wanting(READY) == []


def test_all_that_is_wanting_is_told_at_once():
    assert approvals.wanting(Facts(has_subject=False, has_words=False, pictures_without_text=2, recipients=0)) == [
        approvals.NO_SUBJECT,
        approvals.NO_WORDS,
        approvals.NO_ALTERNATIVE_TEXT,
        approvals.NOBODY,
    ]
