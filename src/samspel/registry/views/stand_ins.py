"""Name a deputy for an appointment, and call her off."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb
from samspel.registry import permissions
from samspel.registry.forms.appointments import StandInForm
from samspel.registry.models import Appointment, StandIn
from samspel.registry.operations import stand_ins as operations
from samspel.registry.queries import stand_ins as queries
from samspel.registry.queries.holdings import place_of
from samspel.registry.queries.organizations import organization_of
from samspel.registry.views.appointments import asked, found
from samspel.registry.views.organization_parts import crumbs_to, task_name


@never_cache
@login_required
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands in, from when to when."""
    appointment = found(request, pk)
    at = timezone.now()
    permissions.require(
        permissions.may_name_deputy(
            request.user, whose=appointment.person, role=appointment.role, place=place_of(appointment), at=at
        )
    )
    people = queries.could_stand_in(appointment, timezone.localdate(at)).exclude(pk=request.user.pk)
    form = StandInForm(request.POST or None, people=people)

    def do() -> Appointment:
        operations.set_stand_in(appointment=appointment, by=request.user, at=timezone.now(), **form.cleaned_data)
        return appointment

    back = reverse("registry:appointment", args=[appointment.pk])
    whose = appointment.person.shown_name
    page = {
        "title": _("Name a deputy"),
        "lead": f"{whose}, {task_name(appointment)}",
        "crumbs": crumbs_to(organization_of(appointment), Crumb(whose, back), Crumb(_("Deputy"))),
        "submit": _("Name a deputy"),
        "back": back,
        "note": _told(bool(people)),
        "done": _("The deputy is named. Both have been sent a mail."),
    }
    return asked(request, form, page, do)


def _told(is_anybody: bool) -> str:
    """What a deputy does, or that there is nobody to choose."""
    if not is_anybody:
        return _(
            "There is nobody to choose: a deputy holds a task here, and nobody names herself. "
            "Appoint or invite somebody first."
        )
    return _(
        "During those days what waits for the absent stands among what the deputy has to do. "
        "Whoever proposed something herself still cannot approve it. Both get a mail."
    )


@never_cache
@login_required
@require_http_methods(["POST"])
def call_off(request: HttpRequest, pk: int, stand_in: int) -> HttpResponse:
    """The deputy does it no more, from now."""
    appointment = found(request, pk)
    standing = get_object_or_404(StandIn, pk=stand_in, appointment=appointment)
    try:
        operations.cancel(stand_in=standing, by=request.user, at=timezone.now())
        messages.success(request, _("The deputy is called off."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("registry:appointment", pk=appointment.pk)
