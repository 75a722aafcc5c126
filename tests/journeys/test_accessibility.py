"""Every page a person can stand on, in both languages, on phone and desk: WCAG 2.2 AA, nothing wider than the screen.

A page in one language on one width goes with every run of the suite; the full matrix with `make audit`.
"""

from __future__ import annotations

import itertools

import pytest
from django.conf import settings

from samspel.kernel.audit import SYSTEM
from samspel.registry.operations import imports
from tests.selection.conftest import *  # noqa: F403 - the small invented programme, whole
from tests.selection.conftest import NOW, bring

pytestmark = pytest.mark.browser

WIDTHS = {"phone": {"width": 320, "height": 700}, "desk": {"width": 1280, "height": 900}}
PREFIXES = {"sv": "", "en": "/en"}
PUBLIC = [
    "/", "/huvudman/", "/huvudman/{number}/", "/karta/", "/urval/", "/urval/{slug}/", "/program/",
    "/program/riktade-insatser/",
    "/indikatorer/", "/indikatorer/poverty/", "/kommun/0114/", "/sok/?q=stockholm", "/sok/?q=", "/tillganglighet/",
    "/personuppgifter/", "/konto/logga-in/", "/konto/saknas/", "/finns-inte/",
]  # fmt: skip
OFFICER = [
    "/arbete/", "/konto/", "/arbete/behorigheter/", "/arbete/importer/", "/arbete/importer/{key}/",
    "/arbete/urval/", "/arbete/urval/ny/", "/arbete/urval/{slug}/", "/arbete/urval/{slug}/regler/",
    "/arbete/urval/{slug}/undantag/",
    "/arbete/urval/{slug}/rangordning/", "/arbete/urval/{slug}/rangordning/{number}/", "/arbete/urval/{slug}/par/",
    "/arbete/urval/{slug}/erbjudanden/", "/arbete/urval/{slug}/erbjudanden/1/svar/", "/arbete/urval/{slug}/kontroll/",
    "/arbete/urval/{draft}/", "/arbete/urval/{draft}/regler/", "/arbete/urval/{draft}/undantag/",
    "/arbete/urval/{draft}/rangordning/", "/arbete/urval/{draft}/steg/foresla/",
    "/arbete/arenden/", "/arbete/arenden/nytt/", "/arbete/arenden/urv-2026-1/", "/arbete/arenden/urv-2026-1/notering/",
    "/arbete/arenden/urv-2026-1/handling/", "/arbete/arenden/urv-2026-1/handlingar/2/",
]  # fmt: skip
OTHERS = {
    "decider": ["/arbete/", "/arbete/urval/{waiting}/", "/arbete/urval/{waiting}/steg/bekrafta/"],
    "registrar": ["/arbete/", "/arbete/arenden/diarium/", "/arbete/arenden/urv-2026-1/handlingar/1/rubrik/"],
    "coordinator": ["/arbete/", "/konto/"],
    "process_supporter": ["/arbete/urval/{slug}/"],
}
TABLE = "indikator;subjekt;värde;år;källa\nmother_tongue_other;0114;12,5;2024/25;Egen sammanställning\n"


@pytest.fixture
def programme(live, people, draft, edition):
    """A published round, one in draft, one that waits for another person, and an import to decide on."""
    from tests.selection.conftest import make_draft

    round = bring(draft, people, "published")
    make_draft(people, edition, slug="ri-draft")
    bring(make_draft(people, edition, slug="ri-waiting"), people, "proposed")
    batch = imports.propose(files=[("table.csv", TABLE.encode())], by=SYSTEM, at=NOW)
    number = round.offers.first().organizer.organization_number
    return {"slug": round.slug, "draft": "ri-draft", "waiting": "ri-waiting", "number": number, "key": str(batch.key)}


def _enter(page, client, person, live):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live.url}])


def _walk(page, addresses, programme, axe):
    found = []
    for address in addresses:
        answer = page.goto(address.format(**programme))
        expected = 404 if address.endswith("/finns-inte/") else 200
        if answer.status != expected:
            found.append(f"{page.url}: {answer.status}")
        try:
            axe(page)
        except AssertionError as breach:
            found.append(str(breach))
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{page.url}: {wide} px wider than the screen")
    assert found == []


def _everybody(new_page, client, people, live, programme, axe, language, width):
    prefix, viewport = PREFIXES[language], WIDTHS[width]
    _walk(new_page(viewport=viewport), [prefix + address for address in PUBLIC], programme, axe)
    for who, addresses in {"officer": OFFICER, **OTHERS}.items():
        page = new_page(viewport=viewport)
        _enter(page, client, getattr(people, who), live)
        _walk(page, [prefix + address for address in addresses], programme, axe)


def test_every_page_is_accessible_on_a_phone(new_page, client, people, live, programme, axe):
    _everybody(new_page, client, people, live, programme, axe, "sv", "phone")


@pytest.mark.audit
@pytest.mark.parametrize(("language", "width"), list(itertools.product(PREFIXES, WIDTHS)))
def test_every_page_is_accessible_in_every_language_and_width(
    new_page, client, people, live, programme, axe, language, width
):
    _everybody(new_page, client, people, live, programme, axe, language, width)
