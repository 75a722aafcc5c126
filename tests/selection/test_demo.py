"""The demo's rounds, over the real 290 municipalities and the invented organizers."""

import pytest
from django.db import transaction
from django.test import override_settings

from samspel.casefiles.models import Document
from samspel.registry import demo as registry_demo
from samspel.selection import demo
from samspel.selection.models import Offer, Round
from samspel.selection.queries import results


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker):
    """Filled once for all of them; what a test changes is taken back after it."""
    with django_db_blocker.unblock(), override_settings(SAMSPEL_IS_DEMO=True), transaction.atomic():
        registry_demo.fill()
        demo.fill()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def filled(_filled, db):
    return None


def states():
    return dict(Round.objects.order_by("slug").values_list("slug", "state"))


def test_the_demo_has_rounds_in_every_kind_of_state_and_adds_nothing_twice(filled):
    expected = {
        "pahittad-2023": "accepted",
        "pahittad-2025": "accepted",
        "ri-2024": "accepted",
        "ri-2024-prov": "voided",
        "ri-2025": "proposed",
        "ri-2026": "draft",
    }
    assert states() == expected
    offers = Offer.objects.count()

    demo.fill()

    assert states() == expected
    assert Offer.objects.count() == offers


def test_the_finished_exercise_ranks_the_290_municipalities_and_holds(filled):
    finished = Round.objects.get(slug="ri-2024")

    assert finished.is_exercise
    assert finished.published_at is not None
    assert finished.ranking.count() == 290
    assert results.verify(finished) == []
    protocols = Document.objects.filter(case_file__subject=f"selection.round:{finished.pk}")
    assert list(protocols.values_list("number", "kind")) == [(1, "protocol"), (2, "protocol"), (3, "protocol")]
    assert {offer.organizer.is_invented for offer in finished.offers.select_related("organizer")} == {False}


def test_answers_and_ends_belong_to_invented_organizers_only(filled):
    answered = Offer.objects.exclude(response="none").select_related("organizer")

    assert {offer.organizer.is_invented for offer in answered} == {True}
    assert {offer.response for offer in answered} == {"accepted", "declined"}
    assert answered.filter(ended_on__isnull=False).count() == 6
