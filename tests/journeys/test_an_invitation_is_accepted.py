"""Somebody opens the link of her mail, presses the button, and holds the task."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from samspel.post.models import Message
from samspel.registry.models import Appointment, Role
from samspel.registry.operations import invitations
from tests.registry.people import world

pytestmark = pytest.mark.browser
LINK = re.compile(r"/inbjudan/[\w-]+/")


@pytest.fixture
def w(transactional_db):
    """The small world."""
    return world()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_link_from_a_mail_is_opened_and_accepted(w, new_page, live, scripts):
    invitations.invite(
        role=Role.COORDINATOR,
        name="Kim Ny",
        email="kim@people.example",
        organizer=w.ekviken,
        by=w.head,
        at=timezone.now(),
    )
    link = LINK.search(Message.objects.get(kind="registry.invited").body)[0]
    page = new_page(java_script_enabled=scripts, viewport={"width": 390, "height": 844})

    page.goto(link)
    page.get_by_role("button", name="Anta inbjudan").click()
    page.get_by_role("heading", name="Inbjudan är antagen").wait_for()

    assert Appointment.objects.filter(person__email="kim@people.example", role=Role.COORDINATOR).exists()
    page.get_by_role("link", name="Fortsätt").click()
    page.wait_for_url("**/konto/logga-in/")
    page.goto(link)
    page.get_by_role("heading", name="Inbjudan kan inte användas").wait_for()
