"""Whom an audience is, on a day: the recipients, how many they are, and the audience in words."""

from samspel.letters.queries.audiences.counting import count, is_to_all
from samspel.letters.queries.audiences.picking import Picked, picked, recipients, unreached
from samspel.letters.queries.audiences.reasons import whys
from samspel.letters.queries.audiences.showing import Shown, shown
from samspel.letters.queries.audiences.words import described

__all__ = ["Picked", "Shown", "count", "described", "is_to_all", "picked", "recipients", "shown", "unreached", "whys"]
