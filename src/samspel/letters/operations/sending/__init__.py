"""A letter on its way: tried, planned, started once, stopped where it cannot be sent as it was approved."""

from samspel.letters.operations.sending.planning import START, plan, unplan
from samspel.letters.operations.sending.refusals import LetterRefused
from samspel.letters.operations.sending.starting import start, start_due, start_planned
from samspel.letters.operations.sending.trying import test_send

__all__ = ["START", "LetterRefused", "plan", "start", "start_due", "start_planned", "test_send", "unplan"]
