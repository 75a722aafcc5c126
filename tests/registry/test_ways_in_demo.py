"""The demo's ways in stand at every stage, and are there once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from samspel.registry.demo import entry, organizers, people
from samspel.registry.models import AppointmentDraft, Authorization, Interest, Invitation

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def filled(db, settings):
    settings.SAMSPEL_IS_DEMO = True
    organizers.fill(AT)
    people.fill(AT)


def test_every_stage_is_there_once(filled):
    for _time in range(2):
        entry.fill(AT)

    states = {
        model: Counter(model.objects.values_list("state", flat=True))
        for model in (Authorization, Interest, AppointmentDraft, Invitation)
    }
    assert states == {
        Authorization: {"submitted": 1, "refused": 1},
        Interest: {"new": 1, "answered": 1},
        AppointmentDraft: {"waiting": 1},
        Invitation: {"open": 2, "accepted": 1},
    }
    assert Invitation.objects.filter(state="open", expires_at__lt=AT).count() == 1
