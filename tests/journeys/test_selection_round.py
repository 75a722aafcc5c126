"""Two people take a round over the 290 municipalities from official files to a published list."""

from __future__ import annotations

import csv
import io
import json

import pytest

from samspel.registry.models import Municipality, Organizer, OrganizerType
from samspel.selection.models import Round

pytestmark = [pytest.mark.browser, pytest.mark.official_files]

PAIRS = 20
FILES = [
    "kolada/datapoints_by--geo--year/ddf--datapoints--n15902--by--geo--year.csv",
    "kolada/datapoints_by--geo--year/ddf--datapoints--n66077--by--geo--year.csv",
    "skolverket_export/Grundskola - Antal elever per årskurs 2024 Kommun.csv",
]


def _import(page, official_files, axe):
    page.goto("/en/arbete/importer/")
    page.locator("input[type=file]").set_input_files([official_files / name for name in FILES])
    page.get_by_role("button", name="Look at the files").click()
    page.get_by_role("button", name="Import", exact=True).wait_for()
    axe(page)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_text("Withdraw the import", exact=True).wait_for()


def _make(page, axe):
    page.goto("/en/arbete/urval/ny/")
    axe(page)
    page.get_by_label("Title").fill("Riktade insatser 2027")
    page.get_by_label("Address").fill("ri-2027")
    page.get_by_label("Edition").select_option(
        label=page.locator("select option", has_text="Targeted").first.inner_text()
    )
    page.get_by_label("The evaluation closes").fill("2034-06-30")
    page.get_by_role("button", name="Make the round").click()
    page.goto("/en/arbete/urval/ri-2027/regler/")
    page.get_by_label("Pairs (N)").fill(str(PAIRS))
    page.get_by_label("Further pairs").fill("5")
    # Three suppressed figures must not stop the round: the officer says what to do with them.
    for choice in page.get_by_label("If a figure is missing").all():
        choice.select_option(label="The median of all is put in")
    axe(page)
    page.get_by_role("button", name="Save the rules").click()
    page.get_by_role("link", name="See the provisional ranking").wait_for()


def _take(page, step, axe):
    """The next step: by its button on the round's page, and once more on the page that says what it means."""
    page.goto("/en/arbete/urval/ri-2027/")
    page.get_by_role("link", name=step).first.click()
    axe(page)
    page.get_by_role("button", name=step).click()
    page.get_by_role("heading", name="The road", exact=True).wait_for()


def test_two_people_take_a_round_from_import_to_published_list(
    log_in, officer_and_decider, new_page, official_files, axe, client
):
    officer, decider = officer_and_decider
    hers, his = log_in(officer), log_in(decider)

    _import(hers, official_files, axe)
    _make(hers, axe)
    _take(hers, "Propose the round", axe)
    assert hers.get_by_role("link", name="Confirm the round").count() == 0, "nobody confirms her own proposal"
    promised = Round.objects.get(slug="ri-2027").commitment
    assert len(promised) == 64
    _take(his, "Confirm the round", axe)
    _take(hers, "Freeze the round", axe)
    _take(hers, "Run the selection", axe)
    _take(his, "Accept the result", axe)
    _take(hers, "Publish the offers", axe)

    round = Round.objects.get(slug="ri-2027")
    assert round.commitment == promised
    hers.goto("/en/arbete/urval/ri-2027/kontroll/")
    hers.get_by_text("Everything holds").wait_for()
    hers.goto("/en/arbete/urval/ri-2027/rangordning/")
    axe(hers)
    hers.locator("table tbody a").first.click()
    hers.get_by_role("heading", name="Why this rank").wait_for()
    axe(hers)

    _the_public_sees(new_page(), client, round, axe)


def _the_public_sees(page, client, round, axe):
    offered = {offer.organizer.name for offer in round.offers.select_related("organizer")}
    assert len(offered) == round.pairs.filter(is_further=False).count() > 0
    for address in ("/huvudman/?omgang=ri-2027", "/karta/", "/urval/ri-2027/", "/en/karta/", "/en/urval/ri-2027/"):
        page.goto(address)
        axe(page)
    page.goto("/urval/ri-2027/")
    assert all(page.get_by_role("link", name=name, exact=True).count() for name in offered)
    rows = json.loads(client.get("/urval/ri-2027/omgang.json").content)
    text = json.dumps(rows, ensure_ascii=False)
    compared = set(round.pairs.values_list("compared__name", flat=True))
    assert offered and all(name in text for name in offered)
    assert not any(name in text for name in compared), "the comparison group stays secret"
    table = client.get("/huvudman/lista.csv").content.decode("utf-8-sig")
    assert sum(row[1] in offered for row in csv.reader(io.StringIO(table), delimiter=";") if len(row) > 1) == len(
        offered
    )


def test_there_are_290_municipalities_to_choose_among(db):
    assert Municipality.objects.count() == 290
    assert Organizer.objects.filter(type=OrganizerType.MUNICIPALITY).count() == 290
