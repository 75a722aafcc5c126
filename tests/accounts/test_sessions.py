"""Where one is logged in: seen, ended, and kept with as little as possible."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samspel.accounts.operations import sessions
from samspel.accounts.tasks import clear_sessions
from samspel.kernel.audit import entries_about
from tests.accounts.federation import is_in

ASK, ENTER, PAGE = "/konto/logga-in/", "/konto/kod/", "/konto/sakerhet/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"


@pytest.fixture
def browse(astrid, code_in_mail):
    """`browse(FIREFOX)`: another browser in which she is logged in by a code."""

    def go_in(user_agent, person=astrid):
        cache.clear()
        browser = Client(headers={"user-agent": user_agent})
        browser.post(ASK, {"email": person.email})
        browser.post(ENTER, {"code": code_in_mail()})
        return browser

    return go_in


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode().split("<main")[1].split("</main>")[0]).split())


def test_page_tells_each_session_in_words_this_one_first(browse):
    browse(FIREFOX)
    telephone = browse(SAFARI)

    page = telephone.get(PAGE)

    told = [(one.browser, one.system, one.is_this) for one in page.context["sessions"]]
    assert told == [("Safari", "iPhone", True), ("Firefox", "Windows", False)]
    assert "Safari på iPhone den här" in words(page)
    assert "Firefox på Windows" in words(page)


def test_neither_network_address_nor_version_of_the_browser_is_kept(browse):
    browse(FIREFOX)

    row = UserSession.objects.get()
    assert (row.ip, row.user_agent) == ("0.0.0.0", "Firefox|Windows")
    assert "127.0.0.1" not in str(Session.objects.get().get_decoded())


def test_one_session_is_ended_from_another(browse, astrid):
    lost, mine = browse(FIREFOX), browse(SAFARI)
    [other] = [one for one in mine.get(PAGE).context["sessions"] if not one.is_this]

    mine.post(f"/konto/sakerhet/sessioner/{other.pk}/avsluta/")

    assert lost.get("/arbete/").status_code == 302
    assert mine.get("/arbete/").status_code == 200
    ended = entries_about(astrid).last()
    assert (ended.action, ended.by_key, ended.facts) == (
        "accounts.session.ended",
        astrid.key,
        {"which": "one", "number": 1},
    )


def test_all_others_are_ended_at_once(browse, astrid):
    others, mine = [browse(FIREFOX), browse(SAFARI)], browse(FIREFOX)

    mine.post("/konto/sakerhet/sessioner/avsluta/")

    assert [other.get("/arbete/").status_code for other in others] == [302, 302]
    assert mine.get("/arbete/").status_code == 200
    assert entries_about(astrid).last().facts == {"which": "others", "number": 2}


def test_ending_others_where_there_are_none_leaves_no_trace(browse, astrid):
    mine = browse(FIREFOX)
    before = entries_about(astrid).count()

    mine.post("/konto/sakerhet/sessioner/avsluta/")

    assert entries_about(astrid).count() == before


def test_nobody_ends_the_session_of_another(browse, add_person):
    hers = browse(FIREFOX)
    row = UserSession.objects.get()
    stranger = browse(SAFARI, add_person(email="annan@kommunen.example"))

    assert stranger.post(f"/konto/sakerhet/sessioner/{row.pk}/avsluta/").status_code == 404
    assert hers.get("/arbete/").status_code == 200


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "9223372036854775808"])
def test_odd_numbers_are_not_found(browse, number):
    assert browse(FIREFOX).post(f"/konto/sakerhet/sessioner/{number}/avsluta/").status_code == 404


def test_sessions_are_ended_by_post_alone(browse):
    browser = browse(FIREFOX)

    assert browser.get("/konto/sakerhet/sessioner/avsluta/").status_code == 405
    assert browser.get("/konto/sakerhet/sessioner/1/avsluta/").status_code == 405


def test_last_use_is_kept_to_five_minutes_and_costs_nothing_between(browse):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        browser = browse(FIREFOX)
        begun = UserSession.objects.get().last_seen_at
        clock.shift(timedelta(minutes=4))
        browser.get("/konto/")
        assert UserSession.objects.get().last_seen_at == begun

        clock.shift(timedelta(minutes=2))
        browser.get("/konto/")
        assert UserSession.objects.get().last_seen_at == begun + timedelta(minutes=6)


def test_public_page_asks_nothing_about_sessions(client, db):
    client.get(ASK)
    with CaptureQueriesContext(connection) as asked:
        client.get("/konto/saknas/")

    assert not [query for query in asked.captured_queries if "usersession" in query["sql"]]


def test_page_asks_as_much_with_one_session_as_with_three(browse):
    browser = browse(FIREFOX)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        browser.get(PAGE)
    browse(SAFARI)
    browse(FIREFOX)
    with CaptureQueriesContext(connection) as three:
        browser.get(PAGE)

    assert len(one) == len(three)


def test_session_that_is_over_is_not_shown_and_its_row_goes_at_night(browse):
    browse(FIREFOX)
    browser = browse(SAFARI)
    lost = UserSession.objects.get(user_agent="Firefox|Windows")
    Session.objects.filter(session_key=lost.session_key).delete()

    assert len(browser.get(PAGE).context["sessions"]) == 1
    clear_sessions(timestamp=0)
    assert UserSession.objects.count() == 1


def test_a_new_address_ends_every_session(browse, astrid):
    browser = browse(FIREFOX)
    astrid.email = "ny@kommunen.example"
    astrid.save()

    assert browser.get("/arbete/").status_code == 302


def test_closing_where_one_is_leads_out(browse, astrid):
    mine = browse(FIREFOX)
    [one] = mine.get(PAGE).context["sessions"]

    mine.post(f"/konto/sakerhet/sessioner/{one.pk}/avsluta/")

    assert not is_in(mine)


def test_only_she_herself_ends_her_sessions(astrid, add_person):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        sessions.end_others(person=astrid, this_key=None, by=add_person(email="x@y.example"), at=timezone.now())


def test_demo_login_is_a_session_like_others(client, settings, astrid):
    settings.SAMSPEL_IS_DEMO = True
    astrid.is_invented = True
    astrid.save()

    client.post("/konto/demo/", {"email": astrid.email})

    assert UserSession.objects.get().user == astrid
    assert client.session["samspel_level"] == 3
    assert entries_about(astrid).last().facts == {"method": "demo", "level": 3}
