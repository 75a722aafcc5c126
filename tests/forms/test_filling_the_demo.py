"""Filling the demo's forms: once, quickly, on any day, and only where its people and forms are."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from samspel.forms import demo
from samspel.forms.demo import reading
from samspel.forms.models import (
    Answer,
    FieldChange,
    HandedIn,
    Submission,
    Version,
)
from samspel.forms.operations import definitions
from samspel.forms.queries.definitions import shipped_documents
from samspel.kernel.audit import SYSTEM
from tests.forms.demo_people import NOW, add_people

STORIES = list(reading.stories())


@pytest.fixture
def home(db, settings):
    settings.SAMSPEL_IS_DEMO = True
    add_people()


def test_filling_again_the_next_day_or_the_next_year_adds_nothing(home):
    demo.fill(NOW)
    before = Answer.objects.count(), FieldChange.objects.count(), Version.objects.count(), HandedIn.objects.count()

    demo.fill(NOW + timedelta(hours=30))
    demo.fill(NOW + timedelta(days=370))

    after = Answer.objects.count(), FieldChange.objects.count(), Version.objects.count(), HandedIn.objects.count()
    assert after == before


def test_it_can_be_filled_early_in_the_year_and_on_a_weekend(home):
    demo.fill(datetime(2027, 1, 2, 0, 30, tzinfo=UTC))
    assert Answer.objects.filter(hand_out=None).count() == len(STORIES)
    assert Answer.objects.exclude(hand_out=None).exists()
    assert Submission.objects.count() == 4


def test_it_is_quick(home):
    begun = time.process_time()
    demo.fill(NOW)
    assert time.process_time() - begun < 3


def test_without_the_demos_people_nothing_is_made(db):
    demo.fill(NOW)
    assert Answer.objects.count() == 0


def test_a_form_that_was_made_into_something_else_gets_no_half_told_story(home):
    data = next(each for each in shipped_documents() if each["slug"] == "atgardsplan")
    data["sections"] = data["sections"][1:2]
    definitions.load(data=data, by=SYSTEM, at=NOW)
    demo.fill(NOW)
    assert Answer.objects.filter(hand_out=None).count() == len(STORIES) - 1
