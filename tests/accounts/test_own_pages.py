"""Att göra and the own account."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.accounts import queries
from samspel.accounts.queries import HeldRole, ToDo
from samspel.kernel.audit import entries_about
from samspel.kernel.handed_down import HandedDown


@pytest.fixture
def hand_down(monkeypatch):
    """Shelves of the test's own; each call puts rows on one of them."""
    shelves = {"todo": HandedDown(), "roles": HandedDown()}
    monkeypatch.setattr(queries.handed, "todo_providers", shelves["todo"])
    monkeypatch.setattr(queries.handed, "role_providers", shelves["roles"])

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
    hand_down("roles", HeldRole("Rektor", "Ekskolan", date(2026, 1, 1), date(2027, 6, 30)))
    client.force_login(astrid)

    page = client.get("/konto/").content.decode()

    assert "Astrid Bergvall" in page
    assert "astrid.bergvall@kommunen.example" in page
    assert "30 juni 2027" in page


def test_chosen_language_is_kept_and_stands_in_the_audit(client, astrid):
    client.force_login(astrid)

    assert client.post("/konto/", {"language": "en"}).url == "/konto/"

    astrid.refresh_from_db()
    assert astrid.language == "en"
    entry = entries_about(astrid).last()
    assert (entry.action, entry.by_key, entry.facts) == (
        "accounts.person.language_changed",
        astrid.key,
        {"language": "en"},
    )


def test_language_we_do_not_speak_is_refused_at_its_field(client, astrid):
    client.force_login(astrid)

    page = client.post("/konto/", {"language": "tlh"})

    assert page.status_code == 200
    assert "language" in page.context["form"].errors
    astrid.refresh_from_db()
    assert astrid.language == "sv"
