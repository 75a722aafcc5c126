"""Each operation: it does what it says and leaves a trace; it is refused with every reason and changes nothing."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from samspel.kernel.audit import SYSTEM
from samspel.kernel.audit.models import AuditEntry
from samspel.registry.models import IndicatorValue
from samspel.registry.operations.imports import carrying
from samspel.selection.models import DrawnPair, DrawSeed, Exclusion, Offer, RankedSubject, Round
from samspel.selection.operations import deciding, drafting, drawing, freezing, offering, proposing
from samspel.selection.operations.refusals import StepNotOpen
from samspel.selection.queries import results

from .conftest import CLOSES, GREATEST_NEED, NOW, bring, criterion, make_draft, make_organizer, rules_document

DAY = NOW.date()


def entries():
    return AuditEntry.objects.count()


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def stored(round):
    """All of a round's row, to see that nothing changed."""
    return Round.objects.filter(pk=round.pk).values().get()


STEPS = {
    "propose": ("draft", lambda round, by: proposing.propose(round=round, by=by, at=NOW)),
    "return": ("proposed", lambda round, by: proposing.return_to_draft(round=round, reason="x", by=by, at=NOW)),
    "confirm": ("proposed", lambda round, by: proposing.confirm(round=round, by=by, at=NOW)),
    "freeze": ("confirmed", lambda round, by: freezing.freeze(round=round, by=by, at=NOW)),
    "draw": ("frozen", lambda round, by: drawing.run(round=round, by=by, at=NOW)),
    "accept": ("drawn", lambda round, by: deciding.accept(round=round, by=by, at=NOW)),
    "publish": ("accepted", lambda round, by: deciding.publish(round=round, by=by, at=NOW)),
    "void": ("drawn", lambda round, by: deciding.void(round=round, reason="x", by=by, at=NOW)),
    "change": ("draft", lambda round, by: drafting.change_rules(round=round, rules={}, by=by, at=NOW)),
}


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_is_refused_to_outsiders_and_changes_nothing(request, people, step):
    state, take = STEPS[step]
    round = request.getfixturevalue(state)
    before, traces = stored(round), entries()

    for who in ("outsider", "coordinator", "evaluator", "process_supporter", "administrator"):
        with pytest.raises(PermissionDenied):
            take(round, getattr(people, who))

        assert (who, stored(round)) == (who, before)
        assert (who, entries()) == (who, traces)


@pytest.mark.parametrize("step", sorted(STEPS))
def test_the_system_takes_no_step(request, people, step):
    state, take = STEPS[step]
    round = request.getfixturevalue(state)

    with pytest.raises(PermissionDenied):
        take(round, SYSTEM)


OTHER_STATES = {
    "propose": ["proposed", "confirmed", "frozen", "drawn", "accepted"],
    "return": ["draft", "frozen", "drawn", "accepted"],
    "confirm": ["draft", "confirmed", "frozen", "drawn", "accepted"],
    "freeze": ["draft", "proposed", "frozen", "drawn", "accepted"],
    "draw": ["draft", "proposed", "confirmed", "drawn", "accepted"],
    "accept": ["draft", "proposed", "confirmed", "frozen", "accepted"],
    "publish": ["draft", "proposed", "confirmed", "frozen", "drawn"],
    "void": ["draft", "accepted"],
    "change": ["proposed", "confirmed", "frozen", "drawn", "accepted"],
}


@pytest.mark.parametrize("state", sorted({state for states in OTHER_STATES.values() for state in states}))
def test_the_order_of_the_states_cannot_be_left(request, people, state):
    round = request.getfixturevalue(state)
    before, traces = stored(round), entries()

    for step in (step for step, states in OTHER_STATES.items() if state in states):
        by = people.decider if step in ("accept", "void", "return") else people.officer
        with pytest.raises(StepNotOpen) as refusal:
            STEPS[step][1](round, by)

        assert (step, codes(refusal)) == (step, ["step_not_here"])
        assert (step, stored(round)) == (step, before)
        assert (step, entries()) == (step, traces)


