"""An app that shows codes, recovery codes, and codes by mail that somebody guesses at."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from structlog.testing import capture_logs

from samspel.accounts.operations import methods
from samspel.kernel.audit import entries_about
from samspel.kernel.permissions import LevelTooLow
from samspel.post.models import Message
from samspel.testing.authenticator import code_of
from tests.accounts.federation import is_in, level_of

ASK, ENTER, SECOND, CONFIRM = "/konto/logga-in/", "/konto/kod/", "/konto/andra-steget/", "/konto/bekrafta/"
SET_UP, TAKE_AWAY, CODES = "/konto/sakerhet/app/ny/", "/konto/sakerhet/app/ta-bort/", "/konto/sakerhet/reservkoder/"


@pytest.fixture
def enter(code_in_mail):
    """Log in by a code from the mail; the page after."""

    def go_in(browser, person):
        browser.post(ASK, {"email": person.email})
        return browser.post(ENTER, {"code": code_in_mail()})

    return go_in


@pytest.fixture
def secret(client, astrid, enter):
    """Astrid's app, set up as she does it, and she logged out again; what the app keeps."""
    enter(client, astrid)
    secret = secret_on(client.get(SET_UP))
    client.post(SET_UP, {"code": code_of(secret)})
    client.post("/konto/logga-ut/")
    cache.clear()
    return secret


def secret_on(page):
    return re.search(r'set-up__key">([A-Z2-7 ]+)<', page.content.decode())[1]


def test_app_is_set_up_by_its_key_and_a_first_code_and_makes_the_session_surer(client, astrid, enter):
    enter(client, astrid)
    assert level_of(client) == 1
    key = client.session.session_key

    page = client.get(SET_UP)
    done = client.post(SET_UP, {"code": code_of(secret_on(page))})

    assert "<svg" in page.content.decode()
    assert done.url == CODES
    assert level_of(client) == 2
    assert client.session.session_key != key
    assert is_in(client, astrid)


def test_key_is_not_readable_in_the_database(client, astrid, enter):
    enter(client, astrid)
    secret = secret_on(client.get(SET_UP)).replace(" ", "")
    client.post(SET_UP, {"code": code_of(secret)})

    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_wrong_first_code_sets_nothing_up_and_the_key_stays(client, astrid, enter):
    enter(client, astrid)
    secret = secret_on(client.get(SET_UP))
    wrong = "000000" if code_of(secret) != "000000" else "111111"

    again = client.post(SET_UP, {"code": wrong})

    assert again.context["form"].errors["code"]
    assert secret_on(again) == secret
    assert not Authenticator.objects.exists()


def test_setting_up_stands_in_the_audit_and_she_is_told(client, astrid, enter):
    enter(client, astrid)
    client.post(SET_UP, {"code": code_of(secret_on(client.get(SET_UP)))})

    told = [(entry.action, entry.facts) for entry in entries_about(astrid)][2:]
    assert told == [
        ("accounts.method.added", {"method": "app"}),
        ("accounts.person.confirmed", {"method": "totp", "level": 2}),
    ]
    message = Message.objects.latest("id")
    assert (message.kind, message.to_address) == ("accounts.method_added", astrid.email)
    assert "app med koder" in message.body


def test_recovery_codes_are_shown_once(client, astrid, enter):
    enter(client, astrid)
    client.post(SET_UP, {"code": code_of(secret_on(client.get(SET_UP)))})

    assert len(re.findall(r"<code>\d{8}</code>", client.get(CODES).content.decode())) == 10
    assert re.findall(r"<code>\d{8}</code>", client.get(CODES).content.decode()) == []


def test_after_the_code_by_mail_one_from_the_app_is_asked_for(client, astrid, secret, enter):
    assert enter(client, astrid).url == SECOND
    assert not is_in(client)
    assert client.get("/arbete/").status_code == 302

    assert client.post(SECOND, {"code": code_of(secret)}).url == "/arbete/"

    assert is_in(client, astrid)
    assert level_of(client) == 2
    assert entries_about(astrid).last().facts == {"method": "code+totp", "level": 2}


def test_where_she_was_going_survives_the_second_step(client, astrid, secret, code_in_mail):
    client.post(ASK, {"email": astrid.email, "next": "/konto/"})
    client.post(ENTER, {"code": code_in_mail(), "next": "/konto/"})

    assert client.post(SECOND, {"code": code_of(secret)}).url == "/konto/"


