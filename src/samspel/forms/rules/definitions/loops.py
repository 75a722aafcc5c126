"""Conditions that wait for each other: a question that is asked only if it was answered never is."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from samspel.forms.rules.definitions.parts import Definition


def loops(definition: Definition) -> list[tuple[str, ...]]:
    """Loops of conditions, each as keys in order with the first once more at the end; empty if there is none.

    A question waits for those that its condition names and those that its section's condition names, so a section that
    names a question of its own makes a loop too. Of loops that share questions one may be told for all.
    """
    waits = {key: set(needed) for key, needed in definition.waits.items()}
    found: list[tuple[str, ...]] = []
    while True:
        try:
            TopologicalSorter(waits).prepare()
        except CycleError as cycle:
            loop = tuple(reversed(cycle.args[1]))
            found.append(loop)
            for key in loop:
                waits[key] = set()
        else:
            return found
