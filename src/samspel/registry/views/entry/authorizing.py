"""Hand in an authorization: public, without login. What is shown is what anybody may know."""

from __future__ import annotations

from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samspel.kernel.audit import SYSTEM
from samspel.kernel.documents import pdf
from samspel.kernel.files.storing import FileRefused
from samspel.kernel.files.uploads import upload_refused
from samspel.kernel.ui.components import Crumb
from samspel.registry.forms.entry import AuthorizationForm
from samspel.registry.models import Organizer, University
from samspel.registry.operations import authorizations
from samspel.registry.operations.entrants import EntrantRefused
from samspel.registry.queries.entry import answer_due
from samspel.registry.views.entry import blanks
from samspel.registry.views.entry.gates import is_too_often, organizer_of

log = structlog.get_logger(__name__)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organizer(request: HttpRequest, number: str) -> HttpResponse:
    """What the paper must say, the blank, and the form: for an organizer."""
    found = organizer_of(number)
    if found.organization_number != number:
        return redirect("registry:authorize_organizer", number=found.organization_number)
    return _page(request, {"organizer": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def university(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a university."""
    return _page(request, {"university": get_object_or_404(University, slug=slug)})


@require_safe
def organizer_blank(request: HttpRequest, number: str) -> HttpResponse:
    """The paper to print, with the organizer's name on it."""
    found = organizer_of(number)
    return _blank(found.name, found.written_number, found.organization_number)


@require_safe
def university_blank(request: HttpRequest, slug: str) -> HttpResponse:
    """The paper to print, with the university's name on it."""
    found = get_object_or_404(University, slug=slug)
    return _blank(found.name, "", found.slug)


def _blank(name: str, number: str, key: str) -> HttpResponse:
    language = get_language() or "sv"
    content = pdf("registry/documents/authorization.typ", blanks.authorization(name, number), language)
    file_name = f"{_('authorization')}-{key}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def _page(request: HttpRequest, place: dict[str, Organizer | University]) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, place, AuthorizationForm())
    if upload_refused(request):
        log.warning("registry.authorization.file_refused", reason="too_large")
        form = AuthorizationForm(request.POST)
        form.errors["file"] = form.error_class([_("The file is too large. At most 20 MB is taken.")])
        return _shown(request, place, form, status=413)
    form = AuthorizationForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, place, form, status=422)
    if is_too_often(request, "authorization", _address(place)):
        form.add_error(None, _("Too much has been sent in a short time. Wait an hour and try again."))
        return _shown(request, place, form, status=429)
    return _submit(request, place, form)


def _submit(request: HttpRequest, place: dict[str, Any], form: AuthorizationForm) -> HttpResponse:
    typed = form.cleaned_data
    file = typed.pop("file")
    try:
        authorizations.submit(
            **place,
            **typed,
            content=file.read(),
            file_name=file.name,
            by=SYSTEM,
            at=timezone.now(),
            language=get_language() or "sv",
        )
    except FileRefused as refusal:
        form.add_error("file", str(refusal))
        return _shown(request, place, form, status=422)
    except EntrantRefused as refusal:
        form.add_refused(refusal.faults)
        return _shown(request, place, form, status=422)
    return redirect(f"{request.path}?mottagen=ja")


def _shown(request: HttpRequest, place: dict[str, Any], form: AuthorizationForm, *, status: int = 200) -> HttpResponse:
    organization = place.get("organizer") or place["university"]
    page = {
        "organization": organization,
        "form": form,
        "is_received": request.method != "POST" and request.GET.get("mottagen") == "ja",
        "due_on": answer_due(timezone.now()),
        "blank": _address(place, "_blank"),
        "crumbs": [Crumb(_("Start page"), "/"), *_way(place), Crumb(_("Authorization"))],
        "must_say": blanks.must_say(organization.name),
    }
    return render(request, "registry/entry/authorize.html", page, status=status)


def _way(place: dict[str, Any]) -> list[Crumb]:
    if "organizer" in place:
        number = place["organizer"].organization_number
        return [Crumb(place["organizer"].name, reverse("registry:organizer", args=[number]))]
    return [Crumb(place["university"].name)]


def _address(place: dict[str, Any], suffix: str = "") -> str:
    if "organizer" in place:
        return reverse(f"registry:authorize_organizer{suffix}", args=[place["organizer"].organization_number])
    return reverse(f"registry:authorize_university{suffix}", args=[place["university"].slug])
