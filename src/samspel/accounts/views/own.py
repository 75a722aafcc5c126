"""Where each starts, and her own account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspel.accounts import operations, queries
from samspel.accounts.forms.own import AccountForm
from samspel.accounts.operations import correcting
from samspel.accounts.views.role_tables import role_table
from samspel.kernel.permissions import private_zone
from samspel.kernel.ui.components import Download


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
@private_zone
def account(request: HttpRequest) -> HttpResponse:
    """What is kept of her, to be put right: name, telephone, language, address; and her tasks."""
    form = AccountForm(request.POST or None, initial=_initial(request.user))
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        messages.success(request, _("Your details are saved."))
        return redirect("accounts:account")
    page = {
        "form": form,
        "roles": role_table(request, request.user, timezone.now(), name="roles"),
        "downloads": _extracts(),
    }
    return render(request, "accounts/account.html", page)


def _initial(person: Any) -> dict[str, str]:
    return {"name": person.name, "phone": person.phone, "language": person.language}


def _saved(request: HttpRequest, form: AccountForm) -> bool:
    """Whether all of it was taken; what was refused stands at its field."""
    given, now = form.cleaned_data, timezone.now()
    hers = {"person": request.user, "by": request.user, "at": now}
    try:
        with transaction.atomic():
            correcting.correct(**hers, name=given["name"], phone=given["phone"])
            operations.change_language(**hers, language=given["language"])
    except correcting.NotCorrected as refusal:
        form.add_error(refusal.field, str(refusal))
    return not form.errors


def _extracts() -> list[Download]:
    return [
        Download(_("All that is kept about you"), reverse("accounts:own_extract", args=[kind]), kind.upper())
        for kind in ("pdf", "json")
    ]