def test_code_from_an_app_is_taken_once_for_as_long_as_it_is_right(client, astrid, secret, enter):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = code_of(secret)
        enter(client, astrid)
        client.post(SECOND, {"code": code})
        clock.shift(timedelta(seconds=31))
        other = Client()
        enter(other, astrid)

        again = other.post(SECOND, {"code": code})

    assert again.status_code == 200
    assert not is_in(other)


def test_code_half_a_minute_early_or_late_is_right_and_two_minutes_is_not(client, astrid, secret, enter):
    enter(client, astrid)

    assert client.post(SECOND, {"code": code_of(secret, later=-4)}).status_code == 200
    assert client.post(SECOND, {"code": code_of(secret, later=-1)}).url == "/arbete/"


def test_codes_from_an_app_guessed_at_are_refused_in_words_and_logged(client, astrid, secret, enter):
    enter(client, astrid)

    with capture_logs() as logs:
        pages = [client.post(SECOND, {"code": f"{guess:06}"}) for guess in range(10)]
    right = client.post(SECOND, {"code": code_of(secret)})

    assert all(page.context["form"].errors["code"] for page in pages)
    assert not is_in(client)
    assert "för många försök" in str(right.context["form"].errors["code"])
    logged = [log for log in logs if log["event"] == "second_step_rejected"]
    assert {log["key"] for log in logged} == {str(astrid.key)}


def test_recovery_code_lets_in_once_and_is_enough_to_read(client, astrid, enter):
    enter(client, astrid)
    client.post(SET_UP, {"code": code_of(secret_on(client.get(SET_UP)))})
    code = re.search(r"<code>(\d{8})</code>", client.get(CODES).content.decode())[1]
    client.post("/konto/logga-ut/")
    cache.clear()

    enter(client, astrid)
    assert client.post(SECOND, {"code": code}).url == "/arbete/"
    assert level_of(client) == 1
    client.post("/konto/logga-ut/")
    cache.clear()
    enter(client, astrid)
    assert client.post(SECOND, {"code": code}).status_code == 200


def test_taking_the_app_away_is_asked_about_told_and_on_record(client, astrid, secret, enter):
    enter(client, astrid)
    client.post(SECOND, {"code": code_of(secret)})

    assert "Ta bort appen" in client.get(TAKE_AWAY).content.decode()
    assert client.post(TAKE_AWAY).url == "/konto/sakerhet/"

    assert not Authenticator.objects.exists()
    assert entries_about(astrid).last().action == "accounts.method.removed"
    assert Message.objects.latest("id").kind == "accounts.method_removed"


@pytest.mark.parametrize("address", [SET_UP, CODES, f"{CODES}nya/", "/konto/sakerhet/passkey/ny/"])
def test_who_did_not_just_show_who_she_is_is_asked_first(client, astrid, enter, address):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(client, astrid)
        clock.shift(timedelta(minutes=10, seconds=1))

        assert client.get(address).url == f"{CONFIRM}?next={address.replace('/', '%2F')}"


def test_who_has_nothing_more_shows_it_by_a_code_to_her_address(client, astrid, enter, code_in_mail):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(client, astrid)
        clock.shift(timedelta(minutes=11))
        client.post(CONFIRM, {"action": "send", "next": SET_UP})

        wrong = client.post(CONFIRM, {"code": "0000-0000", "next": SET_UP})
        right = client.post(CONFIRM, {"code": code_in_mail(), "next": SET_UP})

        assert wrong.context["form"].errors["code"]
        assert right.url == SET_UP
        assert client.get(SET_UP).status_code == 200
        assert level_of(client) == 1


def test_code_by_mail_to_confirm_is_worthless_after_five_wrong_ones(client, astrid, enter, code_in_mail):
    enter(client, astrid)
    client.post(CONFIRM, {"action": "send"})
    code = code_in_mail()
    for _ in range(5):
        client.post(CONFIRM, {"code": "0000-0000"})

    assert "Det finns ingen kod" in client.post(CONFIRM, {"code": code}).content.decode()


def test_who_has_an_app_confirms_by_it_and_never_by_mail(client, astrid, secret, enter):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(client, astrid)
        client.post(SECOND, {"code": code_of(secret)})
        clock.shift(timedelta(minutes=11))
        before = Message.objects.count()

        client.post(CONFIRM, {"action": "send"})
        assert Message.objects.count() == before
        assert client.post(CONFIRM, {"code": code_of(secret), "next": "/konto/"}).url == "/konto/"


