"""What registry hands down to the apps below it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.accounts.operations.anonymizing import emptiers, holders
from samspel.accounts.operations.merging import movers
from samspel.accounts.queries import absences, demo_people, due_sources, role_providers, todo_providers
from samspel.accounts.queries.extracts import parts
from samspel.accounts.queries.federations import organizations_of_login
from samspel.accounts.queries.role_rows import people_at_places, role_rows, role_words
from samspel.accounts.queries.role_rows import role_terms as role_term_providers
from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui.navigation import NAVIGATION, WORKSPACE, NavItem
from samspel.post.operations.daily_mail import administrators
from samspel.post.queries.senders import sender_places
from samspel.registry import permissions
from samspel.registry.models import Role
from samspel.registry.operations import emptying, moving
from samspel.registry.queries import (
    appointments,
    asks,
    due,
    endings,
    entry,
    extracts,
    handover,
    holdings,
    imports,
    login_resolver,
    organizations,
    organizers,
    places,
    role_terms,
    stand_ins,
)
from samspel.registry.views.entry import panels

_OTHER_WAYS_IN = ("registry:interests", "registry:drafts", "registry:bulk")


def _may_import(user: Any) -> bool:
    """The roles are read once for a request, and for nobody who is not logged in."""
    return permissions.may_import(user, timezone.now())


def _has_task(user: Any) -> bool:
    return bool(gate.holdings_of(user, timezone.now()))


def _may_list(user: Any) -> bool:
    return permissions.may_list_organizations(user, timezone.now())


def _may_judge(user: Any) -> bool:
    return permissions.TABLE.allows(user, permissions.JUDGE_AUTHORIZATION, timezone.now())


def _may_invite(user: Any) -> bool:
    return bool(entry.invitation_places(user, timezone.now()))


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(
        {
            "registry.import.proposed": _("Handed in and looked at"),
            "registry.import.compared": _("Compared anew"),
            "registry.import.applied": _("Imported"),
            "registry.import.discarded": _("Thrown away"),
            "registry.import.withdrawn": _("Withdrawn"),
            "registry.organizer.registered": _("Came with an extract of the register"),
            "registry.organizer.changed": _("Changed by an extract of the register"),
            "registry.organizer.ended": _("No longer in the register"),
            "registry.organizer.restored": _("Put back as it was: the extract was withdrawn"),
            "registry.school_unit.registered": _("Came with an extract of the register"),
            "registry.school_unit.changed": _("Changed by an extract of the register"),
            "registry.school_unit.ended": _("No longer in the register"),
            "registry.school_unit.restored": _("Put back as it was: the extract was withdrawn"),
            "registry.appointment.made": _("Appointed"),
            "registry.appointment.replaced": _("Replaced"),
            "registry.appointment.ended": _("End decided"),
            "registry.appointment.prolonged": _("Prolonged"),
            "registry.appointment.taken_back": _("Taken back before it began"),
            "registry.appointment.corrected": _("Corrected"),
            "registry.appointment.end_announced": _("The end was announced"),
            "registry.appointment.moved": _("Moved from a duplicate of the same person"),
            "registry.appointment.joined": _("Joined with the same task of a duplicate"),
            "registry.stand_in.set": _("A deputy was named"),
            "registry.stand_in.cancelled": _("The deputy was called off"),
            "registry.organizer.addresses_corrected": _("Addresses corrected"),
            "registry.university.addresses_corrected": _("Addresses corrected"),
            "registry.organizer.invented": _("Invented for the demonstration"),
            "registry.university.invented": _("Invented for the demonstration"),
            "registry.authorization.submitted": _("Came in"),
            "registry.authorization.accepted": pgettext_lazy("authorization", "Accepted"),
            "registry.authorization.refused": _("Not accepted"),
            "registry.invitation.sent": _("Invited"),
            "registry.invitation.reminded": _("Reminded"),
            "registry.invitation.renewed": _("Sent anew"),
            "registry.invitation.withdrawn": _("Withdrawn"),
            "registry.invitation.accepted": pgettext_lazy("invitation", "Accepted"),
            "registry.invitation.end_announced": _("Reminded before the end"),
            "registry.invitation.expired": _("Expired"),
            "registry.interest.registered": _("Came in"),
            "registry.interest.answered": _("Answered"),
            "registry.interest.declined": _("Put aside"),
            "registry.draft.made": _("Drafted"),
            "registry.draft.confirmed": _("Confirmed by the organizer"),
            "registry.draft.declined": _("Declined by the organizer"),
            "registry.people_batch.proposed": _("Handed in and looked at"),
            "registry.people_batch.applied": _("Carried out"),
            "registry.people_batch.discarded": _("Thrown away"),
        }
    )
    gate.role_resolvers.add("registry", holdings.holdings)
    organizations_of_login.add("registry", login_resolver.organizations_told)
    gate.role_names.add("registry", dict(Role.choices))
    gate.place_names.add("registry", places.names_of_places)
    gate.tables.add("registry", permissions.TABLE, order=30)
    sender_places.add("registry", places.sender_places)
    administrators.add("registry", organizations.administrators_to_tell)
    todo_providers.add("registry.imports", imports.waiting, order=40)
    todo_providers.add("registry.authorizations", entry.waiting_authorizations, order=41)
    todo_providers.add("registry.interests", entry.waiting_interests, order=42)
    todo_providers.add("registry.drafts", entry.waiting_drafts, order=43)
    todo_providers.add("registry.invitations", entry.sent_invitations, order=44)
    organizers.organizer_panels.add("registry.ways_in", panels.ways_in, order=90)
    organizations.organization_panels.add("registry.invitations", panels.open_invitations, order=40)
    WORKSPACE.add(
        "registry.ways_in", NavItem(_("Ways in"), "registry:authorizations", 41, _may_judge, covers=_OTHER_WAYS_IN)
    )
    WORKSPACE.add("registry.invitations", NavItem(_("Invitations"), "registry:invitations", 16, _may_invite))
    role_providers.add("registry.appointments", appointments.held_roles)
    role_rows.add("registry.appointments", role_terms.appointment_rows)
    role_rows.add("registry.stand_ins", role_terms.stand_in_rows)
    role_term_providers.add("registry.appointments", role_terms.terms)
    role_words.add("registry.appointments", role_terms.words)
    people_at_places.add("registry.appointments", role_terms.at_places)
    parts.add("registry.appointments", extracts.appointments, order=30)
    parts.add("registry.ways_in", extracts.ways_in, order=31)
    movers.add("registry", moving.move, order=30)
    holders.add("registry.managers", role_terms.manages)
    emptiers.add("registry", emptying.empty, order=30)
    todo_providers.add("registry.endings", endings.to_do, order=30)
    for source in due.SOURCES:
        due_sources.add(source.kind, source)
    absences.add("registry.stand_ins", stand_ins.absences)
    organizations.organization_asks.add("registry.people", asks.asked, order=20)
    organizations.organization_asks.add("registry.endings", endings.asked, order=30)
    handover.handover_parts.add("registry.unanswered", handover.unanswered, order=30)
    WORKSPACE.add("registry.organization", NavItem(_("My organization"), "registry:organization_mine", 15, _has_task))
    WORKSPACE.add("registry.organizations", NavItem(_("Organizations"), "registry:organizations", 50, _may_list))
    demo_people.add("registry.appointments", appointments.demo_people)
    WORKSPACE.add("registry.imports", NavItem(_("Imports"), "registry:imports", order=40, is_for=_may_import))
    NAVIGATION.add("registry.indicators", NavItem(_("Indicators"), "registry:indicators", order=40))
