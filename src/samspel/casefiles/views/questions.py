"""The shared mailbox as a worklist: who has which question, by when, and its thread with an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.casefiles import permissions
from samspel.casefiles.forms.questions import AnswerForm, DraftForm, LinkForm, OwnerForm, RegisterForm
from samspel.casefiles.models import Question
from samspel.casefiles.operations import questions as operations
from samspel.casefiles.queries import questions as queries
from samspel.casefiles.views import question_pages
from samspel.kernel.files import storing
from samspel.kernel.refusals import Refusal

View = Callable[..., HttpResponse]
WHICH = (queries.MINE, queries.UNOWNED, queries.ALL_OPEN, queries.DONE)


def mailbox_only(view: View) -> View:
    """Logged in, and one who works with the shared mailbox."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.may_see_questions(request.user, timezone.now()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@mailbox_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The worklist: mine, those that nobody has, all open, or done."""
    asked = request.GET.get("visa", "")
    which = asked if asked in WHICH else queries.ALL_OPEN
    rows = queries.worklist(which, request.user)
    return render(request, "casefiles/questions/list.html", question_pages.listing(rows, which, request))


@mailbox_only
@require_safe
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """One question: what is next, its thread, and what can be done."""
    return _page(request, _question(key))


def _question(key: UUID) -> Question:
    return get_object_or_404(queries.with_thread(key))


def _page(request: HttpRequest, question: Question, *, status: int = 200, **given: Any) -> HttpResponse:
    page = question_pages.detail(question, request.user, timezone.now(), **given)
    return render(request, "casefiles/questions/question.html", page, status=status)


@mailbox_only
@require_POST
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Send an answer."""
    question = _question(key)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, question, status=422, answer_form=form)
    return _do(
        request, question, operations.answer, _("The answer is on its way."), {"answer_form": form}, **form.cleaned_data
    )


@mailbox_only
@require_POST
def give(request: HttpRequest, key: UUID) -> HttpResponse:
    """Choose who has it, and by when it is answered."""
    question = _question(key)
    form = OwnerForm(request.POST, colleagues=question_pages.colleague_choices(timezone.now()))
    if not form.is_valid():
        return _page(request, question, status=422, owner_form=form)
    return _do(request, question, operations.arrange, _("Saved."), {"owner_form": form}, **form.cleaned_data)


@mailbox_only
@require_POST
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take it oneself."""
    return _do(request, _question(key), operations.give, _("The question is yours."), {}, owner=request.user)


@mailbox_only
@require_POST
def link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say what it is about."""
    question = _question(key)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, question, status=422, link_form=form)
    return _do(request, question, operations.link, _("Saved."), {"link_form": form}, **form.cleaned_data)


@mailbox_only
@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Nothing more is to be done."""
    return _do(request, _question(key), operations.close, _("The question is closed."), {})


@mailbox_only
@require_POST
def register(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make the thread's mails documents of the case file it is about."""
    question = _question(key)
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _page(request, question, status=422, register_form=form)
    done = _("The mails are documents of the case file.")
    return _do(request, question, operations.register, done, {"register_form": form}, **form.cleaned_data)


@mailbox_only
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """From a mail that appoints a coordinator to a draft that the organizer confirms."""
    question = _question(key)
    if question.organizer is None or question.draft_id:
        return redirect("casefiles:question", key=key)
    coordinators = queries.coordinators_of(question.organizer, timezone.localdate())
    initial = question_pages.proposed(question, timezone.localdate())
    form = DraftForm(request.POST or None, initial=initial, coordinators=coordinators)
    status, errors = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operations.draft_appointment(question=question, by=request.user, at=timezone.now(), **form.cleaned_data)
            except Refusal as refusal:
                status, errors = 409, [(str(refusal), "")]
            else:
                messages.success(request, _("The draft waits for the organizer, who confirms it."))
                return redirect("casefiles:question", key=key)
    page = question_pages.draft(question, form) | {"errors": errors}
    return render(request, "casefiles/questions/draft.html", page, status=status)


@mailbox_only
@require_safe
def attachment(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """A file that came with a mail, as it came, always to be saved and never shown in place."""
    found = get_object_or_404(queries.attachments().filter(mail__question__key=key), pk=number)
    return _saved(found.file, found.name)


@mailbox_only
@require_safe
def original(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """A mail as it came."""
    found = get_object_or_404(queries.originals().filter(question__key=key), pk=number)
    return _saved(found.original, f"{found.at:%Y-%m-%d}.eml")


def _saved(file: Any, name: str) -> HttpResponse:
    answer = HttpResponse(storing.read(file), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = content_disposition_header(True, storing.safe_name(name))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _do(
    request: HttpRequest, question: Question, deed: Callable[..., Any], done: str, given: dict[str, Any], **more: Any
) -> HttpResponse:
    try:
        deed(question=question, by=request.user, at=timezone.now(), **more)
    except Refusal as refusal:
        return _page(request, _question(question.key), status=409, errors=[(str(refusal), "")], **given)
    messages.success(request, done)
    return redirect(reverse("casefiles:question", args=[question.key]))
