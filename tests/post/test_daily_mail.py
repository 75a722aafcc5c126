"""The daily mail: only when something is wrong, once a day, to each administrator in her language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import gettext

from samspel.post import tasks
from samspel.post.models import Message, MessageState
from samspel.post.operations import daily_mail
from samspel.post.queries import health
from samspel.post.queries.health import Trouble

from .conftest import NOW
from .somebody import people

__all__ = ["people"]


@pytest.fixture
def wrong(monkeypatch):
    """What is wrong, told by the test; nothing at first."""
    found: list[str] = []
    shelf = health.HandedDown()
    shelf.add("test", lambda at: [Trouble(code, gettext("Letters on paper"), since=NOW) for code in found])
    monkeypatch.setattr(health, "trouble_finders", shelf)
    return found


def test_nothing_is_written_while_all_is_well(people, wrong):
    assert daily_mail.tell_what_is_wrong(at=NOW) == 0
    assert not Message.objects.exists()


def test_each_administrator_of_the_agency_is_told_in_her_language_and_nobody_else(people, wrong):
    wrong.append("x")
    people.administrator.language = "en"
    people.administrator.save()

    assert daily_mail.tell_what_is_wrong(at=NOW) == 1

    message = Message.objects.get()
    assert (message.to_address, message.language, message.lane) == (people.administrator.email, "en", "urgent")
    assert "Letters on paper Since 1 September" in message.body
    assert message.subject == "Look at Samspel 1 September: 1 thing is wrong"


def test_in_swedish_what_is_wrong_is_told_in_swedish(people, wrong):
    wrong.append("x")

    daily_mail.tell_what_is_wrong(at=NOW)

    assert "Brev på papper" in Message.objects.get().body


def test_asked_twice_on_a_day_it_writes_once_and_the_next_day_again(people, wrong):
    wrong.append("x")
    for hours in (0, 3, 24):
        daily_mail.tell_what_is_wrong(at=NOW + timedelta(hours=hours))

    assert Message.objects.count() == 2


def test_letters_that_nobody_prints_are_told(people, write):
    write(at=NOW, to_address="", postal_address="Gatan 1")

    codes = [trouble.code for trouble in health.troubles(NOW + timedelta(days=2))]
    later = [trouble.code for trouble in health.troubles(NOW + timedelta(days=4))]

    assert "paper" not in codes
    assert "paper" in later


@pytest.mark.django_db(transaction=True)
def test_the_job_tells_what_is_really_wrong(people, write):
    message = write(at=NOW)
    Message.objects.filter(pk=message.pk).update(state=MessageState.IN_DOUBT, claimed_at=NOW)

    tasks.tell_what_is_wrong(timestamp=0)

    assert Message.objects.filter(kind="post.what_is_wrong").count() == 1
