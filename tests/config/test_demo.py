"""The demo cannot be an accident."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.config import demo
from samspel.config.home import Home
from samspel.config.refused import Refused
from samspel.kernel.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMSPEL_HOME", str(tmp_path / "home"))
    return Home.of()


def test_a_migrated_home_in_which_nothing_was_done_becomes_a_demo_for_good(home):
    demo.mark()
    demo.mark()

    assert home.is_demo
    with pytest.raises(Refused, match="never becomes a real one"):
        demo.refuse_real_use()


def test_a_home_where_somebody_is_registered_never_becomes_a_demo(home):
    Person.objects.create(email="anna@example.org", name="Anna", joined_at=timezone.now())

    with pytest.raises(Refused, match="is in use"):
        demo.mark()
    assert not home.is_demo
    demo.refuse_real_use()


def test_a_home_where_anything_was_done_never_becomes_a_demo(home):
    AuditEntry.objects.create(at=timezone.now(), action="a.b.c", subject_type="x", subject_key=str(uuid.uuid4()))

    with pytest.raises(Refused, match="is in use"):
        demo.mark()
    assert not home.is_demo


def test_what_the_system_loads_by_itself_is_no_use(home):
    facts = {"at": timezone.now(), "action": "schemes.edition.loaded", "subject_type": "x", "subject_key": "1"}
    AuditEntry.objects.create(**facts)
    demo.mark()
    assert home.is_demo


def test_a_person_who_loaded_an_edition_has_used_the_home(home):
    facts = {"at": timezone.now(), "action": "schemes.edition.loaded", "subject_type": "x", "subject_key": "1"}
    AuditEntry.objects.create(**facts, by_key=uuid.uuid4())

    with pytest.raises(Refused, match="is in use"):
        demo.mark()
