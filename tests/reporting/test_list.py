"""The list of organizers A–Ö."""

import re

import pytest

HEADERS = re.compile(r'<th role="rowheader" scope="row">.*?<a? ?[^>]*>([^<]+)<', re.S)


def names_on(response):
    """The organizers of a page's table, in its order."""
    cells = re.findall(r'<th role="rowheader" scope="row">(.*?)</th>', response.content.decode(), re.S)
    return [re.sub(r"<[^>]+>", " ", cell).replace("Påhittad", "").strip() for cell in cells]


@pytest.fixture
def listed(client, programme):
    """`listed("?omgang=…")`: the names the list shows."""
    return lambda query="": names_on(client.get(f"/huvudman/{query}"))


def test_the_list_stands_in_swedish_order(listed):
    assert listed() == [
        "Skolbolaget i Skåne",
        "Zinkby kommun",
        "Åby kommun",
        "Ängby kommun",
        "Ölunda utbildningsförbund",
    ]
