"""From the registry to the subjects of a round: whose row, which slice, which year, and a federation by its rule."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.registry.models import Organizer
from samspel.selection.operations import deciding, offering
from samspel.selection.queries.figures import subjects_of
from samspel.selection.rules.settings import from_document

from .conftest import NOW, bring, criterion, make_draft, rules_document

TODAY = NOW.date()
TYPES = ["municipality", "municipal_federation"]


def rules_of(*criteria, federations="own_row_only", **frame):
    document = rules_document(criteria=list(criteria) or [criterion("poverty")], **frame)
    return from_document(
        {**document, "federations": federations, "frame": {**document["frame"], "organizer_types": TYPES}}
    )


def subjects(rules, **options):
    given = {"types": TYPES, "is_invented": False, "on": TODAY, **options}
    return {subject.organization_number: subject for subject in subjects_of(rules, **given)}


def municipal(code):
    """The organizer of a municipality."""
    return Organizer.objects.get(type="municipality", municipality_id=code)


@pytest.fixture
def federation(db):
    """A real federation of several municipalities, as shipped."""
    return Organizer.objects.get(organization_number="2220000802")


def members_of(organizer):
    return sorted(organizer.memberships.values_list("municipality_id", flat=True))


def test_all_290_municipal_organizers_are_considered_and_no_invented_one(db):
    found = subjects(rules_of())

    assert sum(subject.organizer_type == "municipality" for subject in found.values()) == 290


def test_a_municipal_organizers_value_is_its_municipalitys_row_of_the_slice_asked_for(give):
    give("poverty", "municipality", "2080", "2024", 11, slice="municipal", row=1)
    give("poverty", "municipality", "2080", "2024", 99, slice="all", row=2)
    give("poverty", "municipality", "2080", "2024", 77, slice="private", row=3)

    seen = subjects(rules_of(criterion("poverty", slice="municipal")))[municipal("2080").organization_number]

    observation = seen.observation("poverty")
    assert observation.value == Decimal("11")
    assert [source.row for source in observation.sources] == [1]


def test_a_suppressed_value_is_none_with_its_mark_and_never_zero(give):
    give("poverty", "municipality", "2080", "2024", None, mark="suppressed")
    give("poverty", "municipality", "1880", "2024", 5)

    observation = subjects(rules_of())[municipal("2080").organization_number].observation("poverty")

    assert (observation.value, observation.mark) == (None, "suppressed")


def test_the_year_is_one_for_the_whole_round(give):
    give("poverty", "municipality", "2080", "2023", 1)
    give("poverty", "municipality", "1880", "2024", 5)

    found = subjects(rules_of())

    assert found[municipal("1880").organization_number].observation("poverty").value == 5
    assert found[municipal("2080").organization_number].observation("poverty").value is None


def test_a_stand_in_stands_in_for_all_when_nobody_has_the_indicator(give):
    give("foreign_background", "municipality", "2080", "2024", 20)

    wanted = rules_of(criterion("mother_tongue_other", stand_in="foreign_background"))
    observation = subjects(wanted)[municipal("2080").organization_number].observation("mother_tongue_other")

    assert (observation.value, observation.indicator, observation.stand_in) == (20, "foreign_background", True)


def test_a_superseded_value_is_not_read(give, source_file):
    old = give("poverty", "municipality", "2080", "2024", 1)
    type(old).objects.filter(pk=old.pk).update(superseded_by=source_file.batch)

    assert subjects(rules_of())[municipal("2080").organization_number].observation("poverty").value is None


def test_a_federation_has_only_its_own_row_by_the_first_rule(give, federation):
    for code in members_of(federation):
        give("poverty", "municipality", code, "2024", 10)
    assert subjects(rules_of())[federation.organization_number].observation("poverty").value is None

    give("poverty", "organizer", federation.organization_number, "2024", 33)
    assert subjects(rules_of())[federation.organization_number].observation("poverty").value == 33


def test_a_federation_has_its_members_mean_weighed_by_population_by_the_second(give, federation):
    sizes = dict(federation.members.values_list("code", "population"))
    for place, code in enumerate(members_of(federation), start=1):
        give("poverty", "municipality", code, "2024", 10 * place)

    wanted = rules_of(federations="population_weighted_mean_of_members")
    observation = subjects(wanted)[federation.organization_number].observation("poverty")

    weighed = sum(10 * place * sizes[code] for place, code in enumerate(members_of(federation), start=1))
    assert observation.mark == "computed"
    assert abs(observation.value - Decimal(weighed) / sum(sizes.values())) < Decimal("0.000000001")
    assert len(observation.sources) == len(sizes) > 1


def test_whoever_is_in_an_earlier_round_says_so_until_the_support_is_over(people, edition, organizers):
    round = bring(make_draft(people, edition), people, "accepted")
    offer = round.offers.first()
    number = offer.organizer.organization_number

    def entered(on=TODAY):
        return subjects(rules_of(), is_invented=True, on=on)[number].already_in

    assert entered() == ("ri-test", "riktade-insatser")
    deciding.publish(round=round, by=people.officer, at=NOW)
    given = {"by": people.officer, "at": NOW}
    offering.record_response(offer=offer, response="accepted", responded_on=TODAY, **given)
    last = TODAY + timedelta(days=30)
    offering.end_support(offer=offer, ended_on=last, **given)
    assert entered(last) == ("ri-test", "riktade-insatser")
    assert entered(last + timedelta(days=1)) == ("ri-test",)


def test_an_exercise_enters_nobody_anywhere(people, edition, organizers):
    bring(make_draft(people, edition, is_exercise=True), people, "published")

    assert {subject.already_in for subject in subjects(rules_of(), is_invented=True).values()} == {()}


def test_the_number_of_queries_does_not_grow_with_organizers_or_criteria(give, organizers):
    with CaptureQueriesContext(
        connection,
    ) as few:
        subjects(rules_of(), is_invented=True)
    with CaptureQueriesContext(connection) as many:
        found = subjects(rules_of(criterion("poverty"), criterion("new_pupils")))

    assert len(found) > 290
    assert len(many) == len(few)
