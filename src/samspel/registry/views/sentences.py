"""Faults of files as sentences: which file, sheet, row and column, what stood there and what was expected."""

from __future__ import annotations

from django.utils.translation import gettext

from samspel.registry.rules.official import EXPECTED, FAULT_SENTENCES, PLACES, Fault

# What only shows when files are seen together.
OWN_SENTENCES = {
    "files_disagree": "Two files say different things of “{stood}”. Expected: {expected}.",
}
OWN_EXPECTED = {
    "as_other_file": "the same figure as in {among}",
}


def place(fault: Fault) -> str:
    """Where it is: `antal.csv, blad ”Statistik”, rad 12, kolumn ”Kommun-kod”`."""
    told = {"file": fault.file, "sheet": fault.sheet, "row": fault.row, "column": fault.column}
    return ", ".join(gettext(PLACES[name]).format(**told) for name, value in told.items() if value)


def expected(fault: Fault) -> str:
    """What should have stood there."""
    words = (EXPECTED | OWN_EXPECTED).get(fault.expected, fault.expected)
    return gettext(words).format(among=", ".join(fault.among)) if words else ""


def what(fault: Fault) -> str:
    """What is wrong, without where."""
    words = (FAULT_SENTENCES | OWN_SENTENCES)[fault.code]
    return gettext(words).format(stood=fault.stood, expected=expected(fault))


def sentence(fault: Fault) -> str:
    """The whole of it, in the language being read."""
    where = place(fault)
    return f"{where}: {what(fault)}" if where else what(fault)
