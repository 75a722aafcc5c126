"""A filled PDF that came to the shared mailbox is read in, and handed to those who write in the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspel.casefiles.models import QuestionAttachment
from samspel.casefiles.permissions import may_handle_questions
from samspel.casefiles.queries import questions
from samspel.forms import permissions
from samspel.forms.forms.handing_in import MailedForm
from samspel.forms.models import Answer, HandedInBy
from samspel.forms.operations import handing_in as operations
from samspel.forms.operations.handing_in import HandedInRefused
from samspel.forms.queries import handed_in as queries
from samspel.forms.queries.differences import in_words
from samspel.forms.queries.handed_in import Identity, NotASheet
from samspel.forms.queries.seeing import name_of
from samspel.forms.views.finding import at_work, title_of
from samspel.kernel.documents.filled import PdfRefused, read_fields
from samspel.kernel.files import storing
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb, Fact


@dataclass
class Mailed:
    """A PDF in the mailbox: what it says that it is, and the answers that it may belong to."""

    attachment: QuestionAttachment
    content: bytes
    identity: Identity | None = None
    answers: list[tuple[Answer, str]] = field(default_factory=list)
    refusal: Any = ""

    @property
    def is_blank(self) -> bool:
        """Whether the file does not say whose it is."""
        return self.identity is not None and self.identity.answer is None


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in_mailed(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """What a mailed PDF is, and a button that reads it in. Those who write in the form then go through it."""
    at = timezone.now()
    permissions.require(may_handle_questions(request.user, at))
    permissions.TABLE.require_in_some_state(request.user, permissions.HAND_IN_MAILED, at)
    rows = questions.attachments().filter(mail__question__key=key).select_related("mail__question__organizer")
    attachment = get_object_or_404(rows, pk=number)
    mailed = _looked_at(attachment)
    form = MailedForm(request.POST or None, choices=mailed.answers)
    if request.method != "POST" or mailed.refusal or not mailed.answers:
        return _page(request, mailed, form)
    if mailed.is_blank and not form.is_valid():
        return _page(request, mailed, form, status=422)
    return _read_in(request, mailed, form, form.chosen() if mailed.is_blank else mailed.answers[0][0])


def _read_in(request: HttpRequest, mailed: Mailed, form: MailedForm, answer: Answer) -> HttpResponse:
    attachment = mailed.attachment
    try:
        operations.hand_in(
            answer=answer,
            content=mailed.content,
            name=attachment.name,
            way=HandedInBy.MAIL,
            origin=_origin(attachment),
            by=request.user,
            at=timezone.now(),
        )
    except HandedInRefused as refusal:
        return _page(request, mailed, form, str(refusal), in_words(refusal.differences), status=409)
    except Refusal as refusal:
        return _page(request, mailed, form, str(refusal), status=409)
    messages.success(request, _("The PDF is read in. Those who write in the form are told, and go through it."))
    return redirect("casefiles:question", key=attachment.mail.question.key)


def _looked_at(attachment: QuestionAttachment) -> Mailed:
    mailed = Mailed(attachment, storing.read(attachment.file))
    if queries.of_origin(_origin(attachment)) is not None:
        mailed.refusal = _("The PDF has been read in already. Those who write in the form go through it.")
        return mailed
    try:
        mailed.identity = queries.identity_of(read_fields(mailed.content))
    except PdfRefused as refused:
        mailed.refusal = str(refused)
    except NotASheet as refused:
        mailed.refusal = str(HandedInRefused(refused.code))
    else:
        organizer = attachment.mail.question.organizer
        found = queries.belonging(mailed.identity, organizer)
        mailed.answers = [(answer, title_of(answer)) for answer in found]
    return mailed


def _origin(attachment: QuestionAttachment) -> str:
    return f"casefiles.question:{attachment.mail.question.key}:{attachment.pk}"


def _page(
    request: HttpRequest,
    mailed: Mailed,
    form: MailedForm,
    refusal: str = "",
    differences: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    question = mailed.attachment.mail.question
    back = reverse("casefiles:question", args=[question.key])
    crumbs = [
        Crumb(_("To do"), reverse("accounts:work")),
        Crumb(_("Questions"), reverse("casefiles:questions")),
        Crumb(question.subject, back),
        Crumb(_("Filled PDF")),
    ]
    context = {
        "mailed": mailed,
        "form": form if mailed.is_blank else None,
        "facts": _facts(mailed),
        "errors": [(said, "") for said in (refusal or mailed.refusal,) if said],
        "differences": differences or [],
        "may_read_in": bool(mailed.answers) and not mailed.refusal and not refusal,
        "none_found": mailed.identity is not None and not mailed.answers,
        "back": back,
        "crumbs": crumbs,
    }
    return render(request, "forms/mailed.html", context, status=status)


def _facts(mailed: Mailed) -> list[Fact]:
    facts = [Fact(_("File"), mailed.attachment.name)]
    if mailed.identity is None:
        return facts
    version = queries.version_of(mailed.identity)
    form = name_of(version.definition) if version else mailed.identity.slug
    number = _("version %(number)s") % {"number": mailed.identity.number}
    whose = mailed.answers[0][1] if mailed.answers and not mailed.is_blank else ""
    return [*facts, Fact(_("Form"), form, note=number), *([Fact(_("Whose"), whose)] if whose else [])]
