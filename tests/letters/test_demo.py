"""The demo's letters are alive: sent, planned, come back, waiting and half written; and filling again adds nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import override_settings

from samspel.letters import demo
from samspel.letters.demo import reading
from samspel.letters.models import KeyDate, Letter, LetterState, Promise, Recipient, Reminder
from samspel.letters.queries import handed, promises
from samspel.letters.rules import documents
from samspel.post.models import Message, MessageState
from samspel.registry.demo import organizers, people

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """Filled once for all that only look at it."""
    kept_in = override_settings(SAMSPEL_IS_DEMO=True, MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), kept_in, transaction.atomic():
        organizers.fill(NOW)
        people.fill(NOW)
        demo.fill(NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def filled(_filled, db):
    """The demo's organizers and people, and its letters."""


def test_there_is_a_letter_in_every_state_that_one_meets(filled):
    found = list(Letter.objects.order_by("begun_at").values_list("state", flat=True))

    assert sorted(found) == sorted(
        [LetterState.SENT, LetterState.SENT, LetterState.PLANNED, LetterState.FOR_APPROVAL, LetterState.DRAFT]
    )
    assert Recipient.objects.count() > 20
    assert Message.objects.filter(state=MessageState.BOUNCED).count() == 2
    assert (KeyDate.objects.count(), Promise.objects.count()) == (3, 2)


def test_a_date_of_the_sent_letter_has_moved_since(filled):
    date = KeyDate.objects.get(title_sv__startswith="Informationsträff")
    shown = handed.live_sources.get("letters.date").shown([str(date.key)], "sv", NOW)

    assert shown[str(date.key)].before


def test_a_promise_is_late_and_its_reminders_have_been_sent_and_missed(filled):
    late = promises.overdue(Promise.objects.all(), NOW.date()).get()
    told = dict(Reminder.objects.filter(about=f"letters.promise:{late.key}").values_list("state", "because"))

    assert told == {"sent": "", "missed": "too_late"}
    assert not Message.objects.filter(kind__contains="reminder", state=MessageState.WAITING).exists()


def test_filling_again_adds_nothing(filled):
    before = (Letter.objects.count(), Message.objects.count(), KeyDate.objects.count())

    demo.fill(NOW)

    assert (Letter.objects.count(), Message.objects.count(), KeyDate.objects.count()) == before


@pytest.mark.parametrize("told", list(reading.letters()), ids=lambda told: told["subject"]["sv"][:30])
def test_each_letter_is_a_letter(told):
    names = {one["name"]: "0" for one in [*told.get("dates", []), *told.get("promises", [])]}

    assert documents.read(reading.body(told, names, names)).subject.sv
