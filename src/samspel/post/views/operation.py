"""Operation: what is wrong, first; what waits and since when; and what a person decides of what stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.kernel.audit import history_of
from samspel.kernel.permissions import require
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb
from samspel.post import permissions
from samspel.post.forms.settling import AGAIN, CLOSED, SENT, DecisionForm
from samspel.post.models import Message
from samspel.post.operations import settling
from samspel.post.views import operation_tables as tables

View = Callable[..., HttpResponse]
_LARGEST_NUMBER = 2**63 - 1
_DECIDED = {AGAIN: settling.send_again, SENT: settling.count_as_sent, CLOSED: settling.let_be}


def _for_administrators(view: View) -> View:
    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(permissions.may_look(request.user, timezone.now()))
        return view(request, *args, **kwargs)

    return guarded


@_for_administrators
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """How messages and jobs fare at this moment."""
    now = timezone.now()
    crumbs = [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Operation"))]
    context = {"crumbs": crumbs, "now": now, "is_part_of_operation": True, **tables.page(request.GET, now)}
    return render(request, "post/operation.html", context)


@_for_administrators
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, key: UUID) -> HttpResponse:
    """One message that stopped, why, and the decision about it."""
    message = get_object_or_404(Message.objects.select_related("mailing"), key=key)
    form = DecisionForm(request.POST or None, message=message)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            _DECIDED[form.cleaned_data["decision"]](message=message, by=request.user, at=timezone.now())
            messages.success(request, _("It is decided."))
            return redirect("post:operation")
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    status = 422 if request.method == "POST" else 200
    return render(request, "post/operation_message.html", _shown(message, form, errors), status=status)


def _shown(message: Message, form: DecisionForm, errors: list[tuple[Any, str]]) -> dict[str, Any]:
    crumbs = [Crumb(_("Operation"), reverse("post:operation")), Crumb(_("Message"))]
    return {
        "crumbs": crumbs, "message": message, "form": form, "errors": errors, "facts": tables.facts_of(message),
        "history": history_of(message),
    }  # fmt: skip


@_for_administrators
@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Let a failed job be tried again."""
    if number > _LARGEST_NUMBER:
        raise Http404
    try:
        settling.retry_job(number=number, by=request.user, at=timezone.now())
        messages.success(request, _("The job is tried again."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("post:operation")
