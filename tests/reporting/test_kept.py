"""Pages that are kept: sent again as they are, and never older than the data."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.accounts.models import Person
from samspel.kernel.kept import Answer, Shelf
from samspel.registry.models import Municipality, OrganizerMember

from .conftest import NOW

PAGES = ["/", "/huvudman/", "/karta/", "/urval/", "/urval/omgang-2/", "/huvudman/lista.csv", "/karta/karta.json"]


def statements(client, address, **headers):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address, **headers)
    return response, len(queries)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_made_once_and_then_costs_one_question(client, programme, address):
    first = client.get(address)
    again, asked = statements(client, address)

    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]
    assert asked == 1


@pytest.mark.parametrize("address", PAGES)
def test_who_has_the_page_is_told_so_without_it(client, programme, address):
    etag = client.get(address)["ETag"]
    response = client.get(address, headers={"If-None-Match": etag})

    assert (response.status_code, response.content) == (304, b"")


def test_an_answer_is_asked_for_anew_each_time(client, programme):
    response = client.get("/huvudman/")

    assert response["Cache-Control"] == "public, no-cache"
    assert "Cookie" in response["Vary"]


def test_languages_and_filters_are_kept_apart(client, programme):
    answers = [client.get(a).content for a in ("/huvudman/", "/en/huvudman/", "/huvudman/?status=ended")]

    assert len(set(answers)) == 3


def _answer(programme):
    programme.second.offers.filter(organizer=programme.aby).update(response="accepted")


def _withdraw_a_round(programme):
    type(programme.second).objects.filter(pk=programme.second.pk).update(published_at=None)


def _rename(programme):
    type(programme.aby).objects.filter(pk=programme.aby.pk).update(name="Annanby kommun")


def _take_an_area_away(programme):
    OrganizerMember.objects.filter(organizer=programme.aby).delete()


def _give_an_area(programme):
    OrganizerMember.objects.create(
        organizer=programme.aby, municipality=Municipality.objects.get(code="2482"), source="test"
    )


@pytest.mark.parametrize("change", [_answer, _withdraw_a_round, _rename, _take_an_area_away, _give_an_area])
def test_a_change_is_seen_by_the_next_reader(client, programme, change):
    before = client.get("/karta/")
    change(programme)
    after = client.get("/karta/", headers={"If-None-Match": before["ETag"]})

    assert after.status_code == 200
    assert after.content != before.content


def test_a_day_that_passes_ends_support(client, programme, time_machine):
    time_machine.move_to("2022-06-30T12:00Z")
    on_the_last_day = client.get("/huvudman/?status=ended").content.decode()
    time_machine.move_to("2022-07-01T12:00Z")

    assert "Ängby kommun" not in on_the_last_day
    assert "Ängby kommun" in client.get("/huvudman/?status=ended").content.decode()


def test_a_page_for_somebody_logged_in_is_hers_alone(client, programme):
    client.get("/huvudman/")
    client.force_login(Person.objects.create(email="a@example.org", name="A", joined_at=NOW, is_invented=True))
    response = client.get("/huvudman/")

    assert "ETag" not in response
    assert "private" in response["Cache-Control"]
    client.logout()
    assert "account_logout" not in client.get("/huvudman/").content.decode()


def test_nothing_can_be_sent_to_a_public_page(client, db):
    assert client.post("/huvudman/").status_code == 405


def test_the_shelf_throws_out_what_was_used_least_lately():
    shelf = Shelf(most_bytes=20)
    one, two, three = (Answer(bytes(10), {}) for _place in range(3))
    shelf.put(("one",), one)
    shelf.put(("two",), two)
    shelf.get(("one",))
    shelf.put(("three",), three)

    assert [shelf.get((key,)) for key in ("one", "two", "three")] == [one, None, three]


def test_the_shelf_never_holds_more_than_it_may():
    shelf = Shelf(most_bytes=20)
    shelf.put(("big",), Answer(bytes(21), {}))

    assert shelf.get(("big",)) is None
