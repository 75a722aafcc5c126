"""A page asks the database as often for three hundred rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.registry.models import Municipality

PAGES = [
    "/",
    "/huvudman/",
    "/huvudman/?status=everyone",
    "/karta/",
    "/karta/?lan=01",
    "/urval/",
    "/urval/stor/",
    "/huvudman/lista.csv",
    "/karta/karta.json",
    "/urval/stor/omgang.csv",
]


@pytest.fixture
def grown(client, organizer, published, offer):
    """`grown(address, count)`: statements for a page when a round offers to so many more."""
    codes = list(Municipality.objects.values_list("code", flat=True))
    round = published("stor", "Stor omgång")

    def ask(address, count):
        for place in range(count):
            offer(round, organizer(f"Kommun {place}", areas=[codes[place % 290]]), "accepted")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return ask


@pytest.mark.parametrize("address", PAGES)
def test_the_number_of_statements_is_the_same(grown, address):
    one, three, many = grown(address, 1), grown(address, 2), grown(address, 297)

    assert one == three == many
    assert one <= 14
