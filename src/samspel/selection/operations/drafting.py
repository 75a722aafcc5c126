"""The draft of a round: made, its rules changed, organizers taken out and put back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from samspel.kernel.audit import record
from samspel.registry.models import Organizer
from samspel.schemes.models import Edition
from samspel.selection import permissions
from samspel.selection.models import Exclusion, ExclusionKind, Round
from samspel.selection.operations.locking import take
from samspel.selection.operations.refusals import refuse_if
from samspel.selection.rules import road
from samspel.selection.rules.problems import Problem


@transaction.atomic
def make(
    *,
    slug: str,
    title: str,
    edition: Edition,
    evaluation_closes_on: date,
    by: Any,
    at: datetime,
    publish_by: date | None = None,
    is_exercise: bool = False,
    is_invented: bool = False,
    rules: Mapping[str, Any] | None = None,
) -> Round:
    """A new round in draft. `rules` as RoundRules writes them, without exclusions; they need not be whole.

    Raises PermissionDenied, or StepNotOpen when the edition is not entered by selection or the slug is taken.
    """
    permissions.TABLE.require(by, permissions.MAKE, at)
    refuse_if(_problems_of(slug, edition))
    try:
        with transaction.atomic():
            round = Round.objects.create(
                slug=slug,
                title=title,
                edition=edition,
                is_exercise=is_exercise,
                is_invented=is_invented,
                rules=_without_exclusions(rules or {}),
                evaluation_closes_on=evaluation_closes_on,
                publish_by=publish_by,
                made_by=by,
                made_at=at,
                rules_changed_by=by,
                rules_changed_at=at,
            )
    except IntegrityError:
        # Somebody else made one with this address between our look and our deed.
        refuse_if(_problems_of(slug, edition))
        raise
    record(action="selection.round.made", on=round, by=by, at=at, edition=edition.slug, is_exercise=is_exercise)
    return round


@transaction.atomic
def change_rules(
    *,
    round: Round,
    rules: Mapping[str, Any],
    by: Any,
    at: datetime,
    title: str | None = None,
    evaluation_closes_on: date | None = None,
    publish_by: date | None = None,
) -> Round:
    """Put other rules in the place of a draft's. They need not be whole: what is missing is said until it is there.

    Raises PermissionDenied, or StepNotOpen when the round is no draft.
    """
    round = take(road.CHANGE, round, by=by, at=at)
    new = _without_exclusions(rules)
    changed = sorted(key for key in {*new, *round.rules} if new.get(key) != round.rules.get(key))
    round.rules, round.rules_changed_by, round.rules_changed_at = new, by, at
    round.title = title or round.title
    round.evaluation_closes_on = evaluation_closes_on or round.evaluation_closes_on
    round.publish_by = publish_by or round.publish_by
    fields = ["rules", "title", "evaluation_closes_on", "publish_by", "rules_changed_by", "rules_changed_at"]
    round.save(update_fields=fields)
    record(action="selection.round.rules_changed", on=round, by=by, at=at, changed=changed)
    return round


@transaction.atomic
def exclude(*, round: Round, organizer: Organizer, kind: str, reason: str, by: Any, at: datetime) -> Exclusion:
    """Take an organizer out of a draft's frame, with the reason.

    Raises PermissionDenied, or StepNotOpen: no draft, no reason, no such kind, or taken out already.
    """
    round = take(road.CHANGE, round, by=by, at=at)
    refuse_if(_problems_of_exclusion(round, organizer, kind, reason))
    exclusion = Exclusion.objects.create(
        round=round, organizer=organizer, kind=kind, reason=reason.strip(), made_by=by, made_at=at
    )
    _mark_changed(round, by, at)
    record(
        action="selection.round.organizer_excluded",
        on=round,
        by=by,
        at=at,
        organizer=organizer.organization_number,
        kind=kind,
    )
    return exclusion


@transaction.atomic
def include(*, round: Round, organizer: Organizer, by: Any, at: datetime) -> Round:
    """Put an organizer that was taken out back into a draft's frame.

    Raises PermissionDenied, or StepNotOpen when the round is no draft or the organizer was not taken out.
    """
    round = take(road.CHANGE, round, by=by, at=at)
    taken_out = round.exclusions.filter(organizer=organizer)
    refuse_if([] if taken_out.exists() else [Problem("not_excluded", "", {"name": organizer.name})])
    taken_out.delete()
    _mark_changed(round, by, at)
    number = organizer.organization_number
    record(action="selection.round.organizer_included", on=round, by=by, at=at, organizer=number)
    return round


def _mark_changed(round: Round, by: Any, at: datetime) -> None:
    round.rules_changed_by, round.rules_changed_at = by, at
    round.save(update_fields=["rules_changed_by", "rules_changed_at"])


def _problems_of(slug: str, edition: Edition) -> list[Problem]:
    problems = []
    if edition.document.get("entry") != "selection":
        problems.append(Problem("edition_is_open_to_all", "edition", {"edition": edition.slug}))
    if Round.objects.filter(slug=slug).exists():
        problems.append(Problem("slug_is_taken", "slug", {"stood": slug}))
    return problems


def _problems_of_exclusion(round: Round, organizer: Organizer, kind: str, reason: str) -> list[Problem]:
    problems = [] if reason.strip() else [Problem("reason_is_missing", "reason")]
    if kind not in ExclusionKind.values:
        problems.append(Problem("not_a_choice", "kind", {"stood": kind, "expected": ", ".join(ExclusionKind.values)}))
    if round.exclusions.filter(organizer=organizer).exists():
        problems.append(Problem("excluded_already", "", {"name": organizer.name}))
    return problems


def _without_exclusions(rules: Mapping[str, Any]) -> dict[str, Any]:
    frame = rules.get("frame")
    if not isinstance(frame, Mapping):
        return dict(rules)
    return {**rules, "frame": {key: value for key, value in frame.items() if key != "exclusions"}}
