"""The list of organizers A–Ö."""

import re

import pytest

EVERYBODY = ["Skolbolaget i Skåne", "Zinkby kommun", "Åby kommun", "Ängby kommun", "Ölunda utbildningsförbund"]


def rows_on(response):
    """Cells of the page's table, row by row, without markup."""
    body = response.content.decode().split("<tbody", 1)[-1].split("</tbody>")[0]
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in rows
    ]


@pytest.fixture
def listed(client, programme):
    """`listed("?omgang=…")`: the names the list shows."""

    def names(query=""):
        return [row[0].removesuffix(" Påhittad") for row in rows_on(client.get(f"/huvudman/{query}"))]

    return names


def test_the_list_stands_in_swedish_order(listed):
    assert listed() == EVERYBODY


def test_who_declined_and_who_was_in_an_exercise_alone_are_not_in_it(listed):
    assert {"Nekande kommun", "Övade kommun"} & set(listed()) == set()


def test_a_row_tells_type_county_rounds_and_status_the_latest_first(client, programme):
    rows = {row[0]: row[1:] for row in rows_on(client.get("/huvudman/"))}

    assert rows["Ängby kommun Påhittad"] == ["Kommun", "Stockholms län", "Omgång 2 Erbjuden Omgång 1 Avslutat"]
    assert rows["Ölunda utbildningsförbund Påhittad"] == ["Kommunalförbund", "Dalarnas län", "Omgång 1 Pågår"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?status=current", ["Skolbolaget i Skåne", "Zinkby kommun", "Ölunda utbildningsförbund"]),
        ("?status=ended", ["Ängby kommun"]),
        ("?status=offered", ["Åby kommun", "Ängby kommun"]),
        ("?omgang=omgang-1", ["Ängby kommun", "Ölunda utbildningsförbund"]),
        ("?omgang=omgang-1&status=current", ["Ölunda utbildningsförbund"]),
        ("?program=riktade-insatser", EVERYBODY),
        ("?program=samordnarinsatsen", []),
        ("?typ=private", ["Skolbolaget i Skåne"]),
        ("?lan=12", ["Skolbolaget i Skåne", "Zinkby kommun"]),
        ("?q=olunda", ["Ölunda utbildningsförbund"]),
        ("?q=kommun+angby", ["Ängby kommun"]),
        ("?q=299980-0010", ["Ängby kommun"]),
        ("?bokstav=%C3%84", ["Ängby kommun"]),
        ("?bokstav=0%E2%80%939", []),
        ("?visa=ovningar", ["Zinkby kommun", "Övade kommun"]),
        ("?omgang=ovning-1", ["Zinkby kommun", "Övade kommun"]),
        ("?visa=ovningar&status=current", []),
    ],
)
def test_a_filter_narrows_the_list(listed, query, names):
    assert listed(query) == names


def test_a_county_has_those_whose_members_lie_in_it_too(listed, programme, organizer, offer):
    offer(programme.first, organizer("Gränsförbundet", areas=["0114", "0305"], county="03"), "accepted")

    assert listed("?lan=01") == ["Gränsförbundet", "Ängby kommun"]
    assert listed("?lan=03") == ["Gränsförbundet"]


def test_everybody_in_the_register_can_be_listed(listed):
    assert listed("?status=everyone&q=habo+kommun") == ["Habo kommun", "Håbo kommun"]
    assert "Habo kommun" not in listed()


def test_an_exercise_is_labelled_and_has_no_other_status(client, programme):
    rows = {row[0]: row[-1] for row in rows_on(client.get("/huvudman/?visa=bada"))}

    assert rows["Zinkby kommun Påhittad"] == "Övning 1 Övning Omgång 2 Pågår"


def test_a_value_that_is_no_choice_is_said_to_be_wrong_and_left_out(client, programme):
    response = client.get("/huvudman/?lan=99&status=%00")

    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert len(rows_on(response)) == len(EVERYBODY)


def test_letters_with_nobody_under_them_are_no_links(client, programme):
    page = client.get("/huvudman/").content.decode()
    letters = page.split('class="letters"')[1].split("</nav>")[0]

    assert re.findall(r"<a [^>]+>(.)</a>", letters) == ["S", "Z", "Å", "Ä", "Ö"]
    assert "<span>B</span>" in letters


def test_the_letter_shown_says_so(client, programme):
    assert '<a href="?bokstav=%C3%85" aria-current="true">Å</a>' in client.get("/huvudman/?bokstav=Å").content.decode()


def test_a_long_list_is_turned_page_by_page(client, programme, organizer, offer):
    for place in range(60):
        offer(programme.first, organizer(f"Bynamn {place:02d}"), "accepted")

    assert len(rows_on(client.get("/huvudman/"))) == 50
    assert rows_on(client.get("/huvudman/?page=2"))[-1][0] == "Ölunda utbildningsförbund Påhittad"


def test_an_unpublished_or_voided_round_gives_nobody(listed, organizer, published, offer):
    unpublished = published("tyst", "Tyst", published_at=None)
    voided = published("upphavd", "Upphävd", state="voided", voided_at="2026-01-01T00:00Z", voided_because="fel fil")
    offer(unpublished, organizer("Bortom kommun"), "accepted")
    offer(voided, organizer("Borta kommun"), "accepted")

    assert listed() == EVERYBODY
    assert listed("?omgang=tyst") == EVERYBODY


def test_the_list_is_whole_in_english(client, programme):
    page = client.get("/en/huvudman/").content.decode()

    assert "Organizers A–Ö</h1>" in page
    assert ">Current</span>" in page
