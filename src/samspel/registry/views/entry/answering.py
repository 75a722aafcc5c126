"""The page behind an invitation's link: looking at it does nothing, so that a mail program's own look is harmless."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from samspel.accounts.queries import names_of
from samspel.kernel.audit import SYSTEM
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Fact
from samspel.kernel.ui.dates import moment_text
from samspel.registry.models import Invitation, Role
from samspel.registry.operations import invitations as operations
from samspel.registry.views.entry.gates import is_too_often

GONE = 410
"""The same answer for every link that opens nothing: used, expired, withdrawn or never made."""


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what, and the button that accepts."""
    if is_too_often(request, "invitation", "link"):
        return render(request, "429.html", status=429)
    at = timezone.now()
    try:
        if request.method == "POST":
            return _accepted(request, operations.accept(token=token, by=_reader(request), at=at))
        return _shown(request, operations.opened(token, at))
    except operations.InvitationClosed as refusal:
        return _closed(request, refusal, GONE)
    except operations.WrongPerson:
        return _shown(request, operations.opened(token, at), status=403)
    except Refusal as refusal:
        return _closed(request, refusal, 409)


def _reader(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else SYSTEM


def _shown(request: HttpRequest, one: Invitation, *, status: int = 200) -> HttpResponse:
    place = one.school_unit or one.organizer or one.university
    facts = [
        Fact(_("Task"), Role(one.role).label),
        Fact(_("Where"), str(place), note=str(one.organizer) if one.school_unit else ""),
        Fact(_("Invited by"), names_of([one.invited_by]).get(one.invited_by, "–")),
        Fact(_("To"), one.name, note=one.email),
        Fact(_("Open until"), moment_text(one.expires_at)),
    ]
    reader = request.user if request.user.is_authenticated else None
    page = {"facts": facts, "place": place, "is_other": reader is not None and reader.email != one.email}
    return render(request, "registry/entry/invited.html", page, status=status)


def _accepted(request: HttpRequest, one: Invitation) -> HttpResponse:
    place = one.school_unit or one.organizer or one.university
    where = reverse("accounts:work") if request.user.is_authenticated else reverse("account_login")
    page = {"role": Role(one.role).label, "place": place, "email": one.email, "address": where}
    return render(request, "registry/entry/invitation_accepted.html", page)


def _closed(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
    return render(request, "registry/entry/invitation_closed.html", {"why": str(refusal)}, status=status)
