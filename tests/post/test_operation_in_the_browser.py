"""The operations page in a browser: accessible in both languages, no wider than a phone, and a decision made there."""

from __future__ import annotations

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from samspel.kernel.audit import SYSTEM
from samspel.post.models import Message, MessageState
from samspel.post.operations import mailings
from samspel.post.operations.mailings import Draft

pytestmark = pytest.mark.browser

WIDTHS = [{"width": 320, "height": 700}, {"width": 1280, "height": 900}]


@pytest.fixture
def doubtful(live, write) -> Message:
    """One of everything that can stop; gives the message in doubt."""
    now = timezone.now()
    message = write(subject="Erbjudande om stöd: svara senast den 31 oktober")
    refused = write(to_address="bo.med.en.lang.adress@utbildningsforvaltningen.kommunen.example")
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.IN_DOUBT, claimed_at=now, failed_because="worker-died", attempts=1
    )
    Message.objects.filter(pk=refused.pk).update(state=MessageState.FAILED, failed_because="smtp-550-5.1.1")
    mailings.write(kind="letters.letter", title="Höstens möten i nätverken", expected=3, by=SYSTEM, at=now,
                   rows=[Draft("anna@kommunen.example", "Möte", "Hej")])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE args->>'message_key' IS NOT NULL")
    return message


@pytest.fixture
def visit(doubtful, administrator, new_page, client, live):
    """A page of the administrator's, so wide."""
    client.force_login(administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value

    def opened(viewport):
        page = new_page(viewport=viewport)
        page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": live.url}])
        return page

    return opened


@pytest.mark.audit
@pytest.mark.parametrize("viewport", WIDTHS, ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_it_is_accessible_and_no_wider_than_the_screen(visit, doubtful, axe, live, viewport, language):
    page = visit(viewport)

    for address in ("/arbete/drift/", f"/arbete/drift/meddelanden/{doubtful.key}/"):
        page.goto(f"{live.url}{language}{address}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_what_is_in_doubt_is_decided_from_the_page(visit, doubtful, live):
    page = visit(WIDTHS[1])
    page.goto(f"{live.url}/arbete/drift/")

    page.get_by_role("link", name="Bestäm").first.click()
    page.get_by_label("Skicka det en gång till").check()
    page.get_by_role("button", name="Bestäm").click()

    assert page.get_by_text("Det är bestämt.").is_visible()
    doubtful.refresh_from_db()
    assert doubtful.state == MessageState.WAITING
