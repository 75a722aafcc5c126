"""The front page and the duties' pages."""

import re

import pytest

PAGES = ["/", "/huvudman/", "/karta/", "/urval/", "/tillganglighet/", "/personuppgifter/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_stands_in_both_languages_for_everybody(client, programme, prefix, address):
    response = client.get(prefix + address)

    assert response.status_code == 200
    assert f'<html lang="{prefix.strip("/") or "sv"}">' in response.content.decode()


def test_the_numbers_count_organizers_by_status_and_no_exercise(client, programme):
    page = client.get("/").content.decode()
    numbers = re.findall(r'<a href="/huvudman/\?status=(\w+)">(\d+)</a>', page)

    assert numbers == [("current", "3"), ("ended", "1"), ("offered", "2")]


def test_a_number_leads_to_as_many_organizers(client, programme):
    page = client.get("/").content.decode()
    for status, number in re.findall(r'<a href="/huvudman/\?status=(\w+)">(\d+)</a>', page):
        listed = client.get(f"/huvudman/?status={status}").content.decode()
        assert listed.count('<th role="rowheader"') == int(number)


def test_exercises_stand_apart_from_rounds(client, programme):
    rounds, exercises = client.get("/").content.decode().split('id="exercises"')

    assert "Övning 1" in exercises and "Övning 1" not in rounds
    assert "Omgång 2" in rounds and "Omgång 2" not in exercises


def test_an_empty_home_says_so(client, db):
    assert "Ingen urvalsomgång har föreslagits än." in client.get("/").content.decode()


def test_the_menu_leads_to_list_map_and_selection(client, db):
    menu = client.get("/").content.decode().split('class="site-nav"')[1].split("</nav>")[0]

    assert [address in menu for address in ('"/huvudman/"', '"/karta/"', '"/urval/"')] == [True] * 3


def test_the_accessibility_statement_has_what_the_law_asks_for(client, db):
    page = client.get("/tillganglighet/").content.decode()

    assert "delvis förenlig" in page
    assert "https://www.digg.se/tdosanmalan" in page
    assert "mailto:" in page
    assert "12 §" in page and "9 §" in page
    assert 'href="/tillganglighet/"' in client.get("/").content.decode()