class TestDraft:
    def test_a_round_is_made_with_a_trace(self, people, edition):
        round = make_draft(people, edition, rules={})

        assert (round.state, round.made_by, round.rules_changed_by) == ("draft", people.officer, people.officer)
        assert AuditEntry.objects.get(subject_key=str(round.pk)).action == "selection.round.made"

    def test_a_taken_address_and_an_open_edition_are_refused_together(self, people, edition, draft):
        from samspel.schemes.models import Edition

        open_to_all = Edition.objects.get(slug="samordnarinsatsen-2022")
        with pytest.raises(StepNotOpen) as refusal:
            drafting.make(
                slug=draft.slug,
                title="x",
                edition=open_to_all,
                evaluation_closes_on=CLOSES,
                by=people.officer,
                at=NOW,
            )
        assert codes(refusal) == ["edition_is_open_to_all", "slug_is_taken"]

    def test_changed_rules_name_what_changed_and_by_whom(self, draft, people):
        drafting.change_rules(round=draft, rules=rules_document(choice=GREATEST_NEED), by=people.second, at=NOW)

        draft.refresh_from_db()
        assert draft.rules_changed_by == people.second
        assert AuditEntry.objects.get(action="selection.round.rules_changed").facts == {"changed": ["choice"]}

    def test_an_exclusion_keeps_its_reason_and_the_audit_only_its_key_and_kind(self, draft, people, organizers):
        one = organizers[0]
        drafting.exclude(round=draft, organizer=one, kind="other", reason="Läggs ned", by=people.officer, at=NOW)

        assert Exclusion.objects.get().reason == "Läggs ned"
        entry = AuditEntry.objects.get(action="selection.round.organizer_excluded")
        assert entry.facts == {"organizer": one.organization_number, "kind": "other"}

    def test_an_exclusion_is_refused_with_every_reason(self, draft, people, organizers):
        given = {"round": draft, "organizer": organizers[0], "by": people.officer, "at": NOW}
        drafting.exclude(**given, kind="other", reason="En gång")

        with pytest.raises(StepNotOpen) as refusal:
            drafting.exclude(**given, kind="whim", reason="  ")
        assert codes(refusal) == ["reason_is_missing", "not_a_choice", "excluded_already"]

    def test_who_was_taken_out_is_not_in_the_frame_and_comes_back(self, draft, people, organizers):
        one = {"round": draft, "organizer": organizers[0], "by": people.officer, "at": NOW}
        drafting.exclude(**one, kind="other", reason="Läggs ned")
        drafting.include(**one)
        with pytest.raises(StepNotOpen) as refusal:
            drafting.include(**one)

        assert codes(refusal) == ["not_excluded"]
        assert draft.exclusions.count() == 0


class TestPropose:
    def test_every_fault_of_the_rules_is_said(self, people, edition, organizers):
        faulty = rules_document(criteria=[criterion("poverty", weight="0"), criterion("poverty", weight="0")])
        round = make_draft(people, edition, rules=faulty)
        before = stored(round)

        with pytest.raises(StepNotOpen) as refusal:
            proposing.propose(round=round, by=people.officer, at=NOW)

        assert codes(refusal) == ["repeated", "no_weight"]
        assert stored(round) == before
        assert DrawSeed.objects.count() == 0

    def test_every_missing_figure_is_said(self, draft, people):
        without = [make_organizer(place).name for place in (30, 31)]

        with pytest.raises(StepNotOpen) as refusal:
            proposing.propose(round=draft, by=people.officer, at=NOW)

        assert codes(refusal) == ["value_is_missing"] * 4
        assert all(name in str(refusal.value) for name in without)

    def test_too_few_in_the_frame_are_refused(self, people, edition, organizers):
        rules = rules_document(choice={"mode": "pairs", "pairs": 6, "further_pairs": 1})
        with pytest.raises(StepNotOpen) as refusal:
            proposing.propose(round=make_draft(people, edition, rules=rules), by=people.officer, at=NOW)
        assert codes(refusal) == ["too_few_subjects"]

    def test_a_criterion_that_nobody_has_a_figure_of_is_refused(self, people, edition, organizers):
        rules = rules_document(criteria=[criterion("poverty"), criterion("never_seen", missing="median")])
        with pytest.raises(StepNotOpen) as refusal:
            proposing.propose(round=make_draft(people, edition, rules=rules), by=people.officer, at=NOW)
        assert codes(refusal) == ["nobody_has_a_figure"]

    def test_an_evaluation_that_is_over_is_refused(self, people, edition, organizers):
        round = make_draft(people, edition, evaluation_closes_on=DAY)
        with pytest.raises(StepNotOpen) as refusal:
            proposing.propose(round=round, by=people.officer, at=NOW)
        assert codes(refusal) == ["evaluation_is_over"]

    def test_every_round_has_a_seed_of_its_own(self, draft, people, edition):
        other = make_draft(people, edition, slug="other")
        for round in (draft, other):
            proposing.propose(round=round, by=people.officer, at=NOW)
        first, second = (bytes(seed) for seed in DrawSeed.objects.values_list("seed", flat=True))

        assert first != second
        assert min(len(first), len(second)) >= 16

    def test_a_round_of_greatest_need_has_no_seed(self, people, edition, organizers):
        round = make_draft(people, edition, rules=rules_document(choice=GREATEST_NEED))
        round = proposing.propose(round=round, by=people.officer, at=NOW)

        assert round.commitment == ""
        assert DrawSeed.objects.count() == 0


