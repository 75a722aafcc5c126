"""When somebody can stand in for another: within the task's own days, one deputy at a time. Pure: no Django here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samspel.registry.rules.appointments import Span, are_in_reach


@dataclass(frozen=True)
class Absence:
    """From when to when (last day included), of whose task, and whether the deputy is herself or unknown there."""

    span: Span
    task: Span
    is_over: bool = False
    is_herself: bool = False
    is_named_by_herself: bool = False
    is_known_there: bool = True


def obstacles(absence: Absence, others: Iterable[Span] = ()) -> list[str]:
    """Everything that keeps it from being, in a fixed order. `others`: deputies already named for the same task."""
    checks = {
        "deputy_is_herself": not absence.is_herself,
        "names_herself": absence.is_herself or not absence.is_named_by_herself,
        "deputy_unknown_here": absence.is_known_there,
        "days_out_of_reach": are_in_reach(absence.span),
        "ends_before_it_begins": not absence.span.is_empty,
        "absence_over": not absence.is_over,
        "outside_the_task": _is_within(absence.span, absence.task),
        "deputy_already": not any(absence.span.meets(other) for other in others),
    }
    return [code for code, is_met in checks.items() if not is_met]


def _is_within(span: Span, task: Span) -> bool:
    if task.is_empty or span.from_on < task.from_on:
        return False
    return task.to_on is None or (span.to_on is not None and span.to_on <= task.to_on)
