"""Who may do what with messages: one table. Roles stand here as codes; the app that keeps them is a floor above."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspel.kernel.permissions import AGENCY, ANY_STATE, THE_SYSTEM, Deed, Level, Place, Table, require

__all__ = [
    "CHANGE_SENDER",
    "CLEAR",
    "LOOK",
    "PRINT",
    "RETRY",
    "SETTLE",
    "TABLE",
    "may_look",
    "may_retry",
    "may_settle",
    "require",
]

ADMINISTRATOR = "administrator"
COORDINATOR = "coordinator"
REGISTRAR = "registrar"

LOOK = "look"
SETTLE = "settle"
RETRY = "retry"
CLEAR = "clear"
CHANGE_SENDER = "change_sender"
PRINT = "print"

_ADMINISTRATORS = frozenset({ADMINISTRATOR})

TABLE = Table(
    title=_("Messages and the running of the system"),
    deeds={
        LOOK: Deed(_("See how messages and jobs fare, and whom a stopped message is to"), {ANY_STATE: _ADMINISTRATORS}),
        SETTLE: Deed(
            _("Decide what becomes of a message in doubt, failed or bounced"),
            {ANY_STATE: _ADMINISTRATORS},
            level=Level.SUBMIT,
        ),
        RETRY: Deed(_("Let a failed job be tried again"), {ANY_STATE: _ADMINISTRATORS}, level=Level.SUBMIT),
        CLEAR: Deed(
            _("Say that an address works again"),
            {ANY_STATE: frozenset({ADMINISTRATOR, COORDINATOR, THE_SYSTEM})},
            level=Level.SUBMIT,
            at_own_place=frozenset({ADMINISTRATOR, COORDINATOR}),
            at_agency_too=_ADMINISTRATORS,
        ),
        CHANGE_SENDER: Deed(
            _("Change as whom a university's mail goes out"),
            {ANY_STATE: _ADMINISTRATORS},
            level=Level.SUBMIT,
            at_own_place=_ADMINISTRATORS,
            at_agency_too=_ADMINISTRATORS,
        ),
        PRINT: Deed(
            _("Print letters on paper and say that they are posted"),
            {ANY_STATE: frozenset({ADMINISTRATOR, REGISTRAR})},
            level=Level.SUBMIT,
        ),
    },
)


def may_look(person: Any, at: datetime) -> bool:
    """The agency's administrators."""
    return TABLE.allows(person, LOOK, at)


def may_settle(person: Any, at: datetime) -> bool:
    """The agency's administrators."""
    return TABLE.allows(person, SETTLE, at)


def may_retry(person: Any, at: datetime) -> bool:
    """The agency's administrators."""
    return TABLE.allows(person, RETRY, at)


def require_clear(person: Any, at: datetime, place: Place) -> None:
    """At the organization whose address it is, or at the agency. Raises PermissionDenied."""
    TABLE.require(person, CLEAR, at, place=where_counted(person, CLEAR, at, place))


def where_counted(person: Any, deed: str, at: datetime, place: Place) -> Place:
    """The place itself if her right to the deed is held there, else the agency."""
    return place if TABLE.allows(person, deed, at, place=place) else AGENCY


def may_change_sender(person: Any, at: datetime, place: Place) -> bool:
    """The administrators of the place, and the agency's."""
    return TABLE.allows(person, CHANGE_SENDER, at, place=where_counted(person, CHANGE_SENDER, at, place))


def may_print(person: Any, at: datetime) -> bool:
    """The agency's administrators and registrars."""
    return TABLE.allows(person, PRINT, at)
