"""Passkeys, an app with codes, recovery codes: allauth's views in our words, each change told and put on record."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters

from samspel.accounts.forms.security import AddPasskeyForm, RenamePasskeyForm, SetUpAppForm
from samspel.accounts.operations import methods, sessions
from samspel.accounts.views.confirming import GOING, for_script, freshly_confirmed

SECURITY = reverse_lazy("accounts:security")
guarded = method_decorator([freshly_confirmed, sensitive_post_parameters()], name="dispatch")


def _added(request: HttpRequest, authenticator: Authenticator, kind: str) -> None:
    """On record and told; and since she used it just now, her session is as sure as if she had come by it."""
    now = timezone.now()
    methods.note_added(person=request.user, kind=kind, by=request.user, at=now)
    record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type)
    sessions.confirm(request=request, person=request.user, at=now)


@guarded
class AddPasskey(webauthn.AddWebAuthnView):
    """Make a passkey."""

    form_class = AddPasskeyForm
    template_name = "mfa/webauthn/add_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the browser needs: a passkey that is found without an address and knows its owner."""
        page = super().get_context_data(**kwargs)
        return {
            **page,
            "form": kwargs.get("form") or page["form"],
            "options": for_script(begin_registration(self.request.user, True)),
        }

    def form_valid(self, form: AddPasskeyForm) -> HttpResponse:
        """Kept, told, on record: all or nothing."""
        with transaction.atomic():
            answer = super().form_valid(form)
            added = Authenticator.objects.filter(user=self.request.user, type="webauthn").latest("pk")
            _added(self.request, added, methods.PASSKEY)
        return answer

    def get_success_url(self) -> str:
        """To the recovery codes if there are new ones."""
        return reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else _onwards(self.request)


@guarded
class RenamePasskey(webauthn.EditWebAuthnView):
    """Call a passkey something else."""

    form_class = RenamePasskeyForm
    template_name = "mfa/webauthn/edit_form.html"
    success_url = SECURITY


@guarded
class RemovePasskey(webauthn.RemoveWebAuthnView):
    """Take a passkey away, after a page that asks."""

    template_name = "mfa/webauthn/authenticator_confirm_delete.html"
    success_url = SECURITY

    def form_valid(self, form: Any) -> HttpResponse:
        """Gone, told, on record: all or nothing."""
        with transaction.atomic():
            answer = super().form_valid(form)
            person = self.request.user
            methods.note_removed(person=person, kind=methods.PASSKEY, by=person, at=timezone.now())
        return answer


@guarded
class SetUpApp(totp.ActivateTOTPView):
    """Set up an app that shows codes: by its picture or by writing the secret, and a first code as proof."""

    form_class = SetUpAppForm
    template_name = "mfa/totp/activate_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the picture as an element of the page, made of numbers alone, and the secret in groups of four."""
        page = super().get_context_data(**kwargs)
        secret = page["form"].secret
        grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        return {**page, "qr_code": mark_safe(page["totp_svg"]), "secret": grouped}

    def form_valid(self, form: SetUpAppForm) -> HttpResponse:
        """Kept, told, on record: all or nothing."""
        with transaction.atomic():
            answer = super().form_valid(form)
            _added(self.request, Authenticator.objects.get(user=self.request.user, type="totp"), methods.APP)
        return answer

    def get_success_url(self) -> str:
        """To the recovery codes if there are new ones."""
        return reverse("mfa_view_recovery_codes") if self.did_generate_recovery_codes else _onwards(self.request)


@guarded
class RemoveApp(totp.DeactivateTOTPView):
    """No codes from an app any more, after a page that asks."""

    template_name = "mfa/totp/deactivate_form.html"
    success_url = SECURITY

    def form_valid(self, form: Any) -> HttpResponse:
        """Gone, told, on record: all or nothing."""
        with transaction.atomic():
            answer = super().form_valid(form)
            methods.note_removed(person=self.request.user, kind=methods.APP, by=self.request.user, at=timezone.now())
        return answer


@guarded
class NewCodes(codes.GenerateRecoveryCodesView):
    """New recovery codes in place of the old ones."""

    template_name = "mfa/recovery_codes/generate.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Made, told, on record: all or nothing."""
        with transaction.atomic():
            answer = super().form_valid(form)
            person = self.request.user
            methods.note_added(person=person, kind=methods.CODES, by=person, at=timezone.now())
        return answer


@guarded
class Codes(codes.ViewRecoveryCodesView):
    """The recovery codes, shown once."""

    template_name = "mfa/recovery_codes/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With where she was going, so that she can go on."""
        return {**super().get_context_data(**kwargs), "going": _onwards(self.request)}


def _onwards(request: HttpRequest) -> str:
    return request.session.pop(GOING, "") or str(SECURITY)
