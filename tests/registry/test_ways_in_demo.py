"""The demo's ways in stand at every stage, and are there once."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.kernel.values.working_days import is_working_day
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


def test_what_happened_did_so_in_office_hours_and_the_oldest_has_the_lowest_number(filled):
    sunday = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
    entry.fill(sunday)

    came = [timezone.localtime(one.submitted_at) for one in Authorization.objects.order_by("pk")]
    assert came == sorted(came)
    assert all(is_working_day(one.date()) and 8 <= one.hour < 17 for one in came)
    assert is_working_day(AppointmentDraft.objects.get().from_on)


def test_people_have_had_their_accounts_since_they_were_first_appointed(filled):
    assert Person.objects.get(email="majken.ostlund@myndigheten.example").joined_at.year == 2023
