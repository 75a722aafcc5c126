"""The round that a page is about, for those who may open it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Crumb
from samspel.selection import permissions
from samspel.selection.models import Round
from samspel.selection.queries.rounds import visible_to


def round_for(request: HttpRequest, slug: str) -> Round:
    """The round of an address; 403 for those with no business here, 404 for one that this person may not know of."""
    at = timezone.now()
    permissions.require(permissions.may_see_rounds(request.user, at))
    return get_object_or_404(visible_to(request.user, at), slug=slug)


def round_with_figures(request: HttpRequest, slug: str) -> Round:
    """The same, for pages that show who stands where: 403 for those it is kept from."""
    round = round_for(request, slug)
    permissions.require(permissions.may_see_figures(request.user, round, timezone.now()))
    return round


def context_of(round: Round, here: Any = "", **more: Any) -> dict[str, Any]:
    """What every page of a round needs: the round and the way here. `here`: the page's name, if not the round's own."""
    crumbs = [Crumb(_("Selection rounds"), reverse("selection:list"))]
    if here:
        crumbs += [Crumb(round.title, reverse("selection:detail", args=[round.slug])), Crumb(here)]
    else:
        crumbs.append(Crumb(round.title))
    return {"round": round, "crumbs": crumbs, "here": here, **more}
