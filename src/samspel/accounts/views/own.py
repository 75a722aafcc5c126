"""Where each starts, and her own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspel.accounts import operations, queries
from samspel.accounts.forms.own import LanguageForm


@never_cache
@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Att göra: her own rows first, then what waits for others; and as whom she is here."""
    now = timezone.now()
    rows = queries.todo_of(request.user, now)
    page = {
        "own": [row for row in rows if not row.is_waiting_for_others],
        "waiting": [row for row in rows if row.is_waiting_for_others],
        "roles": queries.roles_of(request.user, now),
    }
    return render(request, "accounts/work.html", page)


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Name, address, roles and the language of her mail."""
    form = LanguageForm(request.POST or None, initial={"language": request.user.language})
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        operations.change_language(person=request.user, language=form.cleaned_data["language"], by=request.user, at=now)
        messages.success(request, _("Your choice is saved."))
        return redirect("accounts:account")
    return render(request, "accounts/account.html", {"form": form, "roles": queries.roles_of(request.user, now)})
