"""What everybody sees of a selection round."""

import json
from datetime import date

import pytest

from samspel.reporting.queries import rounds
from samspel.selection.queries.public import public_round

from .conftest import NOW

TODAY = date(2026, 11, 21)


@pytest.fixture
def page(client):
    return lambda slug: client.get(f"/urval/{slug}/").content.decode()


def test_the_rounds_are_listed_the_newest_first_and_drafts_are_not(client, programme, published):
    published("utkast", "Utkast", state="draft", published_at=None, proposed_at=None)
    text = client.get("/urval/").content.decode()

    assert text.index("Övning 1") < text.index("Omgång 2") < text.index("Omgång 1")
    assert "Utkast" not in text


def test_a_draft_and_a_round_that_does_not_exist_are_not_found(client, published):
    published("utkast", "Utkast", state="draft", published_at=None, proposed_at=None)

    assert client.get("/urval/utkast/").status_code == 404
    assert client.get("/urval/finns-inte/").status_code == 404
    assert client.get("/urval/utkast/omgang.json").status_code == 404


def test_a_drawn_round_shows_criteria_sources_frame_and_what_checks_it(page, drawn):
    text = page("lottad")

    assert "Behov" in text and "tal.csv" in text and "ab" * 32 in text
    assert "Kunde väljas" in text
    assert drawn.commitment in text and drawn.digest in text


def test_the_offered_stand_in_alphabetical_order_with_status(page, programme):
    table = page("omgang-2").split("<tbody")[1].split("</tbody>")[0]

    assert table.index("Nekande") < table.index("Skolbolaget") < table.index("Åby") < table.index("Ängby")
    assert "Tackade nej" in table and "Pågår" in table and "Erbjuden" in table


def test_an_exercise_says_that_nobody_is_offered_anything(page, programme):
    text = page("ovning-1")

    assert "Detta är en övning" in text
    assert "Ingen har erbjudits något" in text
    assert "Erbjuden" not in text


def test_a_voided_round_stands_with_its_reason(page, published):
    published(
        "upphavd", "Upphävd omgång", state="voided", published_at=None, voided_at="2026-01-01T00:00Z",
        voided_because="Fel fil hade lästs in.",
    )  # fmt: skip

    assert "Fel fil hade lästs in." in page("upphavd")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("proposed", "En annan person än den som föreslog omgången bekräftar den"),
        ("confirmed", "Siffror och regler fryses"),
        ("accepted", "Erbjudandena publiceras"),
    ],
)
def test_the_page_says_what_happens_next_and_who_does_it(page, published, state, says):
    published("pa-vag", "På väg", state=state, published_at=None)
    text = page("pa-vag").split('class="next-step"')[1].split("</section>")[0]

    assert says in text
    assert "handläggare" in text


def test_the_page_says_by_when_where_a_day_is_set(page, published):
    published("pa-vag", "På väg", state="proposed", published_at=None, publish_by=date(2027, 1, 15))

    assert '<time datetime="2027-01-15">15 januari 2027</time>' in page("pa-vag")
    assert "Ingen dag är bestämd" not in page("pa-vag")


def test_after_publication_the_organizers_answer_and_then_the_evaluation_closes(programme, published, offer):
    answered = published("besvarad", "Besvarad")
    offer(answered, programme.aby, "accepted")

    assert "har erbjudits stöd beslutar" in str(rounds.next_step(public_round("omgang-2", on=TODAY)).what)
    assert rounds.next_step(public_round("besvarad", on=TODAY)).by == answered.evaluation_closes_on
    assert rounds.next_step(public_round("besvarad", on=answered.evaluation_closes_on)).by is None


def test_the_road_shows_steps_taken_where_it_stands_and_what_is_ahead(published):
    published("pa-vag", "På väg", state="proposed", published_at=None)

    states = [step.state for step in rounds.road(public_round("pa-vag", on=TODAY))]

    assert states == ["done", "current", "ahead", "ahead", "ahead", "ahead"]


def test_the_json_file_holds_what_the_page_says(client, drawn):
    document = json.loads(client.get("/urval/lottad/omgang.json").content)

    assert document["commitment_sha256"] == drawn.commitment
    assert document["digest_sha256"] == drawn.digest
    assert document["frame"]["inside"] == 12
    (source,) = document["sources"]
    assert (source["indicator"], source["authority"], source["periods"]) == ("Behov", "Testmyndigheten", ["2024"])
    assert source["files"] == [{"title": "tal.csv", "extracted_on": str(NOW)[:10], "sha256": "ab" * 32}]
    assert [row["status"] for row in document["rows"]] == ["Erbjuden"] * 3
    assert set(document["milestones"]) == {"proposed", "confirmed", "frozen", "drawn", "accepted", "published"}
