"""Forms as PDF: blank to anybody, filled in so far to who writes, finished to who may read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspel.forms import permissions
from samspel.forms.models import Answer, Submission
from samspel.forms.operations import keeping
from samspel.forms.queries import sheets
from samspel.forms.queries.definitions import public_versions
from samspel.forms.views.finding import address_of, answer_for, at_work, language_of, may_now, require_now
from samspel.kernel.files import storing


@require_safe
def public_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in use as a blank sheet."""
    version = get_object_or_404(public_versions(), definition__slug=slug)
    answered = _pdf(sheets.blank(version, language_of()), f"{slug}-{version.number}.pdf")
    answered["Cache-Control"] = "public, max-age=600"
    return answered


@at_work
@require_safe
def fillable(request: HttpRequest, key: UUID) -> HttpResponse:
    """An answer as a sheet with what stands in it, for those who write in it while it is being written."""
    answer = answer_for(request, key)
    require_now(request, permissions.WRITE, answer)
    if not may_now(request, permissions.WRITE, answer):
        messages.info(request, _("The form is not being written now, so there is nothing to fill in."))
        return redirect(address_of(answer))
    content = sheets.sheet(answer, request.user, language_of(), timezone.now())
    return _pdf(content, f"{answer.version.definition.slug}.pdf")


@at_work
@require_safe
def submission_pdf(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """What was submitted, as the document that is kept, bit by bit; with `anew` made now, in the reader's language and
    with what was said since, and so too before it is kept and where somebody on it has protected identity now. Nothing
    of it is left when its time is over."""
    answer = answer_for(request, key)
    permissions.require(permissions.may_read(request.user, answer, timezone.now()))
    submission = get_object_or_404(answer.submissions.select_related("file"), number=number)
    if answer.forgotten_at is not None:
        raise Http404
    name = f"{answer.version.definition.slug}-{number}"
    if submission.file is None:
        return _pdf(_made_now(submission, answer, None), f"{name}.pdf")
    if "anew" in request.GET:
        return _pdf(_made_now(submission, answer, timezone.now()), f"{name}-anew.pdf")
    if sheets.names_protected(submission):
        # What is kept may name her, from before she was protected: from here it is read by nobody.
        return _pdf(_made_now(submission, answer, timezone.now()), f"{name}-anew.pdf")
    return _pdf(storing.read(submission.file), f"{name}.pdf")


def _made_now(submission: Submission, answer: Answer, anew: datetime | None) -> bytes:
    submission.answer = answer
    return sheets.finished(submission, language_of(), anew=anew)


@at_work
@require_POST
def keep_again(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Make the document of a submission once more, where it did not come to be."""
    answer = answer_for(request, key)
    permissions.require(permissions.may_read(request.user, answer, timezone.now()))
    submission = get_object_or_404(answer.submissions.select_related("answer"), number=number)
    if keeping.again(submission=submission, by=request.user, at=timezone.now()):
        messages.success(request, _("The document is being made. Load the page again in a minute."))
    return redirect(address_of(answer))


def _pdf(content: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{storing.safe_name(name)}"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})