class TestFourEyes:
    def test_whoever_proposed_and_changed_is_told_both(self, proposed, people):
        with pytest.raises(StepNotOpen) as refusal:
            proposing.confirm(round=proposed, by=people.officer, at=NOW)
        assert codes(refusal) == ["proposed_by_yourself", "rules_changed_by_yourself"]

    def test_whoever_last_took_somebody_out_does_not_confirm(self, draft, people, organizers):
        one = {"round": draft, "organizer": organizers[0], "kind": "other", "reason": "x"}
        drafting.exclude(**one, by=people.second, at=NOW)
        proposing.propose(round=draft, by=people.officer, at=NOW)

        with pytest.raises(StepNotOpen) as refusal:
            proposing.confirm(round=draft, by=people.second, at=NOW)
        assert codes(refusal) == ["rules_changed_by_yourself"]

    def test_the_database_itself_keeps_one_person_from_both(self, confirmed):
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.filter(pk=confirmed.pk).update(confirmed_by=confirmed.proposed_by)

    def test_returned_to_draft_the_seed_is_destroyed_and_the_next_one_is_new(self, confirmed, people):
        first = confirmed.commitment
        proposing.return_to_draft(round=confirmed, reason="Ändra vikterna", by=people.decider, at=NOW)
        assert DrawSeed.objects.count() == 0
        confirmed.refresh_from_db()
        assert (confirmed.state, confirmed.commitment, confirmed.confirmed_by) == ("draft", "", None)
        assert confirmed.returned_because == "Ändra vikterna"

        proposing.propose(round=confirmed, by=people.officer, at=NOW)
        confirmed.refresh_from_db()
        assert confirmed.commitment != first

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_a_return_and_a_void_need_a_reason(self, proposed, people, reason):
        for step in (proposing.return_to_draft, deciding.void):
            with pytest.raises(StepNotOpen) as refusal:
                step(round=proposed, reason=reason, by=people.decider, at=NOW)
            assert codes(refusal) == ["reason_is_missing"]


