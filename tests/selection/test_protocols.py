"""The two protocols: what each holds, what the public one must not hold, and that both are tagged."""

import io
import re

import pytest
from pypdf import PdfReader

from samspel.selection.models import DrawSeed, Round
from samspel.selection.operations import deciding, drafting
from samspel.selection.queries import protocols

from .conftest import NOW, bring, make_draft


def text_of(content):
    """The text of a PDF without any white space: lines break anywhere."""
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in pages))


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.fixture
def with_exclusion(draft, people, organizers):
    drafting.exclude(
        round=draft, organizer=organizers[0], kind="reorganized", reason="Vill vänta ett år", by=people.officer, at=NOW
    )
    return bring(draft, people, "published")


def test_the_full_protocol_holds_all_of_it(with_exclusion, people):
    text = text_of(protocols.full_pdf(with_exclusion, "sv", NOW))
    seed = bytes(DrawSeed.objects.get(round=with_exclusion).seed)

    assert squeezed("Vill vänta ett år") in text
    assert seed.hex() in text
    assert with_exclusion.digest in text
    assert with_exclusion.result_digest in text
    assert with_exclusion.commitment in text
    for row in with_exclusion.ranking.select_related("organizer"):
        assert squeezed(row.organizer.name) in text
    for person in (people.officer, people.second, people.decider):
        assert squeezed(person.name) in text


@pytest.mark.parametrize("make", [protocols.full_pdf, protocols.public_pdf])
def test_a_demonstration_says_so_in_the_protocols_of_its_exercises_too(people, edition, organizers, settings, make):
    exercise = bring(make_draft(people, edition, is_exercise=True), people, "drawn")
    Round.objects.filter(pk=exercise.pk).update(is_invented=False)
    exercise.refresh_from_db()
    said = squeezed("Demonstration: verksamheten som visas här är påhittad.")

    assert said not in text_of(make(exercise, "sv", NOW))
    settings.SAMSPEL_IS_DEMO = True
    assert said in text_of(make(exercise, "sv", NOW))


def test_the_public_protocol_holds_counts_and_the_offered_and_no_more(with_exclusion, people, organizers):
    text = text_of(protocols.public_pdf(with_exclusion, "sv", NOW))
    seed = bytes(DrawSeed.objects.get(round=with_exclusion).seed)

    assert with_exclusion.digest in text
    assert with_exclusion.commitment in text
    for offer in with_exclusion.offers.select_related("organizer"):
        assert squeezed(offer.organizer.name) in text
    assert seed.hex() not in text
    assert squeezed("Vill vänta ett år") not in text
    offered = set(with_exclusion.offers.values_list("organizer_id", flat=True))
    for organizer in organizers:
        if organizer.pk not in offered:
            assert squeezed(organizer.name) not in text
    for person in (people.officer, people.second, people.decider):
        assert squeezed(person.name) not in text


def test_the_public_protocol_before_publication_names_nobody(accepted, organizers):
    text = text_of(protocols.public_pdf(accepted, "en", NOW))

    assert [organizer.name for organizer in organizers if squeezed(organizer.name) in text] == []


def test_a_frozen_round_has_no_seed_in_its_full_protocol_yet(frozen):
    seed = bytes(DrawSeed.objects.get(round=frozen).seed)

    assert seed.hex() not in text_of(protocols.full_pdf(frozen, "sv", NOW))


def test_a_voided_round_says_so_and_why(frozen, people):
    deciding.void(round=frozen, reason="Fel siffror i underlaget", by=people.decider, at=NOW)
    frozen.refresh_from_db()

    assert squeezed("Fel siffror i underlaget") in text_of(protocols.public_pdf(frozen, "sv", NOW))


def test_an_exercise_says_so_on_every_page(people, edition, organizers):
    round = bring(make_draft(people, edition, slug="ovning", is_exercise=True), people, "published")

    for page in PdfReader(io.BytesIO(protocols.public_pdf(round, "en", NOW))).pages:
        assert "EXERCISE" in page.extract_text()


@pytest.mark.parametrize("make", [protocols.full_pdf, protocols.public_pdf])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_both_are_tagged_and_name_their_language(drawn, make, language):
    root = PdfReader(io.BytesIO(make(drawn, language, NOW))).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language


def test_a_round_of_greatest_need_lists_its_reserves(people, edition, organizers):
    from .conftest import GREATEST_NEED, rules_document

    round = make_draft(people, edition, slug="need", rules=rules_document(choice=GREATEST_NEED))
    text = text_of(protocols.full_pdf(bring(round, people, "drawn"), "en", NOW))

    assert squeezed("Reserve list") in text
