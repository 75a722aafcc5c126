"""The registry's part of the demo: real published figures, invented organizers and invented people.

Real organizers carry nothing but published figures; everything else belongs to organizers that do not exist. Their
numbers begin with 49, which no legal form has, pass the check digit and occur in no official file; the codes of their
school units begin with 0, which the register never gives.
"""

from __future__ import annotations

from django.utils import timezone

from samspel.registry.demo import entry, figures, organizers, people


def fill() -> None:
    """Add what is not there yet, and nothing twice."""
    at = timezone.now()
    figures.fill(at)
    organizers.fill(at)
    people.fill(at)
    entry.fill(at)
