"""A file note: one click to the form, one to save it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspel.casefiles import permissions
from samspel.casefiles.forms.notes import NoteForm
from samspel.casefiles.models import CaseFile, Channel
from samspel.casefiles.operations import notes as operations
from samspel.casefiles.operations.refusals import FIELDS, WORDS, DocumentRefused
from samspel.casefiles.queries.casefiles import open_file_of
from samspel.casefiles.views.found import case_file_for, crumbs_to, document_address, require_now, staff_only
from samspel.casefiles.views.tables import title_of
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb
from samspel.registry.models import Organizer

METHODS = ["GET", "HEAD", "POST"]


@staff_only
@require_http_methods(METHODS)
def of_case_file(request: HttpRequest, address: str) -> HttpResponse:
    """A note in a case file; its organizer, if it has just one, stands filled in."""
    case_file = case_file_for(request, address)
    require_now(request, permissions.REGISTER, case_file)
    organizers = [one.organizer for one in case_file.parties.all() if one.organizer_id]
    organizer = organizers[0] if len(organizers) == 1 else None
    return _answer(request, crumbs_to(case_file, here=_("File note")), case_file=case_file, organizer=organizer)


@staff_only
@require_http_methods(METHODS)
def of_organizer(request: HttpRequest, number: str) -> HttpResponse:
    """A note of an organizer, in its open case file or in a new one."""
    permissions.require_note(request.user, timezone.now())
    organizer = get_object_or_404(Organizer, organization_number=number)
    crumbs = [Crumb(organizer.name, reverse("registry:organizer", args=[number])), Crumb(_("File note"))]
    return _answer(request, crumbs, organizer=organizer)


def _answer(
    request: HttpRequest, crumbs: list[Crumb], *, case_file: CaseFile | None = None, organizer: Organizer | None
) -> HttpResponse:
    today = timezone.localdate()
    title = operations.title_of(Channel.PHONE, organizer)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"said_on": today, "channel": Channel.PHONE, "title": title},
    )
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.note(
                case_file=case_file, organizer=organizer, by=request.user, at=timezone.now(), **_told(form, title)
            )
            messages.success(request, _("The note is registered as %(number)s.") % {"number": _number(made)})
            return redirect(document_address(made))
        except DocumentRefused as refusal:
            errors = [(WORDS[code], f"id_{FIELDS[code]}") for code in refusal.codes]
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    into = case_file or (open_file_of(organizer) if organizer else None)
    page = {
        "form": form,
        "errors": errors,
        "crumbs": crumbs,
        "organizer": organizer,
        "into": into,
        "into_title": title_of(into) if into else "",
        "back": crumbs[-2].url,
    }
    return render(request, "casefiles/note.html", page, status=422 if errors or form.errors else 200)


def _told(form: NoteForm, prefilled: str) -> dict[str, Any]:
    """What the form says; a title that stands as it was filled in follows the way, call or visit."""
    told = form.note()
    return told | {"title": "" if told["title"] == prefilled else told["title"]}


def _number(document: Any) -> str:
    return f"{document.case_file.diary_number}-{document.number}"
