"""Att göra and the own account."""

import re
import time
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samspel.accounts import queries
from samspel.accounts.queries import HeldRole, ToDo, role_rows
from samspel.accounts.queries.role_rows import RoleTerm, StandingIn
from samspel.kernel.audit import entries_about
from samspel.kernel.handed_down import HandedDown
from samspel.post.models import Message
from samspel.registry.models import StandIn
from tests.accounts.conftest import NOW


@pytest.fixture
def hand_down(monkeypatch):
    """Shelves of the test's own; each call puts rows on one of them."""
    shelves = {"todo": HandedDown(), "roles": HandedDown(), "terms": HandedDown()}
    monkeypatch.setattr(queries.handed, "todo_providers", shelves["todo"])
    monkeypatch.setattr(queries.handed, "role_providers", shelves["roles"])
    monkeypatch.setattr(role_rows, "role_terms", shelves["terms"])

    def put(shelf, *rows, name="test"):
        shelves[shelf].add(name, lambda person, at: list(rows))

    return put


def test_what_has_a_date_comes_first_soonest_first_and_what_waits_for_others_last(astrid, hand_down):
    late = ToDo("Sen", "/a/", "", due_on=date(2026, 12, 1))
    soon = ToDo("Snart", "/b/", "", due_on=date(2026, 10, 1))
    some_day = ToDo("Någon gång", "/c/", "")
    others = ToDo("Andras", "/d/", "", due_on=date(2026, 9, 1), is_waiting_for_others=True)
    hand_down("todo", others, some_day, late)
    hand_down("todo", soon, name="another app")

    assert queries.todo_of(astrid, None) == [soon, late, some_day, others]


def test_own_rows_stand_above_those_that_wait_for_others(client, astrid, hand_down):
    hand_down(
        "todo",
        ToDo("Bekräfta urvalet", "/arbete/urval/1/", "Förslaget är lagt av en annan", due_on=date(2026, 10, 1)),
        ToDo("Lottning", "/arbete/urval/2/", "Någon annan ska frysa omgången", is_waiting_for_others=True),
    )
    client.force_login(astrid)

    page = client.get("/arbete/")

    main = page.content.decode()
    assert [row.title for row in page.context["own"]] == ["Bekräfta urvalet"]
    assert [row.title for row in page.context["waiting"]] == ["Lottning"]
    assert main.index("Väntar på dig") < main.index("Bekräfta urvalet") < main.index("Väntar på andra")
    assert 'href="/arbete/urval/1/"' in main


def test_person_without_anything_to_do_is_told_so_kindly(client, astrid, hand_down):
    client.force_login(astrid)

    page = client.get("/arbete/").content.decode()

    assert "Inget väntar på dig" in page
    assert "Väntar på andra" not in page


def test_work_says_as_whom_one_is_there(client, astrid, hand_down):
    hand_down("roles", HeldRole("Samordnare", "Ekvikens kommun", date(2026, 1, 1)))
    client.force_login(astrid)

    page = client.get("/arbete/").content.decode()

    assert "Du är inloggad som Astrid Bergvall." in page
    assert "Samordnare, Ekvikens kommun" in page


def test_work_asks_no_more_of_the_database_when_there_is_more_to_do(client, astrid, hand_down):
    client.force_login(astrid)
    asked = []
    for number in (1, 30):
        hand_down("todo", *[ToDo(f"Sak {one}", "/x/", "") for one in range(number)])
        with CaptureQueriesContext(connection) as questions:
            client.get("/arbete/")
        asked.append(len(questions))

    assert asked[0] == asked[1]


def test_stranger_is_led_to_login_and_back(client, db):
    for address in ("/arbete/", "/konto/"):
        assert client.get(address).url == f"/konto/logga-in/?next={address}"
    assert client.get("/en/arbete/").url == "/en/konto/logga-in/?next=/en/arbete/"


def test_account_shows_who_one_is_and_until_when(client, astrid, hand_down):
    hand_down("terms", RoleTerm("Rektor", "Ekskolan", date(2026, 1, 1), date(2027, 6, 30)))
    client.force_login(astrid)

    page = client.get("/konto/").content.decode()

    assert "Astrid Bergvall" in page
    assert "astrid.bergvall@kommunen.example" in page
    assert "30 juni 2027" in page


def test_account_tells_who_appointed_her_and_who_stands_in(client, astrid, add_person, hand_down):
    bo, cia = (add_person(email=f"{name}@kommunen.example", name=name) for name in ("Bo", "Cia"))
    stand_in = StandingIn(cia.key, date(2026, 1, 1), date(2099, 1, 1))
    hand_down("terms", RoleTerm("Rektor", "Ekskolan", date(2026, 1, 1), None, bo.key, (stand_in,)))
    client.force_login(astrid)

    page = client.get("/konto/").content.decode()

    assert "Bo" in page
    assert "Cia, från 1 januari 2026 till 1 januari 2099" in page