def test_confirming_leads_to_a_page_of_ours_and_never_elsewhere(client, astrid, secret, enter):
    for asked, led in (("https://ond.example/", "/konto/sakerhet/"), ("//ond.example", "/konto/sakerhet/")):
        cache.clear()
        enter(client, astrid)
        client.post(SECOND, {"code": code_of(secret)})
        cache.clear()
        assert client.post(CONFIRM, {"code": code_of(secret), "next": asked}).url == led
        client.post("/konto/logga-ut/")


def test_step_up_leads_back_to_what_she_was_going_to_do(client, astrid, enter):
    enter(client, astrid)
    page = client.get("/konto/sakerhet/", {"next": "/konto/?x=1"})
    assert "kräver en säkrare inloggning" in page.content.decode()

    client.post(SET_UP, {"code": code_of(secret_on(client.get(SET_UP)))})

    assert 'href="/konto/?x=1"' in client.get(CODES).content.decode()


def test_step_up_never_leads_elsewhere(client, astrid, enter):
    enter(client, astrid)

    page = client.get("/konto/sakerhet/", {"next": "https://ond.example/"})

    assert page.context["going"] == ""
    assert 'href="https://ond.example' not in page.content.decode()


def test_code_by_mail_guessed_ten_times_is_refused_in_words_logged_and_worthless(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})
    code = code_in_mail()

    with capture_logs() as logs:
        pages = [client.post(ENTER, {"code": f"{guess:08}"}, follow=True) for guess in range(10)]
    late = client.post(ENTER, {"code": code}, follow=True)

    assert "Det är inte koden i mejlet" in pages[0].content.decode()
    assert "Det blev för många försök" in pages[4].content.decode()
    assert all("Det finns ingen kod" in page.content.decode() for page in pages[5:])
    assert not is_in(client)
    assert "Det finns ingen kod" in late.content.decode()
    rejected = [log for log in logs if log["event"] == "login_code_rejected"]
    assert [log["last"] for log in rejected] == [False] * 4 + [True]
    assert {log["key"] for log in rejected} == {str(astrid.key)}
    assert code not in str(logs)
    guessed = entries_about(astrid).last()
    assert (guessed.action, guessed.by_key, guessed.facts) == ("accounts.person.code_guessed", None, {"tries": 5})


@pytest.mark.parametrize("odd", ["", "\x00", "9" * 10_000, "å" * 6, "12 34 56", "'; --", "null"])
@pytest.mark.parametrize("address", [SECOND, CONFIRM, SET_UP])
def test_odd_codes_are_wrong_and_no_error_of_ours(client, astrid, secret, enter, address, odd):
    if address != SECOND:
        enter(client, astrid)
        client.post(SECOND, {"code": code_of(secret)})
    else:
        enter(client, astrid)
    if address == SET_UP:
        Authenticator.objects.all().delete()
        client.get(SET_UP)

    assert client.post(address, {"code": odd}).status_code == 200


def test_unknown_person_costs_no_guess_of_anothers(client, astrid, db):
    client.post(ASK, {"email": "ingen@annanstans.example"})

    with capture_logs() as logs:
        for _ in range(5):
            client.post(ENTER, {"code": "0000-0000"})

    assert [log for log in logs if log["event"] == "login_code_rejected"] == []


def test_administrator_takes_away_what_somebody_has_lost(client, astrid, secret, administrator, code_in_mail):
    other = Client()
    other.force_login(administrator)
    session = other.session
    session["samspel_level"] = 2
    session.save()
    address = f"/arbete/personer/{astrid.key}/inloggning/"
    assert "ring ett nummer" in other.get(address).content.decode()

    other.post(address)

    assert not Authenticator.objects.exists()
    removed = entries_about(astrid).last()
    assert (removed.action, removed.by_key, removed.facts) == (
        "accounts.method.removed",
        administrator.key,
        {"method": "all"},
    )
    assert "Myndigheten tog bort" in Message.objects.latest("id").body
    client.post(ASK, {"email": astrid.email})
    assert client.post(ENTER, {"code": code_in_mail()}).url == "/arbete/"


def test_nobody_takes_away_her_own_or_without_being_an_administrator(astrid, secret, administrator, registrar):
    for person, by in ((administrator, administrator), (astrid, registrar), (astrid, astrid)):
        with pytest.raises(PermissionDenied):
            methods.take_away(person=person, by=by, at=timezone.now())
    assert Authenticator.objects.filter(user=astrid).exists()


def test_lost_ways_are_not_taken_away_with_a_code_by_mail_alone(astrid, secret, administrator):
    administrator.session_level = 1

    with pytest.raises(LevelTooLow):
        methods.take_away(person=astrid, by=administrator, at=timezone.now())
