"""What everybody may know of a round, state by state."""

import dataclasses
from datetime import date

import pytest

from samspel.registry.models import ImportedFile, IndicatorValue
from samspel.selection.models import DrawSeed
from samspel.selection.queries import public

TODAY = date(2026, 11, 21)


def test_a_draft_is_not_public(draft):
    assert public.public_round(draft.slug, on=TODAY) is None
    with pytest.raises(ValueError, match="draft"):
        public.public_view(draft, on=TODAY)


def test_the_commitment_is_public_from_the_proposal(proposed):
    seen = public.public_round(proposed.slug, on=TODAY)

    assert seen.commitment == proposed.commitment
    assert [step.state for step in seen.milestones] == ["proposed"]
    assert seen.frame is None
    assert seen.digest == ""


def test_digest_frame_and_sources_are_public_from_the_freeze(frozen, source_file):
    seen = public.public_round(frozen.slug, on=TODAY)

    assert seen.digest == frozen.digest
    assert (seen.frame.considered, seen.frame.inside, seen.frame.left_out) == (12, 12, {})
    assert [source.indicator for source in seen.sources] == ["poverty", "new_pupils"]
    assert [source.files[0].extracted_on for source in seen.sources] == [source_file.extracted_on] * 2


def test_who_was_offered_is_public_only_after_the_publication(accepted, people):
    assert public.public_round(accepted.slug, on=TODAY).offers == ()


def test_the_offered_stand_in_alphabetical_order_so_that_the_order_of_the_draw_stays_unsaid(published):
    seen = public.public_round(published.slug, on=TODAY)

    names = [offer.organizer.sort_key for offer in seen.offers]
    assert names == sorted(names)
    assert len(names) == 3


def test_nothing_public_holds_the_seed_or_who_was_compared(published):
    seen = repr(dataclasses.asdict(public.public_round(published.slug, on=TODAY)))
    seed = bytes(DrawSeed.objects.get(round=published).seed)

    assert seed.hex() not in seen
    assert repr(seed) not in seen
    for pair in published.pairs.select_related("compared"):
        assert pair.compared.name not in seen
        assert pair.compared.organization_number not in seen


def test_the_public_view_costs_the_same_whatever_the_number_offered(published, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        public.public_round(published.slug, on=TODAY)


def test_what_the_rows_of_a_plain_table_name_as_source_is_told_whole(frozen, source_file):
    ImportedFile.objects.filter(pk=source_file.pk).update(kind="plain_table")
    values = IndicatorValue.objects.filter(definition__indicator_id="poverty")
    values.update(note="SCB; hämtad 2026-02-09")
    values.filter(row=1).update(mark="approximate", note="cirka 1; SCB; hämtad 2026-02-09")

    poverty, _new_pupils = public.public_round(frozen.slug, on=TODAY).sources

    assert poverty.stated == ("SCB; hämtad 2026-02-09",)
