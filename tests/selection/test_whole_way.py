"""A round from draft to publication, and the traces it leaves."""

import hashlib
import json

from samspel.kernel.audit.models import AuditEntry
from samspel.selection.models import DrawSeed, RankedSubject
from samspel.selection.rules import snapshot, verification

from .conftest import bring


def actions_about(round):
    entries = AuditEntry.objects.filter(subject_type="selection.round", subject_key=str(round.pk))
    return list(entries.order_by("id").values_list("action", flat=True))


def test_a_pair_round_goes_from_draft_to_publication_and_leaves_a_trace_of_every_step(draft, people):
    bring(draft, people, "published")

    assert draft.state == "accepted"
    assert draft.published_by == people.officer
    assert actions_about(draft) == [
        "selection.round.made",
        "selection.round.proposed",
        "selection.round.confirmed",
        "selection.round.frozen",
        "selection.round.drawn",
        "selection.round.accepted",
        "selection.round.published",
    ]


def test_everybody_in_the_frame_is_ranked_by_need_with_parts_that_sum_to_the_score(frozen, organizers):
    ranking = list(RankedSubject.objects.filter(round=frozen).select_related("organizer"))

    assert [row.rank for row in ranking] == list(range(1, 13))
    assert [row.score_nano for row in ranking] == sorted((row.score_nano for row in ranking), reverse=True)
    for row in ranking:
        assert sum(int(part.replace(".", "")) for part in row.parts.values()) == row.score_nano


def test_one_of_each_pair_is_offered_in_the_order_of_the_draw(accepted):
    offered = list(accepted.offers.values_list("organizer_id", flat=True))
    drawn = accepted.pairs.filter(is_further=False).order_by("order")

    assert offered == [pair.drawn_id for pair in drawn]
    assert len(offered) == 3
    assert accepted.pairs.filter(is_further=True).count() == 2


def test_the_smaller_digest_of_seed_and_number_is_drawn(drawn):
    seed = bytes(DrawSeed.objects.get(round=drawn).seed)

    def lot(organizer):
        return hashlib.sha256(seed + organizer.organization_number.encode()).hexdigest()

    for pair in drawn.pairs.all():
        assert lot(pair.drawn) < lot(pair.compared)


def test_the_seed_is_long_and_its_digest_was_promised(drawn):
    seed = bytes(DrawSeed.objects.get(round=drawn).seed)

    assert len(seed) * 8 >= 128
    assert drawn.commitment == hashlib.sha256(seed).hexdigest()


def test_what_was_frozen_and_drawn_recomputes_digit_for_digit_after_the_database(drawn):
    document = json.loads(bytes(drawn.snapshot))
    seed = bytes(DrawSeed.objects.get(round=drawn).seed)

    assert snapshot.from_document(document).digest() == drawn.digest
    assert verification.verify(document, seed, json.loads(bytes(drawn.result)), drawn.digest) == []
    assert hashlib.sha256(bytes(drawn.result)).hexdigest() == drawn.result_digest


def test_the_edition_is_frozen_at_its_first_use(draft, proposed, edition):
    edition.refresh_from_db()

    assert edition.frozen_at == proposed.proposed_at
