"""Forms are handed out, to one organizer or many, and withdrawn again from all who have not submitted."""

from samspel.forms.operations.handing_out.deciding import MOST, HandedOut, hand_out
from samspel.forms.operations.handing_out.lots import carry_out, go_on
from samspel.forms.operations.handing_out.withdrawing import withdraw
from samspel.forms.operations.handing_out.words import AT_ONCE, NOBODY_SUBMITS, NOBODY_THERE, OPEN_ALREADY, WHY

__all__ = [
    "AT_ONCE",
    "MOST",
    "NOBODY_SUBMITS",
    "NOBODY_THERE",
    "OPEN_ALREADY",
    "WHY",
    "HandedOut",
    "carry_out",
    "go_on",
    "hand_out",
    "withdraw",
]
