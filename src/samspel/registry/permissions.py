"""Who may do what in the registry: one table, and predicates that read it. Other apps ask here for roles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import ANY_STATE, ANYBODY, THE_SYSTEM, Deed, Level, Table, holds, require
from samspel.registry.models import Role

__all__ = ["TABLE", "holds", "may_appoint", "may_import", "may_invent", "require"]

IMPORT = "import"
APPOINT_AT_AGENCY = "appoint_at_agency"

# Ways in.
SEND_AUTHORIZATION = "send_authorization"
JUDGE_AUTHORIZATION = "judge_authorization"
INVITE = "invite"
REGISTER_INTEREST = "register_interest"
ANSWER_INTEREST = "answer_interest"
DRAFT_APPOINTMENT = "draft_appointment"
CONFIRM_DRAFT = "confirm_draft"
ADD_PEOPLE_ANYWHERE = "add_people_anywhere"
ADD_PEOPLE_AT_HOME = "add_people_at_home"

_IMPORTERS = frozenset({Role.EDUCATION_OFFICER, Role.ADMINISTRATOR})
_GATEKEEPERS = _IMPORTERS
_HEADS = frozenset({Role.ADMINISTRATOR, Role.CHIEF_EDUCATION_OFFICER})

TABLE = Table(
    title=_("Organizers, people and official figures"),
    deeds={
        IMPORT: Deed(_("Import official files"), {ANY_STATE: _IMPORTERS}),
        APPOINT_AT_AGENCY: Deed(
            _("Appoint people at the agency"), {ANY_STATE: frozenset({Role.ADMINISTRATOR, THE_SYSTEM})}
        ),
        SEND_AUTHORIZATION: Deed(
            _("Send in an organization's authorization"), {ANY_STATE: frozenset({ANYBODY})}, level=Level.READ
        ),
        JUDGE_AUTHORIZATION: Deed(
            _("Accept or refuse an authorization"), {ANY_STATE: _GATEKEEPERS}, level=Level.SUBMIT
        ),
        INVITE: Deed(
            _("Invite people to the own organization"),
            {ANY_STATE: _HEADS},
            level=Level.SUBMIT,
            at_own_place=_HEADS,
        ),
        REGISTER_INTEREST: Deed(_("Register interest in a coordinator"), {ANY_STATE: frozenset({ANYBODY})}),
        ANSWER_INTEREST: Deed(_("Answer those who registered interest"), {ANY_STATE: _GATEKEEPERS}, level=Level.SUBMIT),
        DRAFT_APPOINTMENT: Deed(
            _("Draft an appointment for an organizer to confirm"),
            {ANY_STATE: _GATEKEEPERS | {Role.REGISTRAR, THE_SYSTEM}},
            level=Level.SUBMIT,
        ),
        CONFIRM_DRAFT: Deed(
            _("Confirm or decline a drafted appointment"), {ANY_STATE: _HEADS}, level=Level.SUBMIT, at_own_place=_HEADS
        ),
        ADD_PEOPLE_ANYWHERE: Deed(
            _("Add many people with roles in any organization"), {ANY_STATE: _GATEKEEPERS}, level=Level.SUBMIT
        ),
        ADD_PEOPLE_AT_HOME: Deed(
            _("Add many people with roles in the own organization"),
            {ANY_STATE: frozenset({Role.ADMINISTRATOR})},
            level=Level.SUBMIT,
            at_own_place=frozenset({Role.ADMINISTRATOR}),
        ),
    },
)


def may_import(person: Any, at: datetime) -> bool:
    """Education officers and administrators import official files."""
    return TABLE.allows(person, IMPORT, at)


def may_appoint(person: Any, at: datetime) -> bool:
    """Administrators appoint, and the system itself for upkeep and the demo."""
    return TABLE.allows(person, APPOINT_AT_AGENCY, at)


def may_invent(person: Any) -> bool:
    """Only the system, and only in a demo home, adds organizers that do not exist."""
    return person is SYSTEM and settings.SAMSPEL_IS_DEMO
