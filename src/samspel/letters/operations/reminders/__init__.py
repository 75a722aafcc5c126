"""What changes reminders: planned from the dates, sent when their moment has come, put right, chosen, forgotten."""

from samspel.letters.operations.reminders.choosing import choose
from samspel.letters.operations.reminders.forgetting import empty, forget
from samspel.letters.operations.reminders.mails import KINDS
from samspel.letters.operations.reminders.moving import move
from samspel.letters.operations.reminders.planning import Planned, plan
from samspel.letters.operations.reminders.ruling import RuleRefused, end_rule, make_rule
from samspel.letters.operations.reminders.sending import Tally, send_due
from samspel.letters.operations.reminders.truth import put_right, still_true

__all__ = [
    "KINDS",
    "Planned",
    "RuleRefused",
    "Tally",
    "choose",
    "empty",
    "end_rule",
    "forget",
    "make_rule",
    "move",
    "plan",
    "put_right",
    "send_due",
    "still_true",
]
