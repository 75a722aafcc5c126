"""Who may do what in the registry: one table, and predicates that read it. Other apps ask here for roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import (
    AGENCY,
    ANY_STATE,
    ANYBODY,
    HERSELF,
    THE_SYSTEM,
    Deed,
    Level,
    Place,
    Table,
    holds,
    is_looked_at,
    require,
    require_level,
)
from samspel.registry.models import Role
from samspel.registry.rules import roles

__all__ = ["TABLE", "holds", "may_appoint", "may_import", "may_invent", "require"]

IMPORT = "import"
# Appointments and organizations.
APPOINT_AT_AGENCY = "appoint_at_agency"
APPOINT_AT_ORGANIZER = "appoint_at_organizer"
APPOINT_HEADS = "appoint_heads"
APPOINT_AT_UNIVERSITY = "appoint_at_university"
APPOINT_ANYWHERE = "appoint_anywhere"
NAME_DEPUTY = "name_deputy"
SEE_HANDOVER = "see_handover"
SEE_OWN_ORGANIZER = "see_own_organizer"
SEE_OWN_UNIVERSITY = "see_own_university"
SEE_AGENCY = "see_agency"
SEE_ORGANIZATIONS = "see_organizations"
CORRECT_OWN_ADDRESSES = "correct_own_addresses"
CORRECT_ADDRESSES = "correct_addresses"

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
_AT_ORGANIZER = frozenset(Role(role) for role in roles.HELD_AT[roles.ORGANIZER])
_AT_UNIVERSITY = frozenset(Role(role) for role in roles.HELD_AT[roles.UNIVERSITY])
_AT_AGENCY = frozenset(Role(role) for role in roles.HELD_AT[roles.AGENCY])
_GIVE_HEADS = frozenset(Role(role) for role in roles.GIVE_HEADS)
_GIVE_OTHERS = frozenset(Role(role) for role in roles.GIVE_OTHERS)
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
# Those at the agency whose work is with the organizations.
_KNOW_ORGANIZATIONS = frozenset(
    {Role.EDUCATION_OFFICER, Role.DECISION_MAKER, Role.REGISTRAR, Role.PROCESS_SUPPORTER, Role.ADMINISTRATOR}
)
_HEADS = frozenset({Role.ADMINISTRATOR, Role.CHIEF_EDUCATION_OFFICER})

TABLE = Table(
    title=_("Organizers, people and official figures"),
    deeds={
        IMPORT: Deed(_("Import official files"), {ANY_STATE: _IMPORTERS | {THE_SYSTEM}}, level=Level.SUBMIT),
        APPOINT_AT_AGENCY: Deed(
            _("Appoint people at the agency"),
            {ANY_STATE: frozenset({Role.ADMINISTRATOR, THE_SYSTEM})},
            level=Level.SUBMIT,
        ),
        APPOINT_AT_ORGANIZER: Deed(
            _("Appoint, replace and end coordinators, principals and development leads of the own organizer"),
            {ANY_STATE: _GIVE_OTHERS},
            level=Level.SUBMIT,
            at_own_place=_GIVE_OTHERS,
            but=_("Never at another organizer."),
        ),
        APPOINT_HEADS: Deed(
            _("Appoint, replace and end those who speak for the whole organizer, administrators among them"),
            {ANY_STATE: _GIVE_HEADS},
            level=Level.SUBMIT,
            at_own_place=_GIVE_HEADS,
            but=_("Never the last administrator herself, while nobody else can administer."),
        ),
        APPOINT_AT_UNIVERSITY: Deed(
            _("Appoint, replace and end people of the own university"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
            at_own_place=_ADMINISTRATOR,
        ),
        APPOINT_ANYWHERE: Deed(
            _("Appoint, replace and end people anywhere, for upkeep"),
            {ANY_STATE: frozenset({Role.ADMINISTRATOR, THE_SYSTEM})},
            level=Level.SUBMIT,
        ),
        NAME_DEPUTY: Deed(
            _("Name a deputy for an appointment, and call her off"),
            {ANY_STATE: frozenset({HERSELF})},
            level=Level.SUBMIT,
            but=_("Also those who may appoint to the same role."),
        ),
        SEE_HANDOVER: Deed(
            _("See the handover of an appointment"),
            {ANY_STATE: frozenset({HERSELF})},
            but=_("Also her successor, and those of the organization itself who may appoint to the role."),
            is_private=True,
        ),
        SEE_OWN_ORGANIZER: Deed(
            _("See the own organizer's people"), {ANY_STATE: _AT_ORGANIZER}, at_own_place=_AT_ORGANIZER
        ),
        SEE_OWN_UNIVERSITY: Deed(
            _("See the own university's people"), {ANY_STATE: _AT_UNIVERSITY}, at_own_place=_AT_UNIVERSITY
        ),
        SEE_AGENCY: Deed(_("See the agency's people"), {ANY_STATE: _AT_AGENCY}),
        SEE_ORGANIZATIONS: Deed(_("See any organization's people"), {ANY_STATE: _KNOW_ORGANIZATIONS}),
        CORRECT_OWN_ADDRESSES: Deed(
            _("Correct the own organization's official mail and postal address"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
            at_own_place=_ADMINISTRATOR,
        ),
        CORRECT_ADDRESSES: Deed(
            _("Correct any organization's official mail and postal address, for upkeep"),
            {ANY_STATE: _ADMINISTRATOR},
            level=Level.SUBMIT,
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


def giving_deed(role: str, place: Place) -> str:
    """Which row of the table says who gives that role at that place."""
    if place is AGENCY:
        return APPOINT_AT_AGENCY
    if place[0] == "university":
        return APPOINT_AT_UNIVERSITY
    return APPOINT_HEADS if roles.is_head(role) else APPOINT_AT_ORGANIZER


def allows_at_home(person: Any, role: str, place: Place, at: datetime) -> bool:
    """Whether she may give that role by a role of her own at that place, upkeep left aside."""
    return TABLE.allows(person, giving_deed(role, place), at, place=place)


def may_give(person: Any, role: str, place: Place, at: datetime) -> bool:
    """Whether a person may appoint, replace and end somebody in that role at that place, however she logged in."""
    return allows_at_home(person, role, place, at) or TABLE.allows(person, APPOINT_ANYWHERE, at)


def require_may_give(person: Any, role: str, place: Place, at: datetime) -> None:
    """Raises PermissionDenied unless she may give that role there, LevelTooLow if only the login falls short."""
    require(may_give(person, role, place, at))
    require_level(person, TABLE.deeds[giving_deed(role, place)].level)


def roles_to_give(person: Any, place: Place, at: datetime) -> list[str]:
    """The roles that a person may give at a place, in the order a form offers them."""
    where = roles.AGENCY if place is AGENCY else place[0]
    return [role for role in roles.given_at(where) if may_give(person, role, place, at)]


def may_name_deputy(person: Any, *, whose: Any, role: str, place: Place, at: datetime) -> bool:
    """She whose task it is, and those who may appoint to it."""
    return TABLE.allows(person, NAME_DEPUTY, at, whose=whose) or may_give(person, role, place, at)


def may_see_handover(person: Any, *, whose: Iterable[Any], role: str, place: Place, at: datetime) -> bool:
    """Who leaves and who comes (`whose`), and those of the organization itself who may appoint to the role."""
    if is_looked_at(person):
        return False
    is_hers = any(TABLE.allows(person, SEE_HANDOVER, at, whose=one) for one in whose)
    return is_hers or allows_at_home(person, role, place, at)


def may_appoint(person: Any, at: datetime) -> bool:
    """Whether a person may appoint people at the agency itself, and the system for upkeep and the demo."""
    return TABLE.allows(person, APPOINT_AT_AGENCY, at)


def may_see_organization(person: Any, place: Place, at: datetime) -> bool:
    """Its own people, whatever their role there, and those at the agency whose work is with the organizations."""
    own = {None: SEE_AGENCY, "organizer": SEE_OWN_ORGANIZER, "university": SEE_OWN_UNIVERSITY}
    deed = own[None if place is AGENCY else place[0]]
    return TABLE.allows(person, deed, at, place=place) or TABLE.allows(person, SEE_ORGANIZATIONS, at)


def may_list_organizations(person: Any, at: datetime) -> bool:
    """Those at the agency whose work is with the organizations."""
    return TABLE.allows(person, SEE_ORGANIZATIONS, at)


def may_correct_addresses(person: Any, place: Place, at: datetime) -> bool:
    """The organization's own administrators, and the agency's for upkeep."""
    is_hers = TABLE.allows(person, CORRECT_OWN_ADDRESSES, at, place=place)
    return is_hers or TABLE.allows(person, CORRECT_ADDRESSES, at)


def may_invent(person: Any) -> bool:
    """Only the system, and only in a demo home, adds organizers that do not exist."""
    return person is SYSTEM and settings.SAMSPEL_IS_DEMO
