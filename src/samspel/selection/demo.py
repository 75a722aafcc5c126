"""Selection's part of the demo: exercises on real figures, and rounds of an invented programme that gives support.

Everything is done through the operations, by the demo's people, so that states, seeds, digests and audit are what they
would be. Real organizers carry nothing but their figures: they are chosen in exercises only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Appointment, ImportedFile, Organizer, OrganizerType, Role
from samspel.registry.operations.imports import import_files
from samspel.schemes.models import Edition
from samspel.schemes.operations import editions
from samspel.selection.models import Offer, Response, Round
from samspel.selection.operations import deciding, drafting, drawing, freezing, offering, proposing

EDITION = "riktade-insatser-2020"
# The demo's people have their appointments from a day before this one.
EARLIEST = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)
FRIDAY = 4
FIGURES_FILE = "pahittade-siffror.csv"


@dataclass(frozen=True)
class Actors:
    """Who does what in the demo's rounds; the decision maker confirms what the officer proposed."""

    officer: Person
    decider: Person


def fill(people: Mapping[str, Person] | None = None, at: datetime | None = None) -> None:
    """Add the rounds that are not there yet, and nothing twice. `people`: role to person (else the demo's own)."""
    at = at or timezone.now()
    actors = _actors(people)
    if actors is None:
        return
    editions.load_shipped(at=at)
    _invented_programme(actors, at)
    _exercises(actors, at)


def _actors(people: Mapping[str, Person] | None) -> Actors | None:
    held = dict(people or _holders())
    if Role.EDUCATION_OFFICER not in held or Role.DECISION_MAKER not in held:
        return None
    return Actors(held[Role.EDUCATION_OFFICER], held[Role.DECISION_MAKER])


def _holders() -> dict[str, Person]:
    appointments = Appointment.objects.filter(person__is_invented=True).select_related("person").order_by("-id")
    return {appointment.role: appointment.person for appointment in appointments}


def _exercises(actors: Actors, at: datetime) -> None:
    """Exercises over the 290 municipalities: a finished one, a voided one, one that waits, and a draft."""
    begun = at - timedelta(days=90)
    finished = _make(actors, begun, "ri-2024", "Riktade insatser 2024, övning", _real_rules(PAIRS))
    if finished is not None:
        bring(finished, actors, begun, "published")
    begun = at - timedelta(days=60)
    voided = _make(actors, begun, "ri-2024-prov", "Riktade insatser 2024, provlottning", _real_rules(PAIRS))
    if voided is not None:
        bring(voided, actors, begun, "drawn")
        reason = "Provlottning för att visa att en omgång som inte godtas upphävs öppet och sparas."
        deciding.void(round=voided, reason=reason, by=actors.decider, at=_workday(begun, 11, 13, 25))
    begun = at - timedelta(days=14)
    waiting = _make(actors, begun, "ri-2025", "Riktade insatser 2025, övning", _real_rules(GREATEST_NEED))
    if waiting is not None:
        bring(waiting, actors, begun, "proposed")
    begun = at - timedelta(days=7)
    weights = ("2", "1", "1")
    draft = _make(actors, begun, "ri-2026", "Riktade insatser 2026, övning", _real_rules(PAIRS, weights=weights))
    if draft is not None:
        _exclude_one(draft, actors, _workday(begun, 1, 15, 2))


def _invented_programme(actors: Actors, at: datetime) -> None:
    """Two rounds over invented organizers: one whose support has mostly ended, and one that is going on."""
    numbers = list(_invented().values_list("organization_number", flat=True))
    if not numbers:
        return
    first, second = max(at - timedelta(days=1150), EARLIEST), max(at - timedelta(days=400), EARLIEST)
    _invent_figures(numbers, _workday(first, 0, 8, 40))
    ended = _make(actors, first, "pahittad-2023", "Påhittade insatser 2023", _invented_rules(FEW), is_exercise=False)
    if ended is not None:
        bring(ended, actors, first, "published")
        _answer_and_end(ended, actors, first, at)
    rules = _invented_rules(FEW_PAIRS, not_already_in=["riktade-insatser"])
    going_on = _make(actors, second, "pahittad-2025", "Påhittade insatser 2025", rules, is_exercise=False)
    if going_on is not None:
        bring(going_on, actors, second, "published")
        _answer(going_on, actors, second, at)


