"""Filled PDFs come back: taken in as they came, compared with the answer, and gone through field by field."""

from samspel.forms.operations.handing_in.coming import hand_in
from samspel.forms.operations.handing_in.deciding import Decided, decide, put_away
from samspel.forms.operations.handing_in.refusals import HandedInRefused

__all__ = ["Decided", "HandedInRefused", "decide", "hand_in", "put_away"]
