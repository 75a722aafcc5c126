"""Every page that a person of the demo can reach by links from where she starts: opens, is accessible, fits a phone."""

from __future__ import annotations

import itertools
import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.registry.models import Appointment, Role
from samspel.registry.queries.holdings import in_force
from samspel.testing.sessions import Client, log_in_page

pytestmark = pytest.mark.browser

HREF = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
WIDTHS = {"phone": {"width": 360, "height": 760}, "desk": {"width": 1280, "height": 900}}
PREFIXES = {"sv": "", "en": "/en"}
STARTS = ["/arbete/", "/konto/"]
# Public pages have a walk of their own; the gallery is ours.
INSIDE = ("/arbete/", "/konto/", "/larosate/", "/samordnare/")
LEFT_ALONE = ("/konto/logga-ut/", "/konto/demo/")
ROLES = [
    Role.EDUCATION_OFFICER,
    Role.REGISTRAR,
    Role.ADMINISTRATOR,
    Role.DECISION_MAKER,
    Role.PROCESS_SUPPORTER,
    Role.COORDINATOR,
    Role.CHIEF_EDUCATION_OFFICER,
    Role.EDITOR,
]


@pytest.fixture
def demo(live, settings, tmp_path):
    """The demo's people, organizations, mail, case files and forms, without its figures."""
    settings.SAMSPEL_IS_DEMO = True
    settings.MEDIA_ROOT = tmp_path
    from samspel.casefiles import demo as casefiles
    from samspel.forms import demo as forms
    from samspel.registry.demo import entry, organizers, people

    at = timezone.now()
    for part in (organizers, people, entry):
        part.fill(at)
    casefiles.fill()
    forms.fill(at)


def _somebody(role):
    held = Appointment.objects.filter(in_force(timezone.localdate()), role=role, person__is_active=True)
    return held.filter(person__is_protected=False).select_related("person").order_by("id").first().person


def _name(path):
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def _links(answer):
    return HREF.findall(answer.content.decode()) if _is_page(answer) else []


def _is_page(answer):
    return answer.headers.get("Content-Type", "").startswith("text/html")


def _is_followed(path):
    return path.startswith(INSIDE) and not path.startswith(LEFT_ALONE)


def _reached(person, prefix):
    """Address by name, and once more with a query: every page that links lead her to; and what did not open."""
    client, waiting, found, wrong = Client(), deque(prefix + start for start in STARTS), {}, []
    client.force_login(person)
    while waiting:
        address = unescape(waiting.popleft())
        parts = urlsplit(address)
        mark = (_name(parts.path), bool(parts.query))
        if mark in found or not _is_followed(parts.path.removeprefix(prefix)):
            continue
        answer = client.get(address)
        found[mark] = address if _is_page(answer) else ""
        if answer.status_code >= 400:
            wrong.append(f"{address}: {answer.status_code}")
        waiting.extend(urljoin(address, link) for link in _links(answer))
    return found, wrong


def _looked_at(page, address, axe):
    page.goto(address)
    try:
        axe(page)
    except AssertionError as breach:
        yield str(breach)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        yield f"{address}: {wide} px wider than the screen"


def _everybody(new_page, live, axe, language, width):
    """Each page is looked at as the first of the roles that reaches it."""
    wrong, seen = [], set()
    for role in ROLES:
        person = _somebody(role)
        found, refused = _reached(person, PREFIXES[language])
        wrong += [f"{role}: {one}" for one in refused]
        page = new_page(viewport=WIDTHS[width])
        log_in_page(page, person, live.url)
        for mark, address in found.items():
            if address and mark not in seen:
                wrong += [f"{role}: {one}" for one in _looked_at(page, address, axe)]
        seen |= set(found)
    assert wrong == []
    return {name for name, _ in seen}


def test_every_page_that_people_reach_is_accessible_on_a_phone(demo, new_page, live, axe):
    seen = _everybody(new_page, live, axe, "sv", "phone")

    assert {"accounts:work", "casefiles:questions", "post:operation", "registry:organizations"} <= seen
    assert {"forms:mine", "forms:section", "forms:hand_out_page", "forms:handed_in", "forms:draft_question"} <= seen
    assert Person.objects.filter(is_protected=True).exists()


@pytest.mark.audit
@pytest.mark.parametrize(("language", "width"), list(itertools.product(PREFIXES, WIDTHS)))
def test_every_page_that_people_reach_is_accessible_in_every_language_and_width(
    demo, new_page, live, axe, language, width
):
    _everybody(new_page, live, axe, language, width)