class TestFreeze:
    def test_figures_that_have_gone_since_the_proposal_stop_the_freeze(self, confirmed, people):
        organizer = make_organizer(40)
        with pytest.raises(StepNotOpen) as refusal:
            freezing.freeze(round=confirmed, by=people.officer, at=NOW)

        assert codes(refusal) == ["value_is_missing"] * 2
        assert organizer.name in str(refusal.value)
        assert RankedSubject.objects.count() == 0

    def test_figures_imported_after_the_freeze_change_nothing(self, frozen, people, give, organizers):
        give("poverty", "organizer", organizers[0].organization_number, "2025", 99)
        round = bring_on(frozen, people)

        assert results.verify(round) == []
        assert round.ranking.get(organizer=organizers[0]).rank > 1

    def test_what_is_frozen_cannot_be_changed_even_past_the_operations(self, frozen):
        changes = [
            {"rules": {}},
            {"snapshot": b"{}"},
            {"digest": "0" * 64},
            {"commitment": "0" * 64},
            {"frozen_at": NOW + timedelta(days=1)},
        ]
        for change in changes:
            with pytest.raises(DatabaseError), transaction.atomic():
                Round.objects.filter(pk=frozen.pk).update(**change)

    @pytest.mark.parametrize(
        ("model", "change"),
        [(RankedSubject, {"rank": 999}), (DrawnPair, {"order": 999}), (DrawSeed, {"seed": b"0" * 32})],
    )
    def test_rows_of_a_drawn_round_are_written_once(self, drawn, model, change):
        row = model.objects.filter(round=drawn).first()
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.filter(pk=row.pk).delete()

    @pytest.mark.parametrize("model", [RankedSubject, DrawnPair, DrawSeed, Offer])
    def test_rows_of_results_cannot_be_emptied(self, drawn, model):
        with pytest.raises(DatabaseError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")

    def test_exclusions_are_changed_in_a_draft_only(self, proposed, organizers, people):
        with pytest.raises(DatabaseError), transaction.atomic():
            Exclusion.objects.create(
                round=proposed, organizer=organizers[0], kind="other", reason="x", made_by=people.officer, made_at=NOW
            )

    def test_a_proposed_round_is_never_deleted(self, proposed):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM selection_round WHERE id = %s", [proposed.pk])


def bring_on(round, people):
    """A frozen round, drawn."""
    drawing.run(round=round, by=people.officer, at=NOW)
    round.refresh_from_db()
    return round


class TestVoid:
    def test_a_voided_round_is_kept_whole(self, drawn, people):
        deciding.void(round=drawn, reason="Fel siffror", by=people.decider, at=NOW)

        drawn.refresh_from_db()
        assert (drawn.state, drawn.voided_because) == ("voided", "Fel siffror")
        assert drawn.pairs.count() == 5
        assert results.verify(drawn) == []
        assert drawn.offers.count() == 0

    def test_the_seed_of_a_round_voided_before_the_freeze_is_destroyed(self, confirmed, people):
        deciding.void(round=confirmed, reason="Fel siffror", by=people.decider, at=NOW)

        assert DrawSeed.objects.count() == 0

    def test_the_reason_never_stands_in_the_audit(self, proposed, people):
        deciding.void(round=proposed, reason="Fel siffror", by=people.decider, at=NOW)

        assert AuditEntry.objects.get(action="selection.round.voided").facts == {"left": "proposed"}


class TestVerify:
    def test_a_tampered_result_is_found(self, drawn):
        with connection.cursor() as cursor:
            # As somebody with all rights over the database could.
            cursor.execute("SET LOCAL session_replication_role = replica")
            document = bytes(drawn.result).replace(b'"rank":1,', b'"rank":2,', 1)
            cursor.execute("UPDATE selection_round SET result = %s WHERE id = %s", [document, drawn.pk])

        found = results.verify(drawn)

        assert [difference.where for difference in found] == ["ranking[0].rank", "result_digest"]

    def test_an_undrawn_round_has_nothing_to_verify(self, frozen):
        with pytest.raises(ValueError, match="not drawn"):
            results.verify(frozen)


class TestSecrecy:
    def test_no_entry_of_the_audit_ever_holds_the_seed(self, draft, people):
        proposing.propose(round=draft, by=people.officer, at=NOW)
        seed = bytes(DrawSeed.objects.get(round=draft).seed)
        proposing.confirm(round=draft, by=people.second, at=NOW)
        freezing.freeze(round=draft, by=people.officer, at=NOW)
        bring_on(draft, people)

        for facts in AuditEntry.objects.values_list("facts", flat=True):
            assert seed.hex() not in str(facts)
            assert str(list(seed)) not in str(facts)

    def test_the_seed_cannot_be_read_through_queries_before_the_freeze(self, confirmed):
        assert results.seed_of(confirmed) is None

    def test_the_log_is_silent_about_the_seed(self, draft, people, caplog, capfd):
        caplog.set_level("DEBUG")
        # The driver tells its statements only with DEBUG on, which no installation has.
        caplog.set_level("INFO", logger="django.db.backends")
        bring(draft, people, "drawn")
        seed = bytes(DrawSeed.objects.get(round=draft).seed)
        told = caplog.text + "".join(capfd.readouterr())

        assert seed.hex() not in told


@pytest.mark.parametrize(("missing", "ranked"), [("median", 12), ("exclude_subject", 11)])
def test_a_figure_close_to_100_is_neither_100_nor_nothing_and_the_round_is_frozen(
    people, edition, organizers, missing, ranked
):
    value = IndicatorValue.objects.get(
        definition__indicator_id="poverty", subject_code=organizers[0].organization_number
    )
    IndicatorValue.objects.filter(pk=value.pk).update(value=None, mark="interval", note="~100")
    rules = rules_document(criteria=[criterion("poverty", missing=missing), criterion("new_pupils")])

    round = bring(make_draft(people, edition, rules=rules), people, "drawn")

    subject = next(
        one
        for one in results.snapshot_of(round).subjects
        if one.organization_number == organizers[0].organization_number
    )
    assert (subject.observation("poverty").value, subject.observation("poverty").mark) == (None, "interval")
    assert round.ranking.count() == ranked
    assert results.verify(round) == []


def test_what_could_not_be_frozen_is_not_proposed(people, draft, organizers):
    IndicatorValue.objects.filter(subject_code=organizers[0].organization_number).update(value=None, mark="exact")

    with pytest.raises(StepNotOpen) as refused:
        proposing.propose(round=draft, by=people.officer, at=NOW)

    assert [problem.code for problem in refused.value.problems] == ["value_against_mark"] * 2


@pytest.mark.django_db(transaction=True)
def test_many_who_draw_at_once_draw_once(people, edition, organizers):
    round = bring(make_draft(people, edition), people, "frozen")
    drawn, refused, gate = [], [], threading.Barrier(5)

    def run():
        try:
            gate.wait()
            drawing.run(round=round, by=people.officer, at=NOW)
            drawn.append(1)
        except StepNotOpen as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(drawn), len(refused)) == (1, 4)
    assert round.pairs.count() == 5
    assert AuditEntry.objects.filter(action="selection.round.drawn").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_freeze_waits_for_an_import_that_is_being_written(people, edition, organizers):
    round = bring(make_draft(people, edition), people, "confirmed")
    poverty = IndicatorValue.objects.filter(definition__indicator_id="poverty")

    def freeze():
        try:
            freezing.freeze(round=round, by=people.officer, at=NOW)
        finally:
            connection.close()

    thread = threading.Thread(target=freeze)
    with transaction.atomic():
        carrying.take_lock()
        thread.start()
        thread.join(timeout=1)
        assert thread.is_alive()
        poverty.update(value=7)
    thread.join(timeout=20)

    round.refresh_from_db()
    assert {subject.observation("poverty").value for subject in results.snapshot_of(round).subjects} == {7}


