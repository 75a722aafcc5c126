"""Offers after the round: answers recorded, reserves and further pairs called in order, support that ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.kernel.audit import record
from samspel.registry.models import Organizer
from samspel.selection import permissions
from samspel.selection.models import Offer, OfferKind, Response, Round
from samspel.selection.operations.locking import take
from samspel.selection.operations.refusals import refuse_if
from samspel.selection.queries.facts import facts_of, is_by_lot
from samspel.selection.queries.offers import free_places, next_in_order
from samspel.selection.rules import road
from samspel.selection.rules.problems import Problem


@transaction.atomic
def record_response(*, offer: Offer, response: str, responded_on: date, by: Any, at: datetime) -> Offer:
    """Record what an organizer answered. A no moves nobody up by itself; in a pair round it never does.

    An answer may be changed (a no after a yes happens); the audit keeps both. Raises PermissionDenied, or StepNotOpen:
    not published, an exercise, no such answer, or a day before the offer or after today.
    """
    round = take(road.RECORD_RESPONSE, offer.round, by=by, at=at)
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    refuse_if(_problems_of_response(offer, response, responded_on, at))
    offer.response, offer.responded_on, offer.recorded_by, offer.recorded_at = response, responded_on, by, at
    offer.save(update_fields=["response", "responded_on", "recorded_by", "recorded_at"])
    _record(f"selection.offer.{response}", round, offer, by, at, responded_on=responded_on)
    return offer


@transaction.atomic
def offer_reserve(*, round: Round, by: Any, at: datetime) -> Offer:
    """Offer the next on the reserve list the place of one who said no. In a pair round a no moves nobody up.

    Raises PermissionDenied, or StepNotOpen: a pair round, no free place, nobody left, not published, an exercise.
    """
    return _offer_next(
        round, OfferKind.RESERVE, [Problem("no_moves_nobody_up", "")] if is_by_lot(round) else [], by, at
    )


@transaction.atomic
def offer_further(*, round: Round, by: Any, at: datetime) -> Offer:
    """Make an extra offer to the drawn one of the next further pair, in the order of the draw.

    Raises PermissionDenied, or StepNotOpen: no pair round, nobody left, not published, an exercise.
    """
    return _offer_next(round, OfferKind.FURTHER, [] if is_by_lot(round) else [Problem("no_further_pairs", "")], by, at)


@transaction.atomic
def end_support(*, offer: Offer, ended_on: date, by: Any, at: datetime) -> Offer:
    """Say on which day the support that an offer gave was over.

    Raises PermissionDenied, or StepNotOpen: never accepted, ended already, or a day before the answer.
    """
    round = take(road.END_SUPPORT, offer.round, by=by, at=at)
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    refuse_if(_problems_of_end(offer, ended_on))
    offer.ended_on = ended_on
    offer.save(update_fields=["ended_on"])
    _record("selection.offer.support_ended", round, offer, by, at, ended_on=ended_on)
    return offer


def _offer_next(round: Round, kind: str, problems: list[Problem], by: Any, at: datetime) -> Offer:
    permissions.TABLE.require_in_some_state(by, road.OFFER_NEXT, at)
    refuse_if(problems)
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    number = next_in_order(locked)
    given = {"has_offers_left": number is not None, "offers_declined": free_places(locked)}
    refuse_if(road.obstacles(road.OFFER_NEXT, facts_of(locked, acting=by, at=at, **given)))
    permissions.require(permissions.may(by, road.OFFER_NEXT, locked, at))
    organizer = Organizer.objects.get(organization_number=number)
    last = locked.offers.order_by("-order").values_list("order", flat=True).first() or 0
    offer = Offer.objects.create(round=locked, organizer=organizer, kind=kind, order=last + 1, made_at=at)
    _record("selection.offer.made", locked, offer, by, at, kind=kind)
    return offer


def _record(action: str, round: Round, offer: Offer, by: Any, at: datetime, **facts: Any) -> None:
    organizer = Organizer.objects.values_list("organization_number", flat=True).get(pk=offer.organizer_id)
    record(action=action, on=round, by=by, at=at, organizer=organizer, order=offer.order, **facts)


def _problems_of_response(offer: Offer, response: str, responded_on: date, at: datetime) -> list[Problem]:
    problems = []
    if response not in (Response.ACCEPTED, Response.DECLINED):
        expected = f"{Response.ACCEPTED}, {Response.DECLINED}"
        problems.append(Problem("not_a_choice", "response", {"stood": response, "expected": expected}))
    if not timezone.localdate(offer.made_at) <= responded_on <= timezone.localdate(at):
        problems.append(Problem("day_outside", "responded_on", {"stood": responded_on.isoformat()}))
    if offer.ended_on is not None:
        problems.append(Problem("support_has_ended", "", {"stood": offer.ended_on.isoformat()}))
    return problems


def _problems_of_end(offer: Offer, ended_on: date) -> list[Problem]:
    if offer.response != Response.ACCEPTED or offer.responded_on is None:
        return [Problem("never_accepted", "")]
    if offer.ended_on is not None:
        return [Problem("support_has_ended", "", {"stood": offer.ended_on.isoformat()})]
    return (
        [] if ended_on >= offer.responded_on else [Problem("day_outside", "ended_on", {"stood": ended_on.isoformat()})]
    )
