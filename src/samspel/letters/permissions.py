"""Who may do what with letters, reminders and promises: one table.

Writing and sending are two deeds: an editor writes what others send. Who approves is never she who asked, where the
letter goes to all (rules.approvals).
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from samspel.kernel.permissions import (
    ANY_STATE,
    HERSELF,
    LOGGED_IN,
    THE_SYSTEM,
    Deed,
    Level,
    Table,
)
from samspel.letters.models import LetterState
from samspel.registry.models import Role

SEE = "see"
WRITE = "write"
APPROVE = "approve"
SEND = "send"
WITHDRAW = "withdraw"
CORRECT = "correct"
TAKE_OUT = "take_out"
KEEP_LISTS = "keep_lists"
KEEP_DATES = "keep_dates"
PROMISE = "promise"
FILL = "fill"
SEE_REMINDERS = "see_reminders"
SET_REMINDERS = "set_reminders"
CHOOSE_REMINDERS = "choose_reminders"
READ_RECEIVED = "read_received"
PASS_ON = "pass_on"

_WRITERS: Final = frozenset({Role.EDITOR, Role.EDUCATION_OFFICER, Role.DECISION_MAKER, Role.EVENT_COORDINATOR})
_SENDERS: Final = frozenset({Role.EDUCATION_OFFICER, Role.DECISION_MAKER})
_STAFF: Final = _WRITERS | {Role.PROCESS_SUPPORTER, Role.REGISTRAR, Role.ADMINISTRATOR, Role.EVALUATOR}
_SYSTEM: Final = frozenset({THE_SYSTEM})
_ANYONE: Final = frozenset({LOGGED_IN})

_BEFORE = (LetterState.DRAFT, LetterState.FOR_APPROVAL, LetterState.APPROVED, LetterState.PLANNED)

TABLE: Final = Table(
    _("Letters, reminders and promises"),
    {
        SEE: Deed(_("See letters before they are sent, and how they arrived"), {ANY_STATE: _STAFF}),
        WRITE: Deed(_("Write a letter and say who gets it"), {LetterState.DRAFT: _WRITERS}),
        APPROVE: Deed(
            _("Approve a letter"),
            {LetterState.FOR_APPROVAL: _SENDERS},
            level=Level.SUBMIT,
            but=_("Not one's own, where it goes to all."),
        ),
        SEND: Deed(
            _("Plan when a letter is sent, and send it"),
            {LetterState.APPROVED: _SENDERS | _SYSTEM, LetterState.PLANNED: _SENDERS | _SYSTEM},
            level=Level.SUBMIT,
        ),
        WITHDRAW: Deed(_("Take a letter back before it is sent"), dict.fromkeys(_BEFORE, _WRITERS)),
        CORRECT: Deed(_("Begin a correction of a letter that was sent"), {LetterState.SENT: _WRITERS}),
        TAKE_OUT: Deed(
            _("Take out who gets a letter, as a file"),
            {ANY_STATE: _SENDERS},
            but=_("Never those with protected identity."),
        ),
        KEEP_LISTS: Deed(_("Keep named lists of recipients"), {ANY_STATE: _WRITERS}),
        KEEP_DATES: Deed(_("Keep key dates, move and cancel them"), {ANY_STATE: _WRITERS}),
        PROMISE: Deed(_("Promise what is to come, and when"), {ANY_STATE: _WRITERS}),
        FILL: Deed(
            _("Fill in what was promised, move its day, hand it over or say that it will not come"),
            {ANY_STATE: _WRITERS | {HERSELF}},
            but=_("Others than those who write letters: what they themselves owe."),
        ),
        SEE_REMINDERS: Deed(_("See which reminders are sent"), {ANY_STATE: _STAFF}),
        SET_REMINDERS: Deed(
            _("Decide when reminders are sent"),
            {ANY_STATE: frozenset({Role.ADMINISTRATOR, Role.DECISION_MAKER})},
            level=Level.SUBMIT,
        ),
        CHOOSE_REMINDERS: Deed(_("Choose how one wants one's own reminders"), {ANY_STATE: _ANYONE}),
        READ_RECEIVED: Deed(_("Read what one has been sent"), {ANY_STATE: _ANYONE}),
        PASS_ON: Deed(
            _("Pass a letter on, with a greeting"),
            {LetterState.SENT: _ANYONE},
            but=_("Only to those one's own task reaches."),
        ),
    },
    states=dict(LetterState.choices),
)
