"""What stands before the pages of the ways in: who is let in, and how often a stranger may send something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.registry import permissions
from samspel.registry.models import Organizer
from samspel.registry.queries import bulk, entry

View = Callable[..., HttpResponse]


def only(may: Callable[[Any, datetime], bool]) -> Callable[[View], View]:
    """Logged in, and somebody who may; to everybody else the page is forbidden, and nobody lays it by."""

    def gate(view: View) -> View:
        @never_cache
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, timezone.now()):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return gate


def for_deed(deed: str) -> Callable[[View], View]:
    """For those at the agency whom the table lets do a deed."""
    return only(lambda person, at: permissions.TABLE.allows(person, deed, at))


def is_too_often(request: HttpRequest, action: str, key: str) -> bool:
    """Whether this sender, or this organization, has had enough for now (setting ACCOUNT_RATE_LIMITS)."""
    return not ratelimit.consume(request, action=action, key=key)


def organizer_of(number: str) -> Organizer:
    """The organizer of a number in an address, however written. 404 for no number or nobody's."""
    try:
        digits = parse_organization_number(number)
    except IdentifierRefused as refused:
        raise Http404 from refused
    return get_object_or_404(Organizer, organization_number=digits, ended_on__isnull=True)


def ways_of(person: Any) -> dict[str, bool]:
    """Which of the ways in a person works with, for the links between their pages."""
    at = timezone.now()
    return {
        "judges": permissions.TABLE.allows(person, permissions.JUDGE_AUTHORIZATION, at),
        "drafts": permissions.TABLE.allows(person, permissions.DRAFT_APPOINTMENT, at) or bool(entry.run_by(person, at)),
        "invites": bool(entry.invitation_places(person, at)),
        "adds": bulk.may_add(person, at),
    }
