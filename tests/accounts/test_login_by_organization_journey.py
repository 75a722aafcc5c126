"""Logging in by an organization's own login, in a browser and with a real provider."""

import pytest
from django.core.cache import cache

from tests.accounts.federation import oidc_login


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_coordinator_comes_in_through_her_organization(new_page, axe, coordinator, oidc_process, settings, language):
    cache.clear()
    settings.SAMSPEL_LOGINS = (oidc_login(oidc_process.issuer),)
    oidc_process.add("astrid", email=coordinator.email, email_verified=True)
    prefix, link, todo = {
        "sv": ("", "Logga in via Ekvikens kommun", "Att göra"),
        "en": ("/en", "Log in through Ekviken Municipality", "To do"),
    }[language]
    page = new_page()

    page.goto(f"{prefix}/konto/logga-in/")
    axe(page)
    page.get_by_role("link", name=link).click()
    page.locator("input[name=sub]").first.fill("astrid")
    page.get_by_role("button", name="Authorize").first.click()

    page.get_by_role("heading", name=todo, level=1).wait_for()
    page.goto(f"{prefix}/konto/sakerhet/")
    page.get_by_role("listitem").filter(has_text="Ekvi").first.wait_for()
    axe(page)


@pytest.mark.browser
def test_stranger_is_told_who_can_invite_her(new_page, axe, municipality, oidc_process, settings):
    settings.SAMSPEL_LOGINS = (oidc_login(oidc_process.issuer),)
    oidc_process.add("stranger", email="ny@kommunen.example", email_verified=True)
    page = new_page(viewport={"width": 320, "height": 800})

    page.goto("/konto/logga-in/")
    page.get_by_role("link", name="Logga in via Ekvikens kommun").click()
    page.locator("input[name=sub]").first.fill("stranger")
    page.get_by_role("button", name="Authorize").first.click()

    page.get_by_role("heading", name="Inget konto som är ditt", level=1).wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_ones_own_security_fit_the_screen(new_page, axe, astrid, smtp, width):
    from tests.accounts.test_passkeys import WORDS, log_in_by_code

    cache.clear()
    page = new_page(viewport={"width": width, "height": 800})
    log_in_by_code(page, astrid, smtp, WORDS["sv"])
    page.get_by_role("heading", name="Att göra", level=1).wait_for()

    for address in ("sakerhet/", "sakerhet/app/ny/", "sakerhet/passkey/ny/", "bekrafta/"):
        page.goto(f"/konto/{address}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
