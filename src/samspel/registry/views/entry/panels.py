"""What the ways in show on other pages: of an organizer in public, and of an organization to those who run it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.registry.models import InvitationState, Organizer
from samspel.registry.queries import entry as queries
from samspel.registry.queries.organizations import Organization
from samspel.registry.queries.organizers import Panel


def ways_in(request: Any, organizer: Organizer) -> Panel | None:
    """On the public page: how one comes to act for the organizer, and how it gets a coordinator."""
    if organizer.ended_on:
        return None
    return Panel("vagar-in", _("Do you work here?"), "registry/entry/panel_public.html", {"organizer": organizer})


def open_invitations(request: HttpRequest, organization: Organization) -> Panel | None:
    """On the organization's own page: who has been invited and has not answered; for those who invite."""
    at = timezone.now()
    if organization.place not in queries.invitation_places(request.user, at):
        return None
    place = {"organizer": organization.organizer, "university": organization.university}
    rows = queries.invitations_visible_to(request.user, at).filter(state=InvitationState.OPEN, **place)[:20]
    key = organization.organizer.organization_number if organization.organizer else organization.university.slug
    facts = {"rows": [(one, one.expires_at > at) for one in rows], "key": key}
    return Panel("inbjudningar", _("Open invitations"), "registry/entry/panel_invitations.html", facts)
