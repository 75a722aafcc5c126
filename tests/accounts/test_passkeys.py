"""Passkeys: made, named, used and removed in a real browser; and answers that somebody wrote by hand."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from samspel.accounts.queries.logins import LEVEL
from samspel.kernel.audit import entries_about
from samspel.post.models import Message
from samspel.testing.authenticator import give_authenticator
from samspel.testing.working import let_the_worker_work
from tests.accounts.federation import is_in
from tests.accounts.test_login_journey import CODE

LOGIN, SECURITY, NEW, BY_PASSKEY = (
    "/konto/logga-in/",
    "/konto/sakerhet/",
    "/konto/sakerhet/passkey/ny/",
    "/konto/passkey/",
)
WORDS = {
    "sv": ("", "Din mejladress", "Skicka koden", "Koden", "Logga in", "Lägg till en passkey", "Vad du kallar den",
           "Skapa passkeyn", "Fortsätt", "Logga in med passkey", "Att göra", "Ta bort passkeyn", "Byt namn", "Spara",
           "Använd din passkey", "Visa att det är du"),
    "en": ("/en", "Your mail address", "Send the code", "The code", "Log in", "Add a passkey", "What you call it",
           "Make the passkey", "Go on", "Log in with a passkey", "To do", "Remove the passkey", "Rename", "Save",
           "Use your passkey", "Show that it is you"),
}  # fmt: skip


ACCOUNT = {"sv": "Mitt konto", "en": "My account"}


def last_code(smtp):
    """The code of the mail that came last among those that carry one."""
    bodies = [message.get_body(("plain",)).get_content() for message in smtp.messages]
    return [found[0] for found in map(CODE.search, bodies) if found][-1]


def log_in_by_code(page, person, smtp, words):
    prefix, address, send, code, log_in = words[:5]
    page.goto(f"{prefix}{LOGIN}")
    page.get_by_label(address).fill(person.email)
    page.get_by_role("button", name=send).click()
    page.get_by_label(code).wait_for()
    let_the_worker_work()
    page.get_by_label(code).fill(last_code(smtp))
    page.get_by_role("main").get_by_role("button", name=log_in).click()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["sv", "en"])
def test_passkey_is_made_and_lets_in_without_a_code(new_page, axe, astrid, smtp, language):
    cache.clear()
    words = WORDS[language]
    prefix, add, name, make, go_on, by_passkey, todo = words[0], *words[5:11]
    page = new_page()
    give_authenticator(page)
    log_in_by_code(page, astrid, smtp, words)
    page.get_by_role("heading", name=todo, level=1).wait_for()

    page.goto(f"{prefix}{SECURITY}")
    axe(page)
    page.get_by_role("link", name=add).click()
    axe(page)
    page.get_by_label(name).fill("Telefonen")
    page.get_by_role("button", name=make).click()
    page.get_by_role("link", name=go_on).wait_for()
    axe(page)
    page.get_by_role("link", name=go_on).click()
    page.locator("strong", has_text="Telefonen").wait_for()
    axe(page)
    page.context.clear_cookies()

    page.goto(f"{prefix}{LOGIN}?next={prefix}/konto/")
    axe(page)
    page.get_by_role("button", name=by_passkey).click()

    page.get_by_role("heading", name=ACCOUNT[language], level=1).wait_for()
    assert Authenticator.objects.filter(user=astrid, type="webauthn").get().last_used_at
    last = entries_about(astrid).last()
    assert (last.action, last.facts) == ("accounts.person.logged_in", {"method": "passkey", "level": 2})


@pytest.mark.browser
def test_passkey_is_the_second_step_renamed_and_removed(new_page, axe, astrid, smtp):
    cache.clear()
    words = WORDS["sv"]
    name, make, go_on = words[6:9]
    remove, rename, save, use = words[11:15]
    page = new_page(viewport={"width": 390, "height": 844})
    give_authenticator(page)
    log_in_by_code(page, astrid, smtp, words)
    page.goto(NEW)
    page.get_by_label(name).fill("Telefonen")
    page.get_by_role("button", name=make).click()
    page.get_by_role("link", name=go_on).wait_for()
    page.context.clear_cookies()
    cache.clear()

    log_in_by_code(page, astrid, smtp, words)
    page.get_by_role("heading", name="Ett steg till").wait_for()
    axe(page)
    page.get_by_role("button", name=use).click()
    page.get_by_role("heading", name="Att göra", level=1).wait_for()

    page.goto(SECURITY)
    page.get_by_role("link", name=rename).click()
    axe(page)
    page.get_by_label(name).fill("Nya telefonen")
    page.get_by_role("button", name=save).click()
    page.locator("strong", has_text="Nya telefonen").wait_for()
    page.get_by_role("link", name="Ta bort").click()
    axe(page)
    page.get_by_role("button", name=remove).click()
    page.get_by_text("Passkeyn är borttagen.").wait_for()
    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert [m.kind for m in Message.objects.order_by("id") if "method" in m.kind] == [
        "accounts.method_added",
        "accounts.method_removed",
    ]


@pytest.mark.browser
def test_session_is_made_surer_by_the_passkey_she_has(new_page, axe, astrid, smtp):
    cache.clear()
    words = WORDS["sv"]
    page = new_page()
    give_authenticator(page)
    log_in_by_code(page, astrid, smtp, words)
    page.goto(NEW)
    page.get_by_label(words[6]).fill("Telefonen")
    page.get_by_role("button", name=words[7]).click()
    page.get_by_role("link", name=words[8]).wait_for()
    forget_how_sure(page)

    page.goto(f"{SECURITY}?next=/konto/")
    axe(page)
    page.get_by_role("link", name=words[15]).click()
    axe(page)
    page.get_by_role("button", name=words[14]).click()

    page.get_by_role("heading", name=ACCOUNT["sv"], level=1).wait_for()
    assert entries_about(astrid).last().facts == {"method": "passkey", "level": 2}


def forget_how_sure(page):
    """As if she had come by a code alone, and a while ago."""
    from importlib import import_module

    from django.conf import settings

    key = next(one["value"] for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    session[LEVEL] = 1
    session["account_authentication_methods"] = []
    session.save()


@pytest.mark.browser
def test_without_scripts_no_passkey_is_offered_and_the_pages_are_whole(new_page, astrid):
    page = new_page(java_script_enabled=False)
    page.goto(LOGIN)

    assert page.get_by_role("button", name="Skicka koden").is_visible()
    assert not page.get_by_role("button", name="Logga in med passkey").is_visible()


@pytest.mark.browser
def test_passkey_that_is_not_there_is_told_in_words(new_page, axe, astrid):
    page = new_page()
    give_authenticator(page)
    page.goto(LOGIN)

    page.get_by_role("button", name="Logga in med passkey").click()

    page.get_by_role("status").filter(has_text="Det gick inte").wait_for()
    axe(page)


ODD = ["", "null", "[]", "{}", "7", '"x"', "{", "\x00", '{"id": 1}', '{"id": "x", "response": null}',
       json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "AA"}}),
       json.dumps({"id": "AA", "rawId": "AA", "type": "public-key",
                   "response": {"clientDataJSON": "e30", "attestationObject": "AA", "authenticatorData": "AA",
                                "signature": "AA", "userHandle": "Mjc"}, "clientExtensionResults": {}}),
       "[" * 5000]  # fmt: skip


@pytest.mark.parametrize("odd", ODD)
def test_answer_of_a_browser_that_somebody_wrote_by_hand_lets_nobody_in(client, astrid, odd):
    client.get(BY_PASSKEY, headers={"x-requested-with": "XMLHttpRequest"})

    page = client.post(BY_PASSKEY, {"credential": odd}, follow=True)

    assert page.redirect_chain == [(LOGIN, 302)]
    assert "Vi känner inte till den passkeyn" in page.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("address", [NEW, "/konto/bekrafta/"])
def test_answer_that_cannot_be_read_makes_nothing_and_is_no_error_of_ours(client, fresh, astrid, address, odd):
    client.get(address)

    assert client.post(address, {"credential": odd, "name": "x"}).status_code == 200
    assert not Authenticator.objects.exists()


@pytest.fixture
def fresh(client, astrid):
    """Astrid, who just showed who she is by a code."""
    import time

    client.force_login(astrid)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(astrid.pk)
    session.save()


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_nobody_reaches_the_passkey_of_another(client, fresh, add_person, name):
    other = add_person(email="annan@kommunen.example")
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "hers", "credential": {}})

    assert client.get(reverse(name, args=[key.pk])).status_code == 404
    assert client.post(reverse(name, args=[key.pk]), {"name": "mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "hers"


def test_what_the_browser_is_asked_for_knows_its_owner_and_the_site(client, fresh):
    told = json.loads(client.get(NEW).context["options"])["publicKey"]

    assert told["rp"] == {"id": "testserver", "name": "Samspel"}
    assert told["authenticatorSelection"]["userVerification"] == "required"
    assert told["authenticatorSelection"]["residentKey"] == "required"


def test_whoever_asked_for_a_code_first_may_still_use_a_passkey(client, astrid):
    client.post(LOGIN, {"email": astrid.email})

    asked = client.get(BY_PASSKEY, headers={"x-requested-with": "XMLHttpRequest"})

    assert asked.status_code == 200
    assert asked.json()["request_options"]["publicKey"]["userVerification"] == "required"


def test_page_opened_by_a_link_leads_to_the_login_page(db):
    assert Client().get(BY_PASSKEY).url == LOGIN