@transaction.atomic
def bring(round: Round, actors: Actors, begun: datetime, state: str) -> None:
    """Take a round along its road to a state, or to `published`, over three working weeks from the day it was made."""
    officer, decider = actors.officer, actors.decider
    steps = [
        ("proposed", proposing.propose, officer, _workday(begun, 3, 10, 12)),
        ("confirmed", proposing.confirm, decider, _workday(begun, 5, 14, 41)),
        ("frozen", freezing.freeze, officer, _workday(begun, 6, 9, 6)),
        ("drawn", drawing.run, officer, _workday(begun, 6, 9, 34)),
        ("accepted", deciding.accept, decider, _workday(begun, 9, 15, 18)),
        ("published", deciding.publish, officer, _workday(begun, 14, 8, 30)),
    ]
    for reached, step, by, at in steps:
        step(round=round, by=by, at=at)
        if reached == state:
            return


def _workday(begun: datetime, number: int, hour: int, minute: int) -> datetime:
    """A time of the day on the working day so many working days after another (0: that day, or the Monday after)."""
    day = timezone.localdate(begun)
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    for _each in range(number):
        day += timedelta(days=3 if day.weekday() == FRIDAY else 1)
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())


def _make(
    actors: Actors, begun: datetime, slug: str, title: str, rules: dict[str, Any], *, is_exercise: bool = True
) -> Round | None:
    """A round in draft, or None when it is there already."""
    at = _workday(begun, 0, 9, 17)
    if Round.objects.filter(slug=slug).exists():
        return None
    return drafting.make(
        slug=slug,
        title=title,
        edition=Edition.objects.get(slug=EDITION),
        evaluation_closes_on=timezone.localdate(at + timedelta(days=7 * 365)),
        publish_by=timezone.localdate(at + timedelta(days=60)),
        is_exercise=is_exercise,
        is_invented=not is_exercise,
        rules=rules,
        by=actors.officer,
        at=at,
    )


PAIRS = {"mode": "pairs", "pairs": 20, "further_pairs": 5}
GREATEST_NEED = {"mode": "greatest_need", "offers": 20, "reserves": 10}
FEW = {"mode": "greatest_need", "offers": 8, "reserves": 4}
FEW_PAIRS = {"mode": "pairs", "pairs": 6, "further_pairs": 4}


def _real_rules(choice: Mapping[str, Any], weights: Sequence[str] = ("1", "1", "1")) -> dict[str, Any]:
    """By figures of 2023 at the latest, so that the exercise stays the same when newer ones are imported."""
    criteria = [
        _criterion("socioeconomic", "kolada_n66077", "all", "2023", weights[0]),
        _criterion("mother_tongue", "mother_tongue_other", "municipal", "2023/24", weights[1], "foreign_background"),
        _criterion("newly_arrived", "kolada_n15902", "municipal", "2023/24", weights[2]),
    ]
    strata = {"by": ["size_class"], "size_of": "population", "bounds": [15000, 50000]}
    return _rules(criteria, strata, choice)


def _invented_rules(choice: Mapping[str, Any], not_already_in: Sequence[str] = ()) -> dict[str, Any]:
    criteria = [
        _criterion("socioeconomic", "kolada_n66077", "all", "2022", "1"),
        _criterion("newly_arrived", "kolada_n15902", "municipal", "2022/23", "1"),
    ]
    return _rules(criteria, {"by": [], "size_of": "population", "bounds": []}, choice, not_already_in)


def _rules(
    criteria: list[dict[str, Any]],
    strata: dict[str, Any],
    choice: Mapping[str, Any],
    not_already_in: Sequence[str] = (),
) -> dict[str, Any]:
    frame = {"organizer_types": ["municipality"], "school_forms": [], "not_already_in": list(not_already_in)}
    return {
        "federations": "leave_out",
        "frame": frame,
        "criteria": criteria,
        "strata": strata,
        "choice": dict(choice),
    }


