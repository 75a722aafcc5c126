"""Forms are handed out: who is to have one is chosen, told how many they are, and it is done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samspel.forms import permissions
from samspel.forms.forms.handing_out import HandOutForm
from samspel.forms.models import Definition, HandOutState
from samspel.forms.operations import handing_out as operations
from samspel.forms.queries import lists
from samspel.forms.queries.definitions import body_of, in_use
from samspel.forms.queries.receiving import with_nobody
from samspel.forms.queries.seeing import name_of
from samspel.forms.views.finding import at_work, crumbs_to
from samspel.kernel.refusals import Refusal
from samspel.kernel.values.sorting import sort_key

# So many are named before it is done; of more only how many they are.
MOST_NAMED: Final = 300


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: HttpRequest) -> HttpResponse:
    """Hand a form out to one or many; to many once it has been told how many they are."""
    permissions.TABLE.require(request.user, permissions.HAND_OUT, timezone.now())
    offered = {one.slug: one for one in lists.to_hand_out()}
    names = named(offered.values())
    initial = {"form": request.GET.get("formular", ""), "to": request.GET.get("till", "")[:300]}
    form = HandOutForm(request.POST if request.method == "POST" else None, offered=names, initial=initial)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        if form.asks_once_more and request.POST.get("sure") != str(len(form.receivers)):
            return _asked(request, form, dict(names))
        try:
            made = _hand_out(request, offered[form.cleaned_data["form"]], form)
            _say(request, made)
            return redirect("forms:hand_out_page", made.hand_out.key)
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    page = {"form": form, "errors": errors, "crumbs": crumbs_to(here=_("Hand out a form"))}
    return render(request, "forms/hand_out.html", page, status=422 if errors or form.errors else 200)


def named(found: Iterable[Definition]) -> list[tuple[str, str]]:
    """(slug, name) of forms, by name."""
    return sorted(((one.slug, name_of(one)) for one in found), key=lambda pair: sort_key(pair[1]))


def _asked(request: HttpRequest, form: HandOutForm, names: dict[str, str]) -> HttpResponse:
    """How many and who they are, before it is done; what was chosen goes along, unseen."""
    version = in_use(form.cleaned_data["form"])
    left = set(with_nobody(body_of(version), form.receivers, timezone.now())) if version else set()
    receivers = [one for one in form.receivers if one not in left]
    page = {
        "form": form,
        "name": names[form.cleaned_data["form"]],
        "due_on": form.cleaned_data["due_on"],
        "number": len(form.receivers),
        "getting": len(receivers),
        "left": [one.name for one in form.receivers if one in left][:MOST_NAMED],
        "left_number": len(left),
        "receivers": [one.name for one in receivers[:MOST_NAMED]],
        "more": max(0, len(receivers) - MOST_NAMED),
        "sent": [(name, request.POST.get(name, "")) for name in form.fields],
        "by_job": len(form.receivers) > operations.AT_ONCE,
        "crumbs": crumbs_to(here=_("Hand out a form")),
    }
    return render(request, "forms/hand_out_sure.html", page)


def _hand_out(request: HttpRequest, definition: Definition, form: HandOutForm) -> operations.HandedOut:
    return operations.hand_out(
        definition=definition,
        to=form.receivers,
        due_on=form.cleaned_data["due_on"],
        about=form.cleaned_data["about"],
        key=form.cleaned_data["key"],
        by=request.user,
        at=timezone.now(),
    )


def _say(request: HttpRequest, made: operations.HandedOut) -> None:
    number = len(made.answers)
    if not made.is_new:
        messages.info(request, _("The page had been sent already, so nothing was handed out twice."))
    elif made.hand_out.state == HandOutState.HANDING and not number:
        messages.success(request, _("The form is being handed out. Those who are to write are told as it goes."))
    elif number:
        said = ngettext(
            "The form is handed out, and those who are to write have been told.",
            "The form is handed out to %(number)s, and those who are to write have been told.",
            number,
        )
        messages.success(request, said % {"number": number})
