"""What everybody may know of a round. Never seed, ranking, pairs, those compared with, or who was taken out.

The page of a round, the public protocol and open data read here and nowhere else in selection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from samspel.registry.models import Organizer
from samspel.selection.models import ExclusionKind, Offer, Round, RoundState
from samspel.selection.queries import rounds, words
from samspel.selection.queries.notices import notices_of
from samspel.selection.queries.results import frozen_result
from samspel.selection.queries.sources import CriterionSource, name_of, names_of_indicators, sources_of
from samspel.selection.rules import settings
from samspel.selection.rules.problems import Refused
from samspel.selection.rules.settings import RoundRules


@dataclass(frozen=True)
class Milestone:
    """A step that was taken, and when."""

    state: str
    label: Any
    at: datetime


@dataclass(frozen=True)
class PublicFrame:
    """How many were considered, ranked, and left out: by reason and, one by one, by kind (label to count)."""

    considered: int
    inside: int
    left_out: Mapping[str, int]
    excluded: Mapping[str, int]


@dataclass(frozen=True)
class PublicRound:
    """A round as everybody may see it. What has not come yet is empty or None."""

    slug: str
    title: str
    scheme_slug: str
    scheme_name: str
    edition_slug: str
    state: str
    state_label: Any
    is_exercise: bool
    is_invented: bool
    is_published: bool
    is_by_lot: bool
    milestones: tuple[Milestone, ...]
    evaluation_closes_on: date
    is_evaluation_closed: bool
    commitment: str
    digest: str
    result_digest: str
    voided_because: str
    # How the choice is made, in sentences.
    choice: tuple[str, ...] = ()
    # Each criterion as a sentence pair (what, how); with `sources` once the round is frozen.
    criteria: tuple[tuple[str, str], ...] = ()
    sources: tuple[CriterionSource, ...] = ()
    # What must be said beside the result, in sentences.
    notices: tuple[str, ...] = ()
    frame: PublicFrame | None = None
    offers: tuple[Offer, ...] = field(default=())


def public_round(slug: str, *, on: date) -> PublicRound | None:
    """The public view of a round on a day; None when there is none or it is still a draft."""
    round = rounds.public_rounds().filter(slug=slug).first()
    return None if round is None else public_view(round, on=on)


def public_rounds() -> QuerySet[Round]:
    """Every round the public knows of, the newest first. Ask `public_view` for what may be shown of one."""
    return rounds.public_rounds()


def public_view(round: Round, *, on: date) -> PublicRound:
    """What may be shown of a round on a day, in a fixed number of queries. ValueError for a draft."""
    if round.state == RoundState.DRAFT:
        raise ValueError("a draft is not public")
    scheme = round.edition.scheme
    rules = _rules(round)
    return PublicRound(
        slug=round.slug,
        title=round.title,
        scheme_slug=scheme.slug,
        scheme_name=scheme.name_en if get_language() == "en" else scheme.name_sv,
        edition_slug=round.edition.slug,
        state=round.state,
        state_label=RoundState(round.state).label,
        is_exercise=round.is_exercise,
        is_invented=round.is_invented,
        is_published=is_published(round),
        is_by_lot=rules is not None and rules.choice.mode == "pairs",
        milestones=tuple(milestones(round)),
        evaluation_closes_on=round.evaluation_closes_on,
        is_evaluation_closed=on >= round.evaluation_closes_on,
        commitment=round.commitment,
        digest=round.digest,
        result_digest=round.result_digest,
        voided_because=round.voided_because,
        choice=tuple(words.choice(rules)) if rules else (),
        criteria=_criteria(rules),
        sources=tuple(_sources(round)),
        notices=tuple(notices_of(frozen_result(round)) if round.frozen_at is not None else []),
        frame=_frame(round),
        offers=tuple(offers_of(round)),
    )


def is_published(round: Round) -> bool:
    """Whether everybody may see who was offered."""
    return round.published_at is not None and round.state == RoundState.ACCEPTED


def offers_of(round: Round) -> QuerySet[Offer]:
    """Who was offered, in Swedish alphabetical order: the order of the draw and of the need stays unwords."""
    if not is_published(round):
        return Offer.objects.none()
    return round.offers.select_related("organizer__county").order_by(
        "organizer__sort_key", "organizer__organization_number"
    )


def offers_to(organizer: Organizer) -> QuerySet[Offer]:
    """The published offers an organizer has had, the latest first, with round and scheme."""
    offers = Offer.objects.filter(
        organizer=organizer, round__state=RoundState.ACCEPTED, round__published_at__isnull=False
    )
    return (
        offers.select_related("round__edition__scheme")
        .defer("round__snapshot", "round__result", "round__rules")
        .order_by("-round__published_at", "round__slug")
    )


def milestones(round: Round) -> list[Milestone]:
    """The steps that were taken, in order; a publication counts as one."""
    steps = [
        (RoundState.PROPOSED.value, RoundState.PROPOSED.label, round.proposed_at),
        (RoundState.CONFIRMED.value, RoundState.CONFIRMED.label, round.confirmed_at),
        (RoundState.FROZEN.value, RoundState.FROZEN.label, round.frozen_at),
        (RoundState.DRAWN.value, RoundState.DRAWN.label, round.drawn_at),
        (RoundState.ACCEPTED.value, RoundState.ACCEPTED.label, round.accepted_at),
        ("published", words.PUBLISHED, round.published_at),
        (RoundState.VOIDED.value, RoundState.VOIDED.label, round.voided_at),
    ]
    return [Milestone(state, label, at) for state, label, at in steps if at is not None]


def day_of(moment: datetime) -> date:
    """The Swedish day of a moment."""
    return timezone.localdate(moment)


def _rules(round: Round) -> RoundRules | None:
    try:
        return settings.from_document(round.rules)
    except Refused:
        return None


def _criteria(rules: RoundRules | None) -> tuple[tuple[str, str], ...]:
    if rules is None:
        return ()
    names = names_of_indicators(rules)
    return tuple(
        (name_of(names.get(one.indicator), one.indicator), " ".join(words.criterion(one))) for one in rules.criteria
    )


def _sources(round: Round) -> list[CriterionSource]:
    return sources_of(frozen_result(round)) if round.frozen_at is not None else []


def _frame(round: Round) -> PublicFrame | None:
    if round.frozen_at is None:
        return None
    frame = frozen_result(round).frame
    kinds = dict(ExclusionKind.choices)
    return PublicFrame(
        considered=frame.considered,
        inside=len(frame.inside),
        left_out={str(words.reason(reason)): count for reason, count in frame.counts().items()},
        excluded={str(kinds.get(kind, kind)): count for kind, count in frame.exclusions_by_kind().items()},
    )
