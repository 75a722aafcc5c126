"""Files of a round and the check of its result."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.selection import permissions
from samspel.selection.models import RoundState
from samspel.selection.operations import taking_out
from samspel.selection.queries import protocols, results
from samspel.selection.queries.wording import sentence_of
from samspel.selection.rules.problems import Refused
from samspel.selection.views.found import context_of, round_for, round_with_figures

PDF, ZIP = "application/pdf", "application/zip"


@login_required
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Recompute the round from its frozen document and seed, and compare with what is recorded."""
    round = round_with_figures(request, slug)
    if round.drawn_at is None:
        raise Http404
    context = context_of(round, _("Verify"))
    try:
        context["differences"] = results.verify(round)
    except Refused as refused:
        context["problems"] = [sentence_of(problem) for problem in refused.problems]
    return render(request, "selection/verify.html", context)


@login_required
def protocol(request: HttpRequest, slug: str) -> HttpResponse:
    """The full protocol, for the file."""
    round = round_with_figures(request, slug)
    if round.frozen_at is None:
        raise Http404
    content = taking_out.take_protocol(round=round, language=_language(request), by=request.user, at=timezone.now())
    return _file(content, PDF, f"{slug}-protokoll.pdf")


@login_required
def public_protocol(request: HttpRequest, slug: str) -> HttpResponse:
    """The public protocol."""
    round = round_for(request, slug)
    if round.state == RoundState.DRAFT:
        raise Http404
    return _file(
        protocols.public_pdf(round, _language(request), timezone.now()), PDF, f"{slug}-offentligt-protokoll.pdf"
    )


@login_required
def bundle(request: HttpRequest, slug: str) -> HttpResponse:
    """Rules, figures, seed and result in one file, by which anybody who may have it can recompute the round."""
    round = round_with_figures(request, slug)
    permissions.require(permissions.may_see_seed(request.user, round, timezone.now()))
    if round.drawn_at is None:
        raise Http404
    content = taking_out.take_bundle(round=round, by=request.user, at=timezone.now())
    return _file(content, ZIP, f"{slug}-sekretess.zip")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _language(request: HttpRequest) -> str:
    return "en" if request.LANGUAGE_CODE.startswith("en") else "sv"
