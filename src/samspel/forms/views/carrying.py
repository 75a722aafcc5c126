"""An answer goes over to the version in use: first what is new and what does not fit, then the move."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspel.forms import permissions
from samspel.forms.operations.carrying import carry_over as move
from samspel.forms.queries.carrying import ahead, may_carry_over, newer
from samspel.forms.views.finding import address_of, answer_for, at_work, crumbs_to
from samspel.kernel.permissions import require
from samspel.kernel.refusals import Refusal


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is new, what goes over and what is set aside; with a button that does it."""
    answer = answer_for(request, key)
    at = timezone.now()
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            move(answer=answer, by=request.user, at=at)
            messages.success(request, _("The form is on the new version. What did not fit waits in its section."))
            return redirect(address_of(answer))
        except Refusal as refusal:
            errors = [(str(refusal), "")]
    require(may_carry_over(request.user, answer, at) or bool(errors))
    version = newer(answer)
    page = {
        "answer": answer,
        "title": _("Go over to the new version"),
        "crumbs": crumbs_to(answer, here=_("Go over to the new version")),
        "ahead": ahead(answer, version) if version else None,
        "reads": permissions.may_read(request.user, answer, at),
        "errors": errors,
        "back": address_of(answer),
    }
    return render(request, "forms/carry_over.html", page, status=409 if errors else 200)
