"""The tables of letters, one module per noun."""

from samspel.letters.models.audiences import ListRow, NamedList
from samspel.letters.models.key_dates import KeyDate, KeyDateChange, KeyDateState
from samspel.letters.models.letters import Frozen, Letter, LetterKind, LetterRevision, LetterState, LinkCheck, Picture
from samspel.letters.models.passing_on import PassedTo, PassingOn
from samspel.letters.models.promises import Promise, PromiseKind, PromiseState
from samspel.letters.models.recipients import Recipient
from samspel.letters.models.reminders import Reminder, ReminderChoice, ReminderRule, ReminderState, ReminderWay
from samspel.letters.models.subscriptions import Unsubscribed

__all__ = [
    "Frozen",
    "KeyDate",
    "KeyDateChange",
    "KeyDateState",
    "Letter",
    "LetterKind",
    "LetterRevision",
    "LetterState",
    "LinkCheck",
    "ListRow",
    "NamedList",
    "PassedTo",
    "PassingOn",
    "Picture",
    "Promise",
    "PromiseKind",
    "PromiseState",
    "Recipient",
    "Reminder",
    "ReminderChoice",
    "ReminderRule",
    "ReminderState",
    "ReminderWay",
    "Unsubscribed",
]
