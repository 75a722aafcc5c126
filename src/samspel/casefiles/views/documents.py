"""A document is registered, shown, and taken out as the file it came as."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import structlog
from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.casefiles import permissions
from samspel.casefiles.forms.documents import DocumentForm
from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.operations import documents as operations
from samspel.casefiles.operations import looking
from samspel.casefiles.operations.refusals import FIELDS, WORDS, DocumentRefused
from samspel.casefiles.queries.documents import of_origin
from samspel.casefiles.queries.history import events_of
from samspel.casefiles.queries.people import counterparts, names_in
from samspel.casefiles.views.found import (
    address_of,
    case_file_for,
    crumbs_to,
    document_address,
    document_for,
    may_now,
    require_now,
    staff_only,
)
from samspel.casefiles.views.road import marks_of
from samspel.kernel.files.models import Scan
from samspel.kernel.files.storing import FileRefused
from samspel.kernel.files.uploads import upload_refused
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Download, Fact
from samspel.kernel.ui.dates import day_text, moment_text

log = structlog.get_logger(__name__)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, address: str) -> HttpResponse:
    """Register a document in a case file."""
    case_file = case_file_for(request, address)
    require_now(request, permissions.REGISTER, case_file)
    if request.method != "POST":
        return _form(request, case_file, DocumentForm(initial=_initial(case_file)))
    if too_large := upload_refused(request):
        words = _("The file is too large. At most 20 MB is taken.")
        log.warning("upload_refused", code="too_large", limit=too_large.limit)
        return _form(request, case_file, DocumentForm(request.POST), [(words, "id_file")], 413)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, case_file, form, status=422)
    given = form.document()
    if given["origin"] and of_origin(given["origin"]) is not None:
        return redirect(address_of(case_file))
    try:
        made = operations.register(case_file=case_file, by=request.user, at=timezone.now(), **given)
    except IntegrityError:
        if of_origin(given["origin"]) is None:
            raise
        return redirect(address_of(case_file))  # the other click of a double one was first
    except DocumentRefused as refusal:
        return _form(request, case_file, form, [(WORDS[code], f"id_{FIELDS[code]}") for code in refusal.codes], 422)
    except Refusal as refusal:
        place = "id_file" if isinstance(refusal, FileRefused) else ""
        return _form(request, case_file, form, [(refusal.sentence, place)], 422)
    messages.success(request, _("Registered as document %(number)s.") % {"number": made.number})
    return redirect(address_of(case_file))


@staff_only
@require_safe
def detail(request: HttpRequest, address: str, number: int) -> HttpResponse:
    """A document: what it is, what it says, its file, and what has been done to it."""
    document = document_for(request, address, number)
    looking.look_at(document=document, by=request.user, at=timezone.now())
    return render(request, "casefiles/document.html", _page(request, document))


@staff_only
@require_safe
def file(request: HttpRequest, address: str, number: int) -> HttpResponse:
    """The original, as it came, to save; never shown in the browser, and never if it is not what it was."""
    document = document_for(request, address, number)
    if document.file is None:
        raise Http404
    try:
        content = looking.take_file(document=document, by=request.user, at=timezone.now())
    except (OSError, ValueError):
        log.exception("original_does_not_agree", digest=document.file.digest)
        words = _(
            "The file is not what was kept, so it is not handed out. Tell an administrator: it stands in the log."
        )
        return render(request, "casefiles/document.html", _page(request, document) | {"file_fault": words}, status=503)
    headers = {
        "Content-Disposition": content_disposition_header(True, document.file.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(content, content_type=document.file.media_type, headers=headers)


def _form(
    request: HttpRequest,
    case_file: CaseFile,
    form: DocumentForm,
    errors: list[tuple[Any, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {
        "case_file": case_file,
        "form": form,
        "errors": errors or [],
        "file_again": status != 200 and bool(request.FILES),
        "crumbs": crumbs_to(case_file, here=_("Register a document")),
        "back": address_of(case_file),
    }
    return render(request, "casefiles/register.html", page, status=status)


def _initial(case_file: CaseFile) -> dict[str, Any]:
    """Today, and the party where there is just one."""
    parties = [one for one in case_file.parties.all() if one.organizer_id or one.university_id]
    initial: dict[str, Any] = {"on": timezone.localdate(), "direction": "in", "kind": "letter", "once": uuid4()}
    if len(parties) == 1:
        initial["organizer"] = parties[0].organizer.name if parties[0].organizer else ""
        initial["university"] = parties[0].university_id
    return initial


def _page(request: HttpRequest, document: Document) -> dict[str, Any]:
    case_file = document.case_file
    may_mark = may_now(request, permissions.MARK_SECRECY, case_file)
    return {
        "case_file": case_file,
        "document": document,
        "crumbs": crumbs_to(case_file, document),
        "marks": marks_of(document),
        "facts": _facts(document),
        "downloads": _downloads(document),
        "history": events_of(document),
        "may_mark": may_mark,
        "may_correct": may_now(request, permissions.CORRECT, case_file),
    }


def _facts(document: Document) -> list[Fact]:
    names = names_in([document.registered_by])
    by = names.get(document.registered_by, "") if document.registered_by else _("the system itself")
    facts = [
        Fact(
            _("Diary number"),
            f"{document.case_file.diary_number}-{document.number}",
            "",
            address_of(document.case_file),
        ),
        Fact(_("Direction"), document.get_direction_display()),
        Fact(_("Kind"), document.get_kind_display()),
        Fact(_("Way"), document.get_channel_display()),
        Fact(_("Day"), day_text(document.on)),
        Fact(_("Sender or receiver"), counterparts([document])[document.pk] or _("Nobody: drawn up here")),
        Fact(_("Registered"), moment_text(document.registered_at), by),
    ]
    if document.said_by:
        said_on = day_text(document.said_on) if document.said_on else ""
        facts.append(Fact(_("Who said or sent it"), document.said_by, said_on))
    if document.proof:
        facts.append(Fact(_("What shows it"), document.proof))
    if document.is_secret:
        warning = _("A warning: whether it is secret is decided by a person when somebody asks for it.")
        facts.append(Fact(_("Ground of the secrecy mark"), document.secrecy_ground, warning))
    if document.file:
        checked = {Scan.CLEAN: _("Checked for viruses when it came: none found.")}
        facts.append(Fact(_("File"), document.file.name, document.file.media_type))
        facts.append(Fact(_("Virus check"), checked.get(document.file.scan, _("Not checked for viruses."))))
        facts.append(Fact("SHA-256", document.file.digest))
    return facts


def _downloads(document: Document) -> list[Download]:
    if document.file is None:
        return []
    kind = document.file.media_type.rpartition("/")[2].rpartition(".")[2].upper()
    return [Download(_("The original"), f"{document_address(document)}fil/", kind, document.file.size)]
