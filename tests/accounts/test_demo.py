"""The demo's people, to log in as with one button; and that no real home has such a page."""

import pytest

from samspel.accounts import queries
from samspel.accounts.queries import DemoPerson
from samspel.kernel.audit import entries_about
from samspel.kernel.handed_down import HandedDown

DEMO = "/konto/demo/"


@pytest.fixture
def demo_home(settings):
    """A home that is marked as a demo."""
    settings.SAMSPEL_IS_DEMO = True


@pytest.fixture
def invented(add_person):
    """An invented person."""
    return add_person(email="ylva@pahittad.example", name="Ylva Påhitt", is_invented=True)


@pytest.fixture
def on_the_shelf(monkeypatch):
    """Put people on a shelf of the test's own."""
    shelf = HandedDown()
    monkeypatch.setattr(queries.handed, "demo_people", shelf)
    return lambda *people: shelf.add("test", lambda at: people)


def test_outside_a_demo_there_is_no_such_page_and_no_such_login(client, invented, settings):
    settings.SAMSPEL_IS_DEMO = False

    assert client.get(DEMO).status_code == 404
    assert client.post(DEMO, {"email": invented.email}).status_code == 404
    assert client.get("/arbete/").status_code == 302
    assert DEMO not in client.get("/konto/logga-in/").content.decode()


def test_settings_that_say_nothing_are_no_demo(client, invented, settings):
    for value in (None, "", 0, "False"):
        settings.SAMSPEL_IS_DEMO = value
        assert client.post(DEMO, {"email": invented.email}).status_code == 404


def test_people_stand_in_their_groups_with_what_one_sees_as_them(client, add_person, on_the_shelf, demo_home):
    people = [
        DemoPerson(add_person(email=f"{group}@pahittad.example", name=name), group, role, where, sees)
        for group, name, role, where, sees in (
            (queries.UNIVERSITY, "Ulla", "Nätverksledare", "Ekvikens universitet", "Nätverkens möten."),
            (queries.AGENCY, "Maj", "Undervisningsråd", "", "Urvalsomgångar att föreslå."),
            (queries.ORGANIZER, "Hugo", "Samordnare", "Ekvikens kommun", "Huvudmannens insatser."),
        )
    ]
    on_the_shelf(*people)

    page = client.get(DEMO).content.decode().partition("<main")[2]

    order = [page.index(text) for text in ("Myndigheten", "Maj", "Huvudmän", "Hugo", "Lärosäten", "Ulla")]
    assert order == sorted(order)
    assert "Samordnare, Ekvikens kommun" in page
    assert "Urvalsomgångar att föreslå." in page
    assert page.count(f'action="{DEMO}"') == 3


def test_one_button_logs_in_as_her_and_it_stands_in_the_audit(client, invented, demo_home):
    entered = client.post(DEMO, {"email": invented.email}, follow=True)

    assert entered.redirect_chain == [("/arbete/", 302)]
    assert entered.context["user"] == invented
    assert entries_about(invented).last().facts == {"method": "demo", "level": 3}


def test_from_one_person_straight_to_another(client, add_person, invented, demo_home):
    other = add_person(email="olle@pahittad.example", name="Olle", is_invented=True)
    client.post(DEMO, {"email": invented.email})

    client.post(DEMO, {"email": other.email})

    assert client.get("/arbete/").context["user"] == other


def test_person_who_is_not_invented_is_entered_by_nobody(client, astrid, demo_home):
    assert client.post(DEMO, {"email": astrid.email}).status_code == 403
    assert client.get("/arbete/").status_code == 302


def test_closed_account_is_entered_by_nobody(client, invented, demo_home):
    invented.is_active = False
    invented.save()

    assert client.post(DEMO, {"email": invented.email}).status_code == 404


@pytest.mark.parametrize("email", ["", "ingen@pahittad.example", "\x00", "a" * 5000])
def test_somebody_who_is_not_there_is_not_found(client, demo_home, db, email):
    assert client.post(DEMO, {"email": email}).status_code == 404


def test_empty_demo_says_how_it_is_filled(client, on_the_shelf, demo_home, db):
    assert "samspel demo" in client.get(DEMO).content.decode()


def test_login_page_of_a_demo_shows_the_way_to_its_people(client, demo_home, db):
    assert f'href="{DEMO}"' in client.get("/konto/logga-in/").content.decode()
