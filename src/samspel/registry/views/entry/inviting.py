"""Invitations as those who run an organization see them: sent ones, a new one, remind, send anew, withdraw."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.accounts.queries import names_of
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Badge, Crumb
from samspel.registry import permissions
from samspel.registry.forms.entry import InvitationForm
from samspel.registry.models import Invitation, InvitationState, Role
from samspel.registry.operations import invitations as operations
from samspel.registry.operations.entrants import EntrantRefused
from samspel.registry.queries import entry as queries
from samspel.registry.queries.organizations import Organization, organization_at
from samspel.registry.queries.organizers import units_in_use
from samspel.registry.views.entry.gates import only, ways_of

inviters_only = only(lambda person, at: bool(queries.invitation_places(person, at)))
CHANGES = {
    "paminn": (operations.remind, gettext_lazy("The reminder is sent.")),
    "fornya": (operations.renew, gettext_lazy("The invitation is sent anew. The old link works no more.")),
    "aterkalla": (operations.withdraw, gettext_lazy("The invitation is withdrawn. Its link works no more.")),
}


@inviters_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Everybody invited to the organizations that one runs, newest first."""
    return _listing(request)


def _listing(request: HttpRequest, *, errors: Any = (), status: int = 200) -> HttpResponse:
    at = timezone.now()
    rows = list(queries.invitations_visible_to(request.user, at)[:200])
    people = names_of([row.invited_by for row in rows])
    page = {
        "ways": ways_of(request.user),
        "crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Invitations"))],
        "rows": [_row(row, people, at) for row in rows],
        "places": [organization_at(place) for place in queries.invitation_places(request.user, at)],
        "errors": errors,
    }
    return render(request, "registry/entry/invitations.html", page, status=status)


def _row(one: Invitation, people: dict[Any, str], at: Any) -> dict[str, Any]:
    return {
        "one": one,
        "place": one.school_unit or one.organizer or one.university,
        "badge": badge_of(one, at),
        "inviter": people.get(one.invited_by, ""),
        "is_open": one.state == InvitationState.OPEN,
        "is_running": one.state == InvitationState.OPEN and one.expires_at > at,
    }


def badge_of(one: Invitation, at: Any) -> Badge:
    """What an invitation's state is called: one whose time is over is expired."""
    if one.state == InvitationState.OPEN:
        return Badge(_("Sent"), "info") if one.expires_at > at else Badge(_("Expired"), "warning")
    return Badge(one.get_state_display(), "success" if one.state == InvitationState.ACCEPTED else "neutral")


@inviters_only
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody: `?till=` says where, for who runs several organizations."""
    where = _where(request)
    at = timezone.now()
    names = dict(Role.choices)
    roles = [(role, names[role]) for role in permissions.roles_to_give(request.user, where.place, at)]
    units = units_in_use(where.organizer) if where.organizer else None
    form = InvitationForm(request.POST or None, roles=roles, units=units)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            operations.invite(organizer=where.organizer, university=where.university, by=request.user, at=at, **typed)
        except EntrantRefused as refusal:
            form.add_refused(refusal.faults)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitation is sent. It can be accepted during two weeks."))
            return redirect("registry:invitations")
    page = {
        "form": form,
        "where": where,
        "key": _key(where),
        "crumbs": [
            Crumb(_("To do"), reverse("accounts:work")),
            Crumb(_("Invitations"), reverse("registry:invitations")),
            Crumb(_("Invite")),
        ],
    }
    return render(request, "registry/entry/invite.html", page, status=422 if form.errors else 200)


def _where(request: HttpRequest) -> Organization:
    """The organization asked for among those she invites to; the first if none is asked for. 404 for another's."""
    places = [organization_at(place) for place in queries.invitation_places(request.user, timezone.now())]
    asked = request.GET.get("till", "")
    for one in places:
        if asked in ("", _key(one)):
            return one
    raise Http404


def _key(where: Organization) -> str:
    return where.organizer.organization_number if where.organizer else str(where.university and where.university.slug)


@inviters_only
@require_POST
def change(request: HttpRequest, key: UUID, word: str) -> HttpResponse:
    """Remind, send anew or withdraw."""
    if word not in CHANGES:
        raise Http404
    at = timezone.now()
    one = get_object_or_404(queries.invitations_visible_to(request.user, at), key=key)
    operation, done = CHANGES[word]
    try:
        operation(invitation=one, by=request.user, at=at)
    except Refusal as refusal:
        return _listing(request, errors=[(str(refusal), "")], status=409)
    messages.success(request, done)
    return redirect("registry:invitations")
