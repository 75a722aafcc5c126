"""The tables of selection, a module per noun."""

from samspel.selection.models.offers import Offer, OfferKind, Response
from samspel.selection.models.results import DrawnPair, RankedSubject
from samspel.selection.models.rounds import DrawSeed, Exclusion, ExclusionKind, Round, RoundState

__all__ = [
    "DrawSeed",
    "DrawnPair",
    "Exclusion",
    "ExclusionKind",
    "Offer",
    "OfferKind",
    "RankedSubject",
    "Response",
    "Round",
    "RoundState",
]
