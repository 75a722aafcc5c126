"""The whole way in, through a real worker and a real mail server."""

import re

import pytest
from django.core.cache import cache

from samspel.testing.working import let_the_worker_work

CODE = re.compile(r"\b\d{4}-\d{4}\b")
WORDS = {
    "sv": ("", "Logga in", "Din mejladress", "Skicka koden", "Koden", "Att göra", "Logga ut", "Mitt konto"),
    "en": ("/en", "Log in", "Your mail address", "Send the code", "The code", "To do", "Log out", "My account"),
}


@pytest.mark.django_db(transaction=True)
def test_code_from_the_mail_server_lets_in(client, astrid, smtp):
    client.post("/konto/logga-in/", {"email": astrid.email})
    assert smtp.messages == []
    let_the_worker_work()

    mail = smtp.messages[0]
    client.post("/konto/kod/", {"code": CODE.search(mail.get_body(("plain",)).get_content())[0]})

    assert mail["To"].addresses[0].addr_spec == astrid.email
    assert CODE.search(mail["Subject"]) is None
    assert client.get("/arbete/").context["user"] == astrid


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_person_logs_in_and_out_in_a_browser(new_page, axe, astrid, smtp, language):
    cache.clear()
    prefix, log_in, address, send, code, todo, log_out, account = WORDS[language]
    page = new_page()

    page.goto(f"{prefix}/arbete/")
    page.get_by_role("heading", name=log_in, level=1).wait_for()
    axe(page)
    page.get_by_label(address).fill("astrid")
    page.get_by_role("button", name=send).click()
    page.locator(".error-summary").wait_for()
    axe(page)
    page.get_by_label(address).fill(astrid.email)
    page.get_by_role("button", name=send).click()

    page.get_by_label(code).wait_for()
    axe(page)
    page.get_by_label(code).fill("0000-0000")
    page.get_by_role("main").get_by_role("button", name=log_in).click()
    page.locator(".error-summary").wait_for()
    axe(page)
    let_the_worker_work()
    page.get_by_label(code).fill(CODE.search(smtp.messages[0].get_body(("plain",)).get_content())[0])
    page.get_by_role("main").get_by_role("button", name=log_in).click()

    page.get_by_role("heading", name=todo, level=1).wait_for()
    assert page.url.endswith(f"{prefix}/arbete/")
    axe(page)
    page.get_by_role("link", name=account).first.click()
    page.get_by_role("heading", name=account, level=1).wait_for()
    axe(page)
    page.get_by_role("button", name=log_out).click()
    page.goto(f"{prefix}/arbete/")
    page.get_by_role("heading", name=log_in, level=1).wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_around_login_are_accessible_and_fit_the_screen(new_page, axe, astrid, settings, prefix, width):
    settings.SAMSPEL_IS_DEMO = True
    astrid.is_invented = True
    astrid.save()
    page = new_page(viewport={"width": width, "height": 800})

    for address in ("/konto/logga-in/", "/konto/saknas/", "/konto/avslutat/", "/konto/demo/"):
        page.goto(prefix + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
