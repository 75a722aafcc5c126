"""A handing-out as it is followed: how far it has come, who was left out, and the newest of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from samspel.forms.models import AnswerState, HandOut
from samspel.registry.models import SchoolUnit


@dataclass(frozen=True)
class HowFar:
    """Receivers done of all, and the answers by where they stand."""

    done: int
    receivers: int
    writing: int
    submitted: int
    withdrawn: int

    @property
    def answers(self) -> int:
        """How many answers were begun."""
        return self.writing + self.submitted + self.withdrawn


def all_of_them() -> QuerySet[HandOut]:
    """Every handing-out, the newest first, with how many answers there are, and how many are submitted."""
    submitted = Count("answers", filter=Q(answers__state=AnswerState.SUBMITTED))
    found = HandOut.objects.annotate(begun=Count("answers"), submitted=submitted)
    return found.select_related("version__definition").defer("version__body").order_by("-decided_at", "-pk")


def how_far(hand_out: HandOut) -> HowFar:
    """Counted in two queries."""
    receivers = hand_out.receivers.aggregate(done=Count("pk", filter=Q(done_at__isnull=False)), receivers=Count("pk"))
    counts = {state: Count("pk", filter=Q(state=state)) for state in AnswerState.values}
    return HowFar(**receivers, **hand_out.answers.aggregate(**counts))


def left_out(hand_out: HandOut) -> list[tuple[str, str]]:
    """(name, code of `operations.handing_out.WHY`) of each that needs somebody's eye, in order. Two queries."""
    rows = list(hand_out.receivers.exclude(left=[]).select_related("organizer", "university"))
    pairs = [(row, each) for row in rows for each in row.left]
    units = SchoolUnit.objects.in_bulk({each["unit"] for _row, each in pairs if each["unit"]})
    found = [(_name(row, units.get(each["unit"])), each["why"]) for row, each in pairs]
    return sorted(found, key=lambda one: one[1])


def _name(row: Any, unit: SchoolUnit | None) -> str:
    receiver = row.organizer or row.university
    return f"{unit.name}, {receiver.name}" if unit else str(receiver.name)
