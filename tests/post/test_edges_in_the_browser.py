"""Mailbox, senders and letters on paper in a browser: axe clean in both languages, nothing wider than a phone."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings

from samspel.config.demo_mail import Keeper
from samspel.post.models import Sender
from samspel.post.operations import notices
from samspel.post.operations.notices import Addressee
from samspel.post.queries import mailbox
from samspel.post.queries import notices as composing

from .conftest import NOW
from .somebody import people
from .test_mailbox import mail

__all__ = ["people"]

pytestmark = pytest.mark.browser

WIDTHS = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]


@pytest.fixture
def programme(live, people, write, settings, tmp_path):
    """A mail in the mailbox, a sender, a letter on paper; gives the addresses to look at."""
    settings.SAMSPEL_IS_DEMO = True
    settings.SAMSPEL_DEMO_MAIL = tmp_path / "mail"
    sender = Sender.objects.create(
        slug="ekbo", name="Ekbo högskola", from_address="a@ekbo.example", reply_to="b@ekbo.example", colour="#7a1f3d"
    )
    made = composing.composed(
        "post/notices/sender_test.html", {"sender": sender, "at": NOW}, to_name="Åsa", language="sv", sender=sender
    )
    Keeper(tmp_path / "mail").keep(mail(made.subject, words=made.text, html=made.html, file=b"%PDF"))
    notices.send(
        template="post/notices/demo_meeting.html",
        to=Addressee("", "Åsa", postal_address="Gatan 1"),
        context={},
        at=NOW,
    )
    key = mailbox.rows()[0].key
    return [
        "/arbete/post/", f"/arbete/post/{key}/", f"/arbete/post/{key}/html/", "/arbete/avsandare/",
        "/arbete/avsandare/ekbo/", "/arbete/avsandare/ekbo/utseende/", "/arbete/drift/papper/",
    ]  # fmt: skip


@pytest.mark.audit
@pytest.mark.parametrize("viewport", WIDTHS, ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.audit)])
def test_the_pages_are_accessible_and_no_wider_than_the_screen(
    programme, people, new_page, axe, client, live, viewport, language
):
    client.force_login(people.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = new_page(viewport=viewport)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live.url}])
    for address in programme:
        answer = page.goto(("/en" if language == "en" else "") + address)
        assert answer.status == 200, address
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
        # The mail's own page carries styles in attributes, as mail programs need; axe looks into the frame.
        if not address.endswith(("/html/", "/utseende/")):
            axe(page)
