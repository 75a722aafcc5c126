"""Who may do what with case files and documents: one table, and predicates that read it (DOMAIN 5.3 and 7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspel.casefiles.models import CaseFile, CaseFileState, Document
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions import ANY_STATE, THE_SYSTEM, Deed, Level, Table, require
from samspel.registry.models import Role

SEE = "see"
SEE_OF_ORGANIZERS = "see_of_organizers"
SEE_SECRET = "see_secret"
OPEN = "open"
REGISTER = "register"
HANDLE = "handle"
CLOSE = "close"
REOPEN = "reopen"
MARK_SECRECY = "mark_secrecy"
CORRECT = "correct"
TAKE_JOURNAL = "take_journal"
SEE_QUESTIONS = "see_questions"
HANDLE_QUESTIONS = "handle_questions"

_REGISTRAR = frozenset({Role.REGISTRAR})
_DESK = frozenset({Role.REGISTRAR, Role.EDUCATION_OFFICER, Role.DECISION_MAKER})
_STAFF = _DESK | {Role.PAYMENTS_OFFICER}
_SYSTEM = frozenset({THE_SYSTEM})
_MAILBOX = frozenset({Role.EDUCATION_OFFICER, Role.REGISTRAR})
_IN_OPEN = CaseFileState.OPEN
_IN_CLOSED = CaseFileState.CLOSED

TABLE = Table(
    title=_("Case files and documents"),
    deeds={
        SEE: Deed(_("Read case files and documents that bear no secrecy mark"), {ANY_STATE: _STAFF}),
        SEE_OF_ORGANIZERS: Deed(
            _("Read case files of organizers, and their documents that bear no secrecy mark"),
            {ANY_STATE: frozenset({Role.PROCESS_SUPPORTER})},
            but=_("Never what concerns the selection."),
        ),
        SEE_SECRET: Deed(
            _("Read documents that bear a secrecy mark"),
            {ANY_STATE: _DESK},
            but=_("Each look is written in the audit."),
            is_private=True,
        ),
        OPEN: Deed(_("Open a case file"), {ANY_STATE: _DESK | _SYSTEM}, level=Level.SUBMIT),
        REGISTER: Deed(_("Register documents and file notes"), {_IN_OPEN: _STAFF | _SYSTEM}, level=Level.SUBMIT),
        HANDLE: Deed(
            _("Say who handles a case file, and add parties"), {_IN_OPEN: _DESK | _SYSTEM}, level=Level.SUBMIT
        ),
        CLOSE: Deed(_("Close a case file"), {_IN_OPEN: _DESK | _SYSTEM}, level=Level.SUBMIT),
        REOPEN: Deed(_("Open a closed case file again"), {_IN_CLOSED: _DESK | _SYSTEM}, level=Level.SUBMIT),
        MARK_SECRECY: Deed(
            _("Put a secrecy mark on a document, or take it away"), {ANY_STATE: _DESK}, level=Level.SUBMIT
        ),
        CORRECT: Deed(
            _("Put the title of a document right, or mark it as wrongly registered"),
            {ANY_STATE: _REGISTRAR},
            level=Level.SUBMIT,
        ),
        SEE_QUESTIONS: Deed(_("Read the questions of the shared mailbox"), {ANY_STATE: _MAILBOX}),
        HANDLE_QUESTIONS: Deed(
            _("Take, share out, answer and close questions of the shared mailbox"),
            {ANY_STATE: _MAILBOX},
            level=Level.SUBMIT,
        ),
        TAKE_JOURNAL: Deed(_("Take out the journal"), {ANY_STATE: _REGISTRAR}, is_private=True),
    },
    states=dict(CaseFileState.choices),
)

# Series that process supporters have no business in: they must not know whom they are compared with.
KEPT_FROM_SUPPORTERS = frozenset({"URV"})

Guard = Callable[[Any, Document, datetime], bool]

secret_guards: HandedDown[Guard] = HandedDown()
"""What else must hold for a person to read a secret document: higher apps hand in a guard for what is theirs."""


def may(person: Any, deed: str, at: datetime, case_file: CaseFile | None = None) -> bool:
    """Whether a person's role allows a deed, in the state the case file is in."""
    return TABLE.allows(person, deed, at, state=case_file.state if case_file else ANY_STATE)


def may_see_any(person: Any, at: datetime) -> bool:
    """Whether a person has any business among case files."""
    return may(person, SEE, at) or may(person, SEE_OF_ORGANIZERS, at)


def may_note(person: Any, at: datetime) -> bool:
    """Whether a person may write file notes."""
    return TABLE.allows(person, REGISTER, at, state=_IN_OPEN)


def may_read(person: Any, document: Document, at: datetime) -> bool:
    """Whether a person who sees the case file may read this document of it."""
    if not document.is_secret:
        return True
    return may(person, SEE_SECRET, at) and all(guard(person, document, at) for guard in secret_guards)


def may_see_questions(person: Any, at: datetime) -> bool:
    """Whether a person works with the shared mailbox."""
    return may(person, SEE_QUESTIONS, at)


def may_handle_questions(person: Any, at: datetime) -> bool:
    """Whether a person may have a question and answer it."""
    return may(person, HANDLE_QUESTIONS, at)


def require_readable(person: Any, document: Document, at: datetime) -> None:
    """Raises PermissionDenied unless the person may read the document."""
    require(may_read(person, document, at))


def require_note(person: Any, at: datetime) -> None:
    """Raises PermissionDenied, or LevelTooLow, unless the person may write file notes."""
    TABLE.require(person, REGISTER, at, state=_IN_OPEN)
