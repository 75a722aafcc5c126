"""Log in by a code sent by mail or a passkey, and log out: allauth's views in our words, each one transaction."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.stagekit import get_pending_stage
from allauth.core.internal import ratelimit
from allauth.decorators import rate_limit
from allauth.mfa.base import views as second
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from samspel.accounts import permissions
from samspel.accounts.forms.login import AddressForm, CodeForm
from samspel.accounts.forms.security import LoginByPasskeyForm, SecondFactorForm, SecondFactorPasskeyForm
from samspel.accounts.queries.methods import methods_of, name_in_language
from samspel.accounts.views.confirming import for_script


@method_decorator(transaction.atomic, name="dispatch")
class Address(allauth.RequestLoginCodeView):
    """Ask for a code. Known address or not, the answer is the same page; the mail alone tells."""

    form_class = AddressForm
    template_name = "account/request_login_code.html"

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Whoever wrote the wrong address may begin again; a code on its way stays good until the next is sent."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the other ways in, whether a code is on its way, and whether one can choose a person (the demo)."""
        return super().get_context_data(
            **kwargs,
            has_code_on_its_way=get_pending_stage(self.request) is not None,
            is_demo=permissions.may_see_demo_people(),
            logins=[(login.id, name_in_language(login)) for login in settings.SAMSPEL_LOGINS],
        )


@method_decorator(sensitive_post_parameters("code"), name="dispatch")
@method_decorator(rate_limit(action="confirm_login_code"), name="dispatch")
@method_decorator(transaction.atomic, name="dispatch")
class Code(allauth.ConfirmLoginCodeView):
    """Enter the code. After a few wrong ones, or when its time is over, one asks for a new one."""

    form_class = CodeForm
    template_name = "account/confirm_login_code.html"
    extra_context = {"minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60}
    _process = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """allauth's, and a word on why, when it sends back to the start."""
        response = super().dispatch(request, *args, **kwargs)
        if self._process is None and not request.user.is_authenticated:
            messages.info(request, _("There is no code that is still valid. Ask for a new one."))
        return response


@method_decorator(sensitive_post_parameters("credential"), name="dispatch")
@method_decorator(ratelimit.decorator(app="allauth.mfa", action="webauthn_login"), name="dispatch")
@method_decorator(transaction.atomic, name="dispatch")
class Passkey(webauthn.LoginWebAuthnView):
    """A passkey in place of a code. Asked by our script it gives what the browser needs; posted, it lets in."""

    form_class = LoginByPasskeyForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Whoever asked for a code first may change her mind."""

    def form_invalid(self, form: LoginByPasskeyForm) -> HttpResponse:
        """Back to the beginning, and a word on why."""
        messages.error(self.request, _("The passkey was not one that we know. Try again, or ask for a code by mail."))
        return redirect("account_login")


@method_decorator(sensitive_post_parameters("code", "credential"), name="dispatch")
@method_decorator(transaction.atomic, name="dispatch")
class SecondStep(second.AuthenticateView):
    """After the first step, the second one of whoever has it: app, passkey, or a recovery code."""

    form_class = SecondFactorForm
    webauthn_form_class = SecondFactorPasskeyForm
    template_name = "mfa/authenticate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what she has to show."""
        page = super().get_context_data(**kwargs)
        options = for_script(page.get("js_data", {}).get("request_options", {}))
        forms = [page["form"], page.get("webauthn_form")]
        both = [form for form in forms if form is not None and form.is_bound]
        return {**page, "has": methods_of(self.stage.login.user), "options": options, "both_forms": both}


@method_decorator(transaction.atomic, name="dispatch")
class Leave(allauth.LogoutView):
    """Log out, by a button; a page with that button for whom comes by a link."""

    template_name = "account/logout.html"


class Inactive(allauth.AccountInactiveView):
    """The account was closed between the code's leaving and its coming back."""

    template_name = "account/account_inactive.html"


@require_safe
def no_account(request: HttpRequest) -> HttpResponse:
    """Who gets an account, and from whom: nobody signs up."""
    return render(request, "accounts/no_account.html")
