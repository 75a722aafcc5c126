"""A filled PDF: what it says of an answer, and how that stands beside what the system has."""

from samspel.forms.rules.handed_in.comparing import Compared, Standing, Unit, compared, units
from samspel.forms.rules.handed_in.reading import ReadField, Texts, unknown_names, values_in, with_rows

__all__ = [
    "Compared",
    "ReadField",
    "Standing",
    "Texts",
    "Unit",
    "compared",
    "units",
    "unknown_names",
    "values_in",
    "with_rows",
]