class TestOffers:
    def answer(self, offer, people, response="declined", day=DAY):
        return offering.record_response(offer=offer, response=response, responded_on=day, by=people.officer, at=NOW)

    def test_an_answer_is_recorded_with_its_day_and_officer(self, published, people):
        offer = self.answer(published.offers.first(), people, "accepted")

        assert (offer.response, offer.responded_on, offer.recorded_by) == ("accepted", DAY, people.officer)
        entry = AuditEntry.objects.get(action="selection.offer.accepted")
        assert entry.facts["organizer"] == offer.organizer.organization_number

    def test_a_no_after_a_yes_is_recorded_too_and_the_audit_keeps_both(self, published, people):
        offer = published.offers.first()
        self.answer(offer, people, "accepted")
        self.answer(offer, people, "declined")

        actions = AuditEntry.objects.filter(action__startswith="selection.offer").order_by("id")
        assert list(actions.values_list("action", flat=True)) == [
            "selection.offer.accepted",
            "selection.offer.declined",
        ]

    def test_an_answer_is_refused_with_every_reason(self, published, people):
        with pytest.raises(StepNotOpen) as refusal:
            self.answer(published.offers.first(), people, "perhaps", DAY + timedelta(days=1))
        assert codes(refusal) == ["not_a_choice", "day_outside"]

    def test_nothing_is_answered_before_the_publication(self, accepted, people):
        with pytest.raises(StepNotOpen) as refusal:
            self.answer(accepted.offers.first(), people)
        assert codes(refusal) == ["not_published"]

    def test_an_exercise_has_nothing_to_answer(self, people, edition, organizers):
        round = bring(make_draft(people, edition, is_exercise=True), people, "published")
        with pytest.raises(StepNotOpen) as refusal:
            self.answer(round.offers.first(), people)
        assert codes(refusal) == ["exercise_gives_nothing"]

    def test_in_a_pair_round_a_no_moves_nobody_up(self, published, people):
        before = list(published.offers.values_list("organizer_id", flat=True))
        self.answer(published.offers.first(), people)

        with pytest.raises(StepNotOpen) as refusal:
            offering.offer_reserve(round=published, by=people.officer, at=NOW)
        assert codes(refusal) == ["no_moves_nobody_up"]
        assert list(published.offers.values_list("organizer_id", flat=True)) == before
        assert published.pairs.count() == 5

    def test_extra_offers_take_the_further_pairs_in_the_order_of_the_draw_until_there_are_none(self, published, people):
        further = published.pairs.filter(is_further=True).order_by("order")
        made = [offering.offer_further(round=published, by=people.officer, at=NOW) for _pair in further]

        assert [offer.organizer_id for offer in made] == [pair.drawn_id for pair in further]
        assert [offer.order for offer in made] == [4, 5]
        with pytest.raises(StepNotOpen) as refusal:
            offering.offer_further(round=published, by=people.officer, at=NOW)
        assert codes(refusal) == ["nobody_is_left"]

    def test_a_reserve_takes_the_place_of_one_who_declined_and_only_then(self, people, edition, organizers):
        rules = rules_document(choice=GREATEST_NEED)
        round = bring(make_draft(people, edition, rules=rules), people, "published")
        with pytest.raises(StepNotOpen) as refusal:
            offering.offer_reserve(round=round, by=people.officer, at=NOW)
        assert codes(refusal) == ["no_place_is_free"]

        self.answer(round.offers.first(), people)
        reserve = offering.offer_reserve(round=round, by=people.officer, at=NOW)

        assert round.ranking.get(organizer=reserve.organizer).rank == 4
        with pytest.raises(StepNotOpen):
            offering.offer_reserve(round=round, by=people.officer, at=NOW)

    def test_support_ends_on_a_day_and_only_once(self, published, people):
        offer = self.answer(published.offers.first(), people, "accepted")
        given = {"offer": offer, "ended_on": DAY + timedelta(days=900), "by": people.officer, "at": NOW}
        assert offering.end_support(**given).ended_on == date(2029, 5, 9)

        with pytest.raises(StepNotOpen) as refusal:
            offering.end_support(**given)
        assert codes(refusal) == ["support_has_ended"]

    def test_support_that_was_never_accepted_does_not_end(self, published, people):
        with pytest.raises(StepNotOpen) as refusal:
            offering.end_support(offer=published.offers.first(), ended_on=DAY, by=people.officer, at=NOW)
        assert codes(refusal) == ["never_accepted"]

    @pytest.mark.parametrize("who", ["decision_maker", "evaluator", "process_supporter", "outsider"])
    def test_offers_are_the_officers_work(self, published, people, who):
        person, offer = getattr(people, who), published.offers.first()
        deeds = [
            lambda: offering.record_response(offer=offer, response="accepted", responded_on=DAY, by=person, at=NOW),
            lambda: offering.offer_further(round=published, by=person, at=NOW),
            lambda: offering.offer_reserve(round=published, by=person, at=NOW),
            lambda: offering.end_support(offer=offer, ended_on=DAY, by=person, at=NOW),
        ]
        for deed in deeds:
            with pytest.raises(PermissionDenied):
                deed()
        assert published.offers.count() == 3
