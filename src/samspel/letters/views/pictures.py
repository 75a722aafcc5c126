"""The pictures of a letter: handed in, put in the letter, taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.kernel.files.uploads import upload_refused
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.forms.letters import PictureForm
from samspel.letters.models import Letter
from samspel.letters.operations import pictures as operations
from samspel.letters.rules import pictures as rules
from samspel.letters.views.deeds import require_now
from samspel.letters.views.found import crumbs_to, letter_for, staff_only

log = structlog.get_logger(__name__)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every picture of the letter, and a new one."""
    letter = letter_for(request, key)
    require_now(request, permissions.WRITE, state=letter.state)
    if request.method != "POST":
        return _page(request, letter, PictureForm())
    if upload_refused(request):
        log.warning("upload_refused", code="too_large")
        return _page(request, letter, PictureForm(), [(operations.WORDS[rules.TOO_LARGE], "id_picture")], 413)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, letter, form, status=422)
    given = form.cleaned_data["picture"]
    try:
        made, is_smaller = operations.add(
            letter=letter, content=given.read(), name=given.name or "", by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        return _page(request, letter, form, [(refusal.sentence, "id_picture")], 422)
    size = {"width": made.width, "height": made.height}
    said = (
        _("The picture was made smaller: %(width)s × %(height)s.")
        if is_smaller
        else _("The picture is kept: %(width)s × %(height)s.")
    )
    messages.success(request, said % size)
    return redirect("letters:pictures", letter.key)


@staff_only
@require_POST
def remove(request: HttpRequest, key: UUID, picture: UUID) -> HttpResponse:
    """Take a picture away."""
    letter = letter_for(request, key)
    found = letter.pictures.filter(key=picture).first()
    try:
        if found is not None:
            operations.remove(letter=letter, picture=found, by=request.user, at=timezone.now())
            messages.success(request, _("The picture is taken away."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("letters:pictures", letter.key)


def _page(
    request: HttpRequest,
    letter: Letter,
    form: PictureForm,
    errors: list[tuple[Any, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = operations.shown_in(letter)
    page = {
        "letter": letter,
        "form": form,
        "errors": errors or [],
        "pictures": [
            (number, one, str(one.key) in shown)
            for number, one in enumerate(letter.pictures.select_related("file").order_by("pk"), 1)
        ],
        "crumbs": crumbs_to(letter, here=_("Pictures")),
    }
    return render(request, "letters/writing/pictures.html", page, status=status)
