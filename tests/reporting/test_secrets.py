"""Before the evaluation closes nothing public tells seed, ranking, pairs or who is compared with whom."""

import io

import pypdf
import pytest

from samspel.selection.models import DrawSeed, RankedSubject

PUBLIC = [
    "/",
    "/huvudman/",
    "/huvudman/?omgang=lottad",
    "/huvudman/?visa=bada",
    "/karta/",
    "/karta/?omgang=lottad",
    "/karta/?lan=25",
    "/urval/",
    "/urval/lottad/",
    *(f"/huvudman/lista.{kind}" for kind in ("csv", "json", "pdf")),
    *(f"/karta/karta.{kind}" for kind in ("csv", "json", "pdf")),
    *(f"/urval/lottad/omgang.{kind}" for kind in ("csv", "json", "pdf")),
]


@pytest.fixture
def read(client, drawn):
    """The text of a public address."""

    def text(address):
        response = client.get(address)
        assert response.status_code == 200
        if response["Content-Type"] == "application/pdf":
            return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages)
        return response.content.decode("utf-8-sig")

    return text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_public_address_keeps_the_secrets(read, drawn, prefix):
    seed = bytes(DrawSeed.objects.get(round=drawn).seed)
    offered = set(drawn.offers.values_list("organizer__name", flat=True))
    others = set(RankedSubject.objects.filter(round=drawn).values_list("organizer__name", flat=True)) - offered
    scores = {part for row in RankedSubject.objects.filter(round=drawn) for part in row.parts.values()}

    # Those compared, and everybody else in the frame: not so much as named.
    assert len(others) == 9
    for address in PUBLIC:
        text = read(prefix + address)
        assert (address, seed.hex() in text) == (address, False)
        assert (address, [name for name in others if name in text]) == (address, [])
        assert (address, [score for score in scores if score.lstrip("-") in text]) == (address, [])


def test_those_offered_are_named(read, drawn):
    offered = list(drawn.offers.values_list("organizer__name", flat=True))

    assert all(name in read("/urval/lottad/") for name in offered)


def test_the_order_of_the_draw_is_not_told(read, drawn):
    text = read("/urval/lottad/")
    by_name = sorted(drawn.offers.values_list("organizer__name", flat=True))

    assert sorted(by_name, key=text.index) == by_name