def details(**changes):
    return {"name": "Astrid Bergvall", "phone": "", "language": "sv", **changes}


def test_she_puts_her_details_right_and_it_stands_in_the_audit(client, astrid):
    client.force_login(astrid)

    assert client.post("/konto/", details(name="Astrid Ek", phone="070-123 45 67", language="en")).url == "/konto/"

    astrid.refresh_from_db()
    assert (astrid.name, astrid.phone, astrid.language) == ("Astrid Ek", "070-123 45 67", "en")
    told = [(entry.action, entry.by_key, entry.facts) for entry in entries_about(astrid)]
    assert ("accounts.person.corrected", astrid.key, {"fields": ["name", "phone"]}) in told
    assert ("accounts.person.language_changed", astrid.key, {"language": "en"}) in told


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"language": "tlh"}, "language"),
        ({"name": ""}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "1234"}, "name"),
        ({"phone": "ring mig"}, "phone"),
        ({"phone": "9" * 500}, "phone"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field_and_nothing_is_saved(client, astrid, wrong, field):
    client.force_login(astrid)

    page = client.post("/konto/", details(**{"phone": "070-1", "language": "en", **wrong}))

    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field]
    assert "Fel:" in page.content.decode()
    astrid.refresh_from_db()
    assert (astrid.name, astrid.phone, astrid.language) == ("Astrid Bergvall", "", "sv")


NEW = "astrid.ny@kommunen.example"


@pytest.fixture
def fresh(client, astrid):
    """Astrid's browser, in which she has just shown who she is."""
    client.force_login(astrid)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(astrid.pk)
    session.save()
    return client


def test_who_has_not_just_shown_who_she_is_is_asked_first(client, astrid):
    client.force_login(astrid)

    answer = client.post("/konto/adress/", {"email": NEW})

    assert answer.url.startswith("/konto/bekrafta/")
    assert not Message.objects.filter(kind="accounts.address_code").exists()


def test_a_new_address_takes_effect_here_at_once_and_ends_all_other_logins(fresh, astrid, code_in_mail):
    other = Client()
    other.force_login(astrid)
    assert fresh.post("/konto/adress/", {"email": NEW}).url == "/konto/adress/kod/"

    done = fresh.post("/konto/adress/kod/", {"code": code_in_mail()}, follow=True)

    assert done.redirect_chain == [("/konto/", 302)]
    assert NEW in done.content.decode()
    assert fresh.get("/arbete/").status_code == 200
    assert other.get("/arbete/").status_code == 302


def test_an_address_that_somebody_has_gets_the_same_answer(fresh, add_person):
    bo = add_person(email="bo@kommunen.example", name="Bo Ek")

    answers = [fresh.post("/konto/adress/", {"email": email}, follow=True) for email in (NEW, bo.email)]

    texts = [re.sub(r'value="[^"]+"', "", answer.content.decode()) for answer in answers]
    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert texts[0] == texts[1]


def test_a_code_guessed_ten_times_is_refused_in_words(fresh, astrid):
    fresh.post("/konto/adress/", {"email": NEW})

    pages = [fresh.post("/konto/adress/kod/", {"code": "1"}).content.decode() for _guess in range(10)]

    assert "Det är inte koden i mejlet." in pages[0]
    assert "Koden var fel för många gånger och gäller inte längre. Be om en ny." in pages[-1]
    astrid.refresh_from_db()
    assert astrid.email != NEW


def test_new_addresses_are_counted(fresh, astrid):
    for number in range(5):
        fresh.post("/konto/adress/", {"email": f"{number}@kommunen.example"})

    page = fresh.post("/konto/adress/", {"email": NEW}).content.decode()

    assert "för många försök" in page
    assert Message.objects.filter(kind="accounts.address_code").count() == 5


@pytest.mark.parametrize("address", ["", "ingen", "a\x00@b.example", "å" * 400, "a@b.example\nBcc: c@d.example"])
def test_what_is_no_address_is_refused_at_its_field(fresh, address):

    page = fresh.post("/konto/adress/", {"email": address})

    assert (page.status_code, list(page.context["form"].errors)) == (200, ["email"])
    assert not Message.objects.exists()


def test_account_asks_no_more_of_the_database_when_there_are_more_tasks(
    client, astrid, add_person, appoint, organization
):
    client.force_login(astrid)
    asked = []
    for number in (1, 3):
        for place in range(number):
            giver = add_person(email=f"{number}{place}@kommunen.example", name="Bo")
            post = appoint(astrid, "coordinator", organization(f"{number} {place}"), appointed_by=giver.key)
            StandIn.objects.create(
                appointment=post, deputy=giver, from_on=date(2026, 1, 1), to_on=date(2099, 1, 1), set_at=NOW
            )
        client.get("/konto/")
        with CaptureQueriesContext(connection) as questions:
            client.get("/konto/")
        asked.append(len(questions))

    assert asked[0] == asked[1]
