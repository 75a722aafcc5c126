"""The letter that a page is about, for those who may open it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samspel.kernel.ui.components import Crumb
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState
from samspel.letters.queries import letters

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Logged in, and one who may see letters before they are sent. Nothing of it is laid by."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        permissions.TABLE.require(request.user, permissions.SEE, timezone.now())
        return view(request, *args, **kwargs)

    return guarded


def letter_for(request: HttpRequest, key: UUID) -> Letter:
    """The letter of a key; 404 for one that this person may not know of."""
    return get_object_or_404(letters.visible_to(request.user, timezone.now()), key=key)


def may_now(request: HttpRequest, deed: str, letter: Letter | None = None) -> bool:
    """Whether she may do this, in the state the letter is in."""
    state = letter.state if letter else LetterState.DRAFT
    return permissions.TABLE.allows(request.user, deed, timezone.now(), state=state)


def require_now(request: HttpRequest, deed: str, letter: Letter | None = None) -> None:
    """Before a form is shown as well as when it is sent. Raises PermissionDenied, LevelTooLow."""
    state = letter.state if letter else LetterState.DRAFT
    permissions.TABLE.require(request.user, deed, timezone.now(), state=state)


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
