"""The demo's people, to log in as with one button. Outside a demo home there is no such page."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samspel.accounts import operations, permissions, queries
from samspel.accounts.forms.login import DemoForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: HttpRequest) -> HttpResponse:
    """The list; posted, the login. Raises Http404 outside a demo home, whoever asks."""
    if not permissions.may_see_demo_people():
        raise Http404
    if request.method == "POST":
        return _enter(request)
    return render(request, "accounts/demo.html", {"groups": queries.demo_people_by_group(timezone.now())})


@transaction.atomic
def _enter(request: HttpRequest) -> HttpResponse:
    form = DemoForm(request.POST)
    person = queries.person_by_email(form.cleaned_data["email"]) if form.is_valid() else None
    if person is None:
        raise Http404
    permissions.require(permissions.may_be_entered_in_demo(person))
    # Whoever tries the demo tries every deed, so its level is the highest (SAMSPEL_LEVELS).
    record_authentication(request, person, operations.BY_DEMO)
    get_adapter(request).login(request, person)
    UserSession.objects.create_from_request(request)
    return redirect("accounts:work")
