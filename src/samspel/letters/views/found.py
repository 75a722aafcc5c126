"""The letter that a page is about, for those who may open it."""

from __future__ import annotations

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Crumb
from samspel.letters import permissions
from samspel.letters.models import Letter
from samspel.letters.queries import letters
from samspel.letters.views.deeds import View, at_work, require_now


def staff_only(view: View) -> View:
    """Logged in, and one who may see letters before they are sent. Nothing of it is laid by."""

    @at_work
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_now(request, permissions.SEE)
        return view(request, *args, **kwargs)

    return guarded


def letter_for(request: HttpRequest, key: UUID) -> Letter:
    """The letter of a key; 404 for one that this person may not know of."""
    return get_object_or_404(letters.visible_to(request.user, timezone.now()), key=key)


def crumbs_to(letter: Letter | None = None, *, here: Any = "") -> list[Crumb]:
    """The way to a page; the last is where one stands."""
    crumbs = [Crumb(_("Letters"), reverse("letters:letters"))]
    if letter is not None:
        crumbs.append(Crumb(letters.title_of(letter, get_language() or "sv"), address_of(letter)))
    if here:
        crumbs.append(Crumb(here))
    else:
        crumbs[-1] = Crumb(crumbs[-1].label)
    return crumbs


def address_of(letter: Letter) -> str:
    """Its page."""
    return reverse("letters:letter", args=[letter.key])
