"""Places in free text that look like personal data, for the writer to look at. She decides; nothing is taken away.

Found: personal and coordination numbers, telephone numbers, mail addresses, and a first name with an age or a class.
Not found: a name alone, since the names of authors and heads belong in reports.
"""

from __future__ import annotations

from samspel.forms.rules.personal.contacts import mails, phones
from samspel.forms.rules.personal.findings import Finding, Kind
from samspel.forms.rules.personal.names import named
from samspel.forms.rules.personal.numbers import numbers

__all__ = ["Finding", "Kind", "find"]


def find(text: str) -> list[Finding]:
    """Every place in order. What one kind has found is not found once more as another."""
    found: list[Finding] = []
    taken = bytearray(len(text))
    for search in (mails, numbers, phones, named):
        for each in search(text):
            if not any(taken[each.start : each.end]):
                taken[each.start : each.end] = b"\x01" * (each.end - each.start)
                found.append(each)
    return sorted(found, key=lambda each: (each.start, each.end))
