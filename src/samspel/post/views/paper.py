"""Letters on paper: what there is to print, the file to print, and that it is posted."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samspel.kernel.permissions import require
from samspel.kernel.ui.components import Crumb
from samspel.kernel.ui.dates import day_text
from samspel.post import permissions
from samspel.post.operations import paper as operations
from samspel.post.queries import paper as queries


@never_cache
@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The piles, each with its file and the button that says it is posted."""
    now = timezone.now()
    require(permissions.may_print(request.user, now))
    context = {
        "piles": [_shown(pile) for pile in queries.piles()],
        "crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Letters on paper"))],
        "is_part_of_operation": permissions.may_look(request.user, now),
    }
    return render(request, "post/paper.html", context)


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, pile: str) -> HttpResponse:
    """The letters of a pile as PDF."""
    now = timezone.now()
    require(permissions.may_print(request.user, now))
    found = _known(pile)
    content = operations.printed(pile=_key(pile), title=found["title"], by=request.user, at=now)
    disposition = f'attachment; filename="brev-{pile[:10]}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": disposition})


@never_cache
@login_required
@require_POST
def posted(request: HttpRequest, pile: str) -> HttpResponse:
    """What was in the file is posted."""
    now = timezone.now()
    require(permissions.may_print(request.user, now))
    written = request.POST.get("up_to", "")
    up_to = int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0
    number = operations.mark_posted(pile=_key(pile), up_to=up_to, by=request.user, at=now)
    told = ngettext("%(number)s letter counts as sent.", "%(number)s letters count as sent.", number)
    messages.success(request, told % {"number": number})
    return redirect("post:paper")


def _known(pile: str) -> dict[str, Any]:
    for one in queries.piles():
        if one.key == pile:
            return _shown(one)
    raise Http404


def _shown(pile: queries.Pile) -> dict[str, Any]:
    title = pile.title or _("Letters of %(day)s") % {"day": day_text(pile.on)}
    return {"key": pile.key, "title": title, "number": pile.number, "most": queries.AT_ONCE, "up_to": pile.up_to}


def _key(pile: str) -> UUID | date:
    try:
        return date.fromisoformat(pile) if len(pile) == 10 else UUID(pile)
    except ValueError as error:
        raise Http404 from error
