"""Show once more, within a session, who one is: before ways to log in are changed, or for a surer login."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from samspel.accounts.forms.security import ConfirmByAppForm, ConfirmByMailForm, ConfirmByPasskeyForm
from samspel.accounts.operations import sessions
from samspel.accounts.queries.logins import is_fresh
from samspel.accounts.queries.methods import Methods, methods_of

# Where the session keeps the code that was sent, and where she was going when she was asked.
SENT: Final = "samspel_confirm_code"
GOING: Final = "samspel_going"
TRIES: Final = 5


def freshly_confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for who is logged in and showed within the last minutes who she is; others are asked first."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else reverse("accounts:security")
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': back})}")

    return guarded


@sensitive_post_parameters("code", "credential")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def confirm(request: HttpRequest) -> HttpResponse:
    """By passkey or app if she has one, else by a code to her address; then back to where she was going."""
    has = methods_of(request.user)
    form = _form(request, has)
    if request.method == "POST" and request.POST.get("action") == "send" and not has.has_second_factor:
        return _send(request)
    if request.method == "POST" and form is not None and _is_right(request, form):
        sessions.confirm(request=request, person=request.user, at=timezone.now())
        return redirect(get_next_redirect_url(request) or request.session.pop(GOING, "") or "accounts:security")
    return render(request, "accounts/confirm.html", _page(request, has, form))


def going(request: HttpRequest) -> str:
    """Where she was going before she was asked for a surer login ("" if nowhere); an address of ours."""
    asked = get_next_redirect_url(request) if request.GET.get("next") else None
    if asked:
        request.session[GOING] = asked
    return request.session.get(GOING, "")


def for_script(options: dict[str, Any]) -> str:
    """What a browser is asked for, as the passkey script reads it from its form."""
    return json.dumps(options, cls=DjangoJSONEncoder)


def _form(request: HttpRequest, has: Methods) -> Any:
    told = request.POST if request.method == "POST" else None
    if told is not None and "credential" in told:
        return ConfirmByPasskeyForm(told, user=request.user)
    told = told if told is not None and "code" in told else None
    if has.app_since or has.has_second_factor:
        return ConfirmByAppForm(told, user=request.user)
    return ConfirmByMailForm(told) if SENT in request.session or told else None


def _is_right(request: HttpRequest, form: Any) -> bool:
    if not form.is_valid():
        return False
    if not isinstance(form, ConfirmByMailForm):
        form.save()
        return True
    return _is_sent_code(request, form)


def _is_sent_code(request: HttpRequest, form: ConfirmByMailForm) -> bool:
    sent = request.session.get(SENT)
    if not sent or time.time() - sent["at"] > settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT:
        form.add_error("code", _("There is no code that is still valid. Ask for a new one."))
    elif compare_user_code(actual=form.cleaned_data["code"], expected=sent["code"]):
        del request.session[SENT]
        record_authentication(request, request.user, "code", email=request.user.email, reauthenticated=True)
        return True
    else:
        _count(request, sent)
        form.add_error("code", get_adapter().error_messages["incorrect_code"])
    return False


def _count(request: HttpRequest, sent: dict[str, Any]) -> None:
    tries = sent["tries"] + 1
    if tries >= TRIES:
        del request.session[SENT]
    else:
        request.session[SENT] = {**sent, "tries": tries}


def _send(request: HttpRequest) -> HttpResponse:
    adapter, email = get_adapter(), request.user.email
    if ratelimit.consume(request, action="request_login_code", key=email):
        code = adapter.generate_login_code()
        request.session[SENT] = {"code": code, "at": time.time(), "tries": 0}
        adapter.send_mail("account/email/login_code", email, {"request": request, "code": code})
    else:
        messages.error(request, adapter.error_messages["rate_limited"])
    following = get_next_redirect_url(request)
    return redirect(reverse("accounts:confirm") + (f"?{urlencode({'next': following})}" if following else ""))


def _page(request: HttpRequest, has: Methods, form: Any) -> dict[str, Any]:
    is_by_passkey = isinstance(form, ConfirmByPasskeyForm)
    return {
        "has": has,
        "form": ConfirmByAppForm(user=request.user) if is_by_passkey else form,
        "both_forms": [one for one in [form] if one is not None],
        "passkey_form": form if is_by_passkey else None,
        "options": for_script(begin_authentication(request.user)) if has.passkeys else "",
        "next": get_next_redirect_url(request) or "",
        "is_sent": SENT in request.session,
        "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
    }
