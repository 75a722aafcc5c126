"""What is said beside a section: read, said, and settled."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspel.forms import permissions
from samspel.forms.forms.answers import CommentForm
from samspel.forms.models import Answer, Comment
from samspel.forms.operations import comments as operations
from samspel.forms.queries.comments import said_in
from samspel.forms.views.deeds import deed_page
from samspel.forms.views.finding import address_of, answer_for, at_work, language_of, may_now, require_now, section_for
from samspel.kernel.refusals import Refusal


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, key: UUID, section: str) -> HttpResponse:
    """The comments of a section, and one more."""
    answer = answer_for(request, key)
    about = section_for(answer, section)
    permissions.require(permissions.may_read(request.user, answer, timezone.now()))
    if request.method == "POST":
        require_now(request, permissions.COMMENT, answer)
        if "settle" in request.POST:
            return _settle(request, answer, section)
    language = language_of()
    questions = [(one.key, one.label.in_language(language)) for one in about.questions]
    initial = {"question": request.GET.get("fraga", "")}
    form = CommentForm(request.POST if request.method == "POST" else None, questions=questions, initial=initial)

    def deed(form: CommentForm) -> None:
        operations.say(answer=answer, section=section, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your comment is there for those who write."))

    page = {
        "title": _("Comments on “%(section)s”") % {"section": about.title.in_language(language)},
        "section": about,
        "said": said_in(answer, about, language, seen_by=request.user),
        "may_comment": may_now(request, permissions.COMMENT, answer),
        "may_write": may_now(request, permissions.WRITE, answer),
        "submit": _("Say it"),
    }
    return deed_page(request, answer, form, deed, "forms/comments.html", page, back=_here(answer, section))


def _settle(request: HttpRequest, answer: Answer, section: str) -> HttpResponse:
    try:
        comment = get_object_or_404(Comment, answer=answer, section=section, key=request.POST["settle"])
        operations.settle(comment=comment, by=request.user, at=timezone.now())
    except ValidationError as fault:
        raise Http404 from fault
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(_here(answer, section))


def _here(answer: Answer, section: str) -> str:
    return address_of(answer, "comments", section)
