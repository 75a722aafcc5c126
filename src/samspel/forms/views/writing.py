"""The page a section is written on: whole without a script, and spoken to by one between."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samspel.forms import permissions
from samspel.forms.forms.sections import MORE_ROWS, whole
from samspel.forms.models import Answer
from samspel.forms.operations import presence
from samspel.forms.queries.answers import changes_since
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.seeing import with_subject
from samspel.forms.rules.definitions import Section
from samspel.forms.views.left_behind import keeps_what_was_sent
from samspel.forms.views.section_pages import SectionPage
from samspel.forms.views.section_saving import decide, save_page, save_typed
from samspel.kernel.permissions import is_looked_at

View = Callable[..., HttpResponse]


def readers_only(view: View) -> View:
    """Logged in, and one who may read what is written; 404 where there is no such answer."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, key: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = get_object_or_404(with_subject(Answer.objects.all()), key=key)
        if not permissions.may_read(request.user, answer, timezone.now()):
            raise PermissionDenied
        return view(request, answer, *args, **kwargs)

    return guarded


@keeps_what_was_sent
@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, answer: Answer, section: str) -> HttpResponse:
    """Read or write one section; a script posts what changed to the same address and asks for JSON."""
    page = SectionPage(request, answer, section_of(answer, section))
    wants_json = request.accepts("application/json") and not request.accepts("text/html")
    if request.method == "POST":
        return save_typed(page) if wants_json else decide(page) if "_left" in request.POST else save_page(page)
    if not is_looked_at(request.user):
        presence.seen(answer=answer, person=request.user, section=section, at=page.at)
    more_rows = {request.GET["rader"]: MORE_ROWS} if "rader" in request.GET else {}
    return render(request, "forms/section.html", page.context(more_rows=more_rows))


@readers_only
@require_safe
def section_now(request: HttpRequest, answer: Answer, section: str) -> HttpResponse:
    """What the page is told while it stands open: who is here, what others changed after a revision, its state."""
    page = SectionPage(request, answer, section_of(answer, section))
    if not is_looked_at(request.user):
        place = request.GET.get("falt", "")
        presence.seen(answer=answer, person=request.user, section=section, path=place, at=page.at)
    since = whole(request.GET.get("sedan", ""), answer.revision)
    theirs = changes_since(answer, since) if since < answer.revision else {}
    return JsonResponse(page.now(theirs))


def section_of(answer: Answer, key: str) -> Section:
    """The section of a form. Raises Http404."""
    found = body_of(answer.version).section(key)
    if found is None:
        raise Http404
    return found
