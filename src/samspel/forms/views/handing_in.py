"""A filled PDF is handed in, and gone through beside what stands in the answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samspel.forms import permissions
from samspel.forms.forms.handing_in import HandInForm
from samspel.forms.models import Answer, HandedIn, HandedInBy
from samspel.forms.operations import handing_in as operations
from samspel.forms.operations.handing_in import Decided, HandedInRefused
from samspel.forms.queries import handed_in as queries
from samspel.forms.queries.differences import in_words
from samspel.forms.rules.handed_in import Standing
from samspel.forms.views import handed_in_pages as pages
from samspel.forms.views.finding import answer_for, at_work, crumbs_to, language_of, require_now, title_of
from samspel.kernel.files.uploads import upload_refused
from samspel.kernel.refusals import Refusal

log = structlog.get_logger(__name__)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, key: UUID) -> HttpResponse:
    """How a filled PDF is handed in, and those that were."""
    answer = answer_for(request, key)
    require_now(request, permissions.HAND_IN, answer)
    if request.method != "POST":
        return _hand_in(request, answer, HandInForm())
    if too_large := upload_refused(request):
        log.warning("upload_refused", code="too_large", limit=too_large.limit)
        return _hand_in(
            request, answer, HandInForm(), [(_("The file is too large. At most 20 MB is taken."), "id_file")], 413
        )
    form = HandInForm(request.POST, request.FILES)
    if not form.is_valid():
        return _hand_in(request, answer, form, status=422)
    return _handed_in(request, answer, form)


def _handed_in(request: HttpRequest, answer: Answer, form: HandInForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    given = {"content": file.read(), "name": file.name, "way": HandedInBy.UPLOAD}
    try:
        made = operations.hand_in(answer=answer, by=request.user, at=timezone.now(), **given)
    except HandedInRefused as refusal:
        if refusal.handed_in:
            messages.info(request, str(refusal))
            return redirect("forms:handed_in", key=answer.key, handed=refusal.handed_in)
        return _hand_in(request, answer, form, [(str(refusal), "id_file")], 422, in_words(refusal.differences))
    except Refusal as refusal:
        return _hand_in(request, answer, form, [(str(refusal), "id_file")], 422)
    return redirect("forms:handed_in", key=answer.key, handed=made.key)


def _hand_in(
    request: HttpRequest,
    answer: Answer,
    form: HandInForm,
    errors: list[tuple[str, str]] | None = None,
    status: int = 200,
    differences: list[str] | None = None,
) -> HttpResponse:
    context = {
        "answer": answer,
        "form": form,
        "errors": errors or [],
        "differences": differences or [],
        "title": title_of(answer),
        "came": [(one, pages.badge_of(one)) for one in queries.of_answer(answer)],
        "crumbs": crumbs_to(answer, here=_("Hand in a filled PDF")),
        "is_writing": answer.state == "writing",
    }
    return render(request, "forms/hand_in.html", context, status=status)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def handed_in(request: HttpRequest, key: UUID, handed: UUID) -> HttpResponse:
    """What a filled PDF says, beside what stands; whoever writes chooses what is to stand."""
    answer = answer_for(request, key)
    permissions.require(permissions.may_read(request.user, answer, timezone.now()))
    found = get_object_or_404(queries.with_all(HandedIn.objects.all()), key=handed, answer=answer)
    if request.method != "POST":
        return _compared(request, found)
    try:
        if "lagg_undan" in request.POST:
            operations.put_away(handed_in=found, by=request.user, at=timezone.now())
            messages.success(request, _("The PDF is put away. What it says is kept here."))
        else:
            _tell(
                request,
                operations.decide(handed_in=found, by=request.user, at=timezone.now(), **_chosen(request, found)),
            )
    except Refusal as refusal:
        return _compared(request, found, [(str(refusal), "")], 409)
    return redirect("forms:handed_in", key=answer.key, handed=found.key)


def _chosen(request: HttpRequest, found: HandedIn) -> dict[str, Any]:
    """What was chosen on the page: `val-<path>` is "pdf" or "star"; the button for all that only the PDF changed."""
    chosen = {name[4:]: value for name, value in request.POST.items() if name.startswith("val-")}
    accepted = {path for path, value in chosen.items() if value == "pdf"}
    refused = {path for path, value in chosen.items() if value == "star"}
    if "alla" in request.POST:
        accepted |= pages.to_decide(found, Standing.ONLY_PDF) - refused
    seen = request.POST.get("_revision", "")
    is_number = seen.isascii() and seen.isdigit() and len(seen) < 18
    return {"accepted": accepted, "refused": refused, "seen": int(seen) if is_number else None}


def _tell(request: HttpRequest, done: Decided) -> None:
    if done.moved:
        messages.warning(
            request,
            _("Somebody wrote in some of them while you had the page open. Nothing was replaced there: look again."),
        )
    if done.accepted:
        number = len(done.accepted)
        said = ngettext(
            "%(n)s thing from the PDF stands in the form now.",
            "%(n)s things from the PDF stand in the form now.",
            number,
        )
        messages.success(request, said % {"n": number})
    if done.refused or not (done.accepted or done.moved or done.left):
        messages.success(request, _("Noted."))
    if not (done.accepted or done.refused or done.moved) and done.left:
        messages.info(request, _("Nothing was chosen. Choose what is to stand in at least one field."))


def _compared(
    request: HttpRequest, found: HandedIn, errors: list[tuple[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    context = pages.page(found, request.user, timezone.now(), language_of())
    crumbs = crumbs_to(found.answer, here=_("Filled PDF"))
    return render(
        request,
        "forms/handed_in.html",
        {**context, "errors": errors or [], "crumbs": crumbs, "title": title_of(found.answer)},
        status=status,
    )
