"""How one logs in and where one is logged in: the page of one's own security."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.accounts import permissions
from samspel.accounts.operations import methods, sessions
from samspel.accounts.queries.logins import LEVEL, LINKING
from samspel.accounts.queries.methods import links_of, methods_of, name_in_language
from samspel.accounts.queries.sessions import sessions_of
from samspel.accounts.rules.levels import READ, SIGN, SUBMIT
from samspel.accounts.views import people
from samspel.accounts.views.confirming import freshly_confirmed, going


@never_cache
@login_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Her passkeys, app and recovery codes, organizations' logins, sessions; and how sure this login is."""
    has = methods_of(request.user)
    if settings.SAMSPEL_LOGINS:
        request.session.setdefault(LINKING, get_random_string(32))
    page = {
        "has": has,
        "links": links_of(request.user),
        "link_word": request.session.get(LINKING, ""),
        "logins": [(login.id, name_in_language(login)) for login in settings.SAMSPEL_LOGINS],
        "sessions": sessions_of(request.user, timezone.now(), request.session.session_key),
        "level": int(request.session.get(LEVEL, READ)),
        "submit_level": SUBMIT,
        "sign_level": SIGN,
        "going": going(request),
        "crumbs": [(_("My account"), reverse("accounts:account")), (_("How you log in"), "")],
    }
    return render(request, "accounts/security.html", page)


@never_cache
@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of her sessions; that of another browser there and then, her own like logging out."""
    if not sessions.end(person=request.user, session=pk, by=request.user, at=timezone.now()):
        raise Http404
    messages.success(request, _("That session is ended."))
    return redirect("accounts:security")


@never_cache
@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions but this one."""
    this, now = request.session.session_key, timezone.now()
    sessions.end_others(person=request.user, this_key=this, by=request.user, at=now)
    messages.success(request, _("You are logged in here alone now."))
    return redirect("accounts:security")


@freshly_confirmed
@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """An organization's login lets her in no more."""
    if not methods.unlink(person=request.user, link=pk, by=request.user, at=timezone.now()):
        raise Http404
    messages.success(request, _("That login no longer lets you in here."))
    return redirect("accounts:security")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """Take away somebody's lost ways to log in, after a page that says what that means."""
    person = people.seen(request, person_key)
    permissions.require_role(request.user, permissions.RESET_LOGIN, timezone.now())
    back = people.page_of(person)
    if request.method == "POST":
        methods.take_away(person=person, by=request.user, at=timezone.now())
        messages.success(request, _("The ways to log in are taken away. A code by mail lets her in."))
        return redirect(back)
    title = _("Take away the ways to log in")
    page = {"person": person, "has": methods_of(person), "title": title, "back_url": back}
    return render(
        request, "accounts/person_login.html", {**page, "crumbs": people.crumbs((person.shown_name, back), (title, ""))}
    )
