"""Change one's mail address: a code goes to the new one, and comes back."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from samspel.accounts.forms.own import AddressForm, CodeForm
from samspel.accounts.operations import addresses
from samspel.accounts.views.confirming import freshly_confirmed
from samspel.kernel.permissions import private_zone


@freshly_confirmed
@private_zone
def ask(request: HttpRequest) -> HttpResponse:
    """Write the new address. Whether somebody else has it or not, the answer is the same page.

    Who is not fresh shows first who she is: a login left open is not enough to take over what one logs in with.
    """
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(request, form):
        return redirect("accounts:own_address_code")
    return render(request, "accounts/account_address.html", {"form": form, "crumbs": _crumbs(_("New mail address"))})


@sensitive_post_parameters("code")
@never_cache
@login_required
@private_zone
def confirm(request: HttpRequest) -> HttpResponse:
    """Write the code. This login goes on; all others end."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _confirmed(request, form):
        messages.success(
            request, _("That is now your mail address. Wherever else you were logged in, you are logged out.")
        )
        return redirect("accounts:account")
    page = {
        "form": form,
        "minutes": int(addresses.GOOD_FOR.total_seconds() // 60),
        "tries": addresses.MOST_TRIES,
        "crumbs": _crumbs(_("The code")),
    }
    return render(request, "accounts/account_address_code.html", page)


def _asked(request: HttpRequest, form: AddressForm) -> bool:
    if not _is_within(request, "change_address"):
        form.add_error("email", get_adapter().error_messages["rate_limited"])
        return False
    try:
        addresses.ask(person=request.user, new_email=form.cleaned_data["email"], by=request.user, at=timezone.now())
    except addresses.AddressRefused as refusal:
        form.add_error("email", str(refusal))
    return not form.errors


def _confirmed(request: HttpRequest, form: CodeForm) -> bool:
    if not _is_within(request, "confirm_address"):
        form.add_error("code", get_adapter().error_messages["rate_limited"])
        return False
    try:
        person = addresses.confirm(
            person=request.user, code=form.cleaned_data["code"], by=request.user, at=timezone.now()
        )
    except addresses.AddressRefused as refusal:
        form.add_error("code", str(refusal))
        return False
    update_session_auth_hash(request, person)
    return True


def _is_within(request: HttpRequest, action: str) -> bool:
    """Counted by person (setting ACCOUNT_RATE_LIMITS): so many new addresses and so many guesses in an hour."""
    return ratelimit.consume(request, action=action, user=request.user)


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [(_("My account"), reverse("accounts:account")), (here, "")]
