"""Forms as PDF: to fill in (blank, or with what is known), and as they were submitted."""

from samspel.forms.queries.sheets.filling import blank, sheet
from samspel.forms.queries.sheets.finishing import finished, names_protected

__all__ = ["blank", "finished", "names_protected", "sheet"]