def _criterion(key: str, indicator: str, slice_: str, year: str, weight: str, stand_in: str = "") -> dict[str, Any]:
    return {
        "key": key,
        "indicator": indicator,
        "stand_in": stand_in,
        "slice": slice_,
        "year": {"rule": "latest_not_after", "period": year},
        "direction": "higher_is_greater_need",
        "transform": "z_score",
        "weight": weight,
        "missing": "median_of_stratum",
        "lowest": "0",
        "highest": "100",
    }


def _exclude_one(draft: Round, actors: Actors, at: datetime) -> None:
    """An exclusion to look at: a federation, which the frame of municipal organizers leaves out anyway."""
    federations = Organizer.objects.filter(type=OrganizerType.MUNICIPAL_FEDERATION, is_invented=False)
    federation = federations.order_by("sort_key").first()
    if federation is not None:
        reason = "Ett exempel på ett undantag i en övning."
        drafting.exclude(round=draft, organizer=federation, kind="other", reason=reason, by=actors.officer, at=at)


def _answer_and_end(round: Round, actors: Actors, begun: datetime, at: datetime) -> None:
    """All but one accept, a reserve takes that place, and most have come to the end of their terms."""
    for offer in round.offers.order_by("order"):
        answer = Response.DECLINED if offer.order == 3 else Response.ACCEPTED
        _record(offer, answer, actors, _workday(begun, 24 + 2 * offer.order, 10, 7 * offer.order))
    reserve = offering.offer_reserve(round=round, by=actors.officer, at=_workday(begun, 42, 13, 5))
    _record(reserve, Response.ACCEPTED, actors, _workday(begun, 51, 11, 20))
    last = min(at - timedelta(days=30), begun + timedelta(days=1060))
    for offer in round.offers.filter(response=Response.ACCEPTED).order_by("order")[:6]:
        recorded = _workday(last, 3, 14, 3 * offer.order)
        offering.end_support(offer=offer, ended_on=timezone.localdate(last), by=actors.officer, at=recorded)


def _answer(round: Round, actors: Actors, begun: datetime, at: datetime) -> None:
    """Most accept, one declines (nobody moves up), and the last of two further offers has no answer."""
    for offer in round.offers.order_by("order"):
        answer = Response.DECLINED if offer.order == 2 else Response.ACCEPTED
        _record(offer, answer, actors, _workday(begun, 22 + 3 * offer.order, 9, 8 * offer.order))
    further = offering.offer_further(round=round, by=actors.officer, at=_workday(begun, 60, 10, 45))
    _record(further, Response.ACCEPTED, actors, _workday(begun, 70, 15, 30))
    offering.offer_further(round=round, by=actors.officer, at=_workday(at - timedelta(days=16), 0, 10, 50))


def _record(offer: Offer, answer: Response, actors: Actors, at: datetime) -> None:
    """An answer, recorded the working day it came."""
    day = timezone.localdate(at)
    offering.record_response(offer=offer, response=answer, responded_on=day, by=actors.officer, at=at)


def _invented() -> Any:
    found = Organizer.objects.filter(is_invented=True, type=OrganizerType.MUNICIPALITY)
    return found.order_by("organization_number")


def _invent_figures(numbers: Sequence[str], at: datetime) -> None:
    """Figures of organizers that do not exist, brought in as any plain table is, and said to be made up."""
    content = _figures_table(numbers)
    if not ImportedFile.objects.filter(digest=hashlib.sha256(content).hexdigest()).exists():
        import_files(files=[(FIGURES_FILE, content)], by=SYSTEM, at=at)


def _figures_table(numbers: Sequence[str]) -> bytes:
    lines = ["Indikator,Subjekt,Typ av huvudman,År,Värde,Källa"]
    for number in numbers:
        # The same figures every time, and no two organizers alike.
        seed = hashlib.sha256(number.encode()).digest()
        poverty, arrived = 40 + int.from_bytes(seed[:2], "big") % 260, 5 + int.from_bytes(seed[2:4], "big") % 120
        lines.append(f"kolada_n66077,{number},Samtliga,2022,{poverty / 10:.1f},Påhittat för demon")
        lines.append(f"kolada_n15902,{number},Kommunal,2022/23,{arrived / 10:.1f},Påhittat för demon")
    return ("\n".join(lines) + "\n").encode()
