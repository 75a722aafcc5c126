"""Conditions that wait for each other: a question that is asked only if it was answered never is."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from samspel.forms.rules.definitions.parts import Definition


def loops(definition: Definition) -> list[tuple[str, ...]]:
    """One loop of conditions as keys in order, the first once more at the end; empty if there is none.

    A question waits for those its condition names and for those its section's condition names; a section never names a
    question of its own.
    """
    try:
        TopologicalSorter(waits(definition)).prepare()
    except CycleError as found:
        return [tuple(reversed(found.args[1]))]
    return []


def waits(definition: Definition) -> dict[str, set[str]]:
    """Question to the questions that decide whether it is asked."""
    found: dict[str, set[str]] = {}
    for section in definition.sections:
        of_section = section.asked_when.questions if section.asked_when else frozenset()
        for question in section.questions:
            own = question.asked_when.questions if question.asked_when else frozenset()
            found[question.key] = set(own | of_section)
    return found
