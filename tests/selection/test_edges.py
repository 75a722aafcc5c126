"""What happens at the edges: two at once, figures that go between two steps, rows of several slices."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from samspel.registry.models import IndicatorValue
from samspel.selection.models import Round, RoundState
from samspel.selection.operations import proposing
from samspel.selection.operations.refusals import StepNotOpen
from samspel.selection.queries.trials import gather
from tests.selection.conftest import GREATEST_NEED, NOW, bring, criterion, make_draft, rules_document


@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_a_round_of_one_address_one_is_refused_in_words(people, edition, organizers):
    together, answers = threading.Barrier(2), []

    def make() -> None:
        together.wait()
        try:
            answers.append(make_draft(people, edition, slug="ri-same").slug)
        except StepNotOpen as refusal:
            answers.append([problem.code for problem in refusal.problems])
        finally:
            connection.close()

    threads = [threading.Thread(target=make) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, answers)) == ["['slug_is_taken']", "ri-same"]
    assert Round.objects.filter(slug="ri-same").count() == 1


def test_nobody_confirms_a_round_whose_figures_have_gone_since_it_was_proposed(people, draft):
    round = bring(draft, people, "proposed")
    IndicatorValue.objects.filter(definition__indicator_id="poverty").delete()

    with pytest.raises(StepNotOpen) as refusal:
        proposing.confirm(round=round, by=people.second, at=NOW)

    assert refusal.value.problems
    round.refresh_from_db()
    assert round.state == RoundState.PROPOSED


@pytest.mark.parametrize("first", ["all", "municipal"])
def test_an_organizers_own_row_of_the_slice_asked_for_goes_before_its_others(people, edition, organizers, give, first):
    number = organizers[0].organization_number
    values = {"all": 10, "municipal": 20}
    for slice_ in (first, next(name for name in values if name != first)):
        give("share", "organizer", number, "2024", values[slice_], slice=slice_)
    rules = rules_document(choice=GREATEST_NEED, criteria=[criterion("share", slice="municipal", missing="median")])

    gathered = gather(make_draft(people, edition, slug="ri-slices", rules=rules), NOW)

    found = next(one for one in gathered.subjects if one.organization_number == number)
    assert found.values["share"].value == 20
