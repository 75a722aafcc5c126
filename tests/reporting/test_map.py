"""The map's page: marks, legend and the same as a table."""

import re

import pytest

from samspel.reporting.rules.areas import areas

from .test_list import rows_on

LINK = re.compile(r'<a class="(map-mark[^"]*)" href="([^"]+)" fill="([^"]+)"><title>([^<]+)</title>(.*?)</a>', re.S)


@pytest.fixture
def mapped(client, programme):
    """`mapped("?lan=12")`: the links of the map by name: (class, address, fill, shapes)."""

    def links(query=""):
        page = client.get(f"/karta/{query}").content.decode()
        return {name: (kind, href, fill, shapes) for kind, href, fill, name, shapes in LINK.findall(page)}

    return links


def test_every_organizer_with_support_is_a_link_with_its_rounds_and_status(mapped):
    assert sorted(mapped()) == [
        "Skolbolaget i Skåne. Omgång 2: Pågår",
        "Zinkby kommun. Omgång 2: Pågår",
        "Ängby kommun. Omgång 2: Erbjuden; Omgång 1: Avslutat",
        "Åby kommun. Omgång 2: Erbjuden",
        "Ölunda utbildningsförbund. Omgång 1: Pågår",
    ]


def test_an_area_leads_to_its_organizers_page(mapped, programme):
    _kind, href, _fill, _shapes = mapped()["Åby kommun. Omgång 2: Erbjuden"]

    assert href == f"/huvudman/{programme.aby.organization_number}/"


def test_a_federation_marks_its_members_areas(mapped):
    shapes = mapped()["Ölunda utbildningsförbund. Omgång 1: Pågår"][3]

    assert areas().municipalities["2085"].d in shapes
    assert areas().municipalities["2061"].d in shapes


def test_an_organizer_without_an_area_is_a_mark_in_its_county(mapped):
    shapes = mapped()["Skolbolaget i Skåne. Omgång 2: Pågår"][3]
    x, y = map(int, re.search(r'd="M(\d+) (\d+)l', shapes).groups())
    west, north, east, south = areas().counties["12"].bounds

    assert west < x < east and north < y < south


def test_rounds_have_fills_of_their_own_and_the_latest_counts(mapped):
    fills = {name.split(".")[0]: fill for name, (_kind, _href, fill, _shapes) in mapped().items()}

    assert fills["Ängby kommun"] == fills["Zinkby kommun"] == fills["Skolbolaget i Skåne"]
    assert fills["Ölunda utbildningsförbund"] != fills["Zinkby kommun"]


def test_a_round_keeps_its_fill_on_every_map(mapped):
    name = "Åby kommun. Omgång 2: Erbjuden"

    assert mapped("?omgang=omgang-2")[name][2] == mapped()[name][2]


def test_an_area_that_several_serve_is_one_link_with_all_their_names(mapped, programme, organizer, offer):
    offer(programme.first, organizer("Annat förbund", areas=["2480"], county="24"), "accepted")
    _kind, href, _fill, _shapes = mapped()["Annat förbund. Omgång 1: Pågår Åby kommun. Omgång 2: Erbjuden"]

    assert href.startswith("#huvudman-")


def test_the_table_has_the_same_organizers_as_the_map(client, mapped):
    rows = rows_on(client.get("/karta/"))

    assert sorted(row[0].removesuffix(" Påhittad") for row in rows) == sorted(name.split(".")[0] for name in mapped())
    assert [row[1] for row in rows] == [
        "inget eget område, Skåne län",
        "Malmö",
        "Umeå",
        "Upplands Väsby",
        "Smedjebacken, Ludvika",
    ]


def test_an_exercise_is_shown_when_it_is_asked_for_and_named_so(mapped):
    kind, _href, _fill, _shapes = mapped("?visa=ovningar")["Övade kommun. Övning 1: Övning"]

    assert kind == "map-mark map-mark--exercise"
    assert not any("Övning" in name for name in mapped())


def test_the_legend_names_each_round_shown_with_its_number_and_no_other(client, programme):
    legend = client.get("/karta/?omgang=omgang-2").content.decode().split('class="legend"')[1].split("</ul>")[0]

    assert re.findall(r'<a href="/urval/[^"]+">([^<]+)</a>', legend) == ["Omgång 2"]
    assert "4 huvudmän" in legend


def test_the_legend_and_the_areas_have_the_same_pattern(client, programme):
    page = client.get("/karta/?omgang=omgang-2").content.decode()
    in_legend = set(re.findall(r'fill="url\(#swatch-([^)]+)\)"', page))

    assert set(re.findall(r'fill="url\(#(round-[^)]+)\)"', page)) == in_legend
    assert len(in_legend) == 1


def test_a_county_is_enlarged(client, mapped):
    page = client.get("/karta/?lan=12").content.decode()

    assert sorted(mapped("?lan=12")) == ["Skolbolaget i Skåne. Omgång 2: Pågår", "Zinkby kommun. Omgång 2: Pågår"]
    assert f'viewBox="0 0 {areas().width}' not in page
    assert ">Malmö</text>" in page


def test_many_without_an_area_in_a_county_are_one_mark_until_it_is_enlarged(mapped, programme, organizer, offer):
    for place in range(8):
        offer(programme.second, organizer(f"Skolor {place} AB", county="12", type="private"), "accepted")

    kind, href, _fill, shapes = mapped()["Skåne län: 9 huvudmän utan eget område. Förstora länet."]
    assert (kind, href) == ("map-mark map-mark--crowd", "/karta/?lan=12")
    assert ">9</text>" in shapes
    assert sum("Skolor" in name for name in mapped("?lan=12")) == 8


def test_a_map_of_nothing_says_so(client, db):
    page = client.get("/karta/").content.decode()

    assert LINK.findall(page) == []
    assert "ingen huvudman stämmer med filtret" in page
