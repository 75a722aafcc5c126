"""The answer that a page is about, for those who may know of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samspel.forms import permissions
from samspel.forms.models import Answer
from samspel.forms.queries import seeing
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.definitions import Section
from samspel.kernel.ui.components import Crumb

View = Callable[..., HttpResponse]


def at_work(view: View) -> View:
    """Logged in; nothing of the page is laid by."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return guarded


def answer_for(request: HttpRequest, key: UUID) -> Answer:
    """The answer of a key; 404 for one that this person may not know of."""
    return get_object_or_404(seeing.visible_to(request.user, timezone.now()), key=key)


def section_for(answer: Answer, key: str) -> Section:
    """The section of a key; 404 where the form has none."""
    found = body_of(answer.version).section(key)
    if found is None:
        raise Http404
    return found


def may_now(request: HttpRequest, deed: str, answer: Answer) -> bool:
    """Whether she may do this with the answer as it stands."""
    return permissions.may(request.user, deed, answer, timezone.now())


def require_now(request: HttpRequest, deed: str, answer: Answer) -> None:
    """Before a form is shown as well as when it is sent: what is typed is never lost to a login not sure enough.

    Who may do it in another state is let in, to be told what stands in the way. Raises PermissionDenied, LevelTooLow.
    """
    permissions.require(permissions.may_in_some_state(request.user, deed, answer, timezone.now()))
    permissions.TABLE.require_level(request.user, deed)


def language_of() -> str:
    """The language being read, as a definition's words know it."""
    return "en" if (get_language() or "").startswith("en") else "sv"


def crumbs_to(answer: Answer | None = None, *, here: Any = "") -> list[Crumb]:
    """The way to a page; the last is where one stands."""
    crumbs = [Crumb(_("Forms"), reverse("forms:mine"))]
    if answer is not None:
        crumbs.append(Crumb(title_of(answer), address_of(answer)))
    if here:
        crumbs.append(Crumb(here))
    else:
        crumbs[-1] = Crumb(crumbs[-1].label)
    return crumbs


def title_of(answer: Answer) -> str:
    """What it is and about whom, in a line."""
    whom = seeing.about_whom(answer)
    return f"{seeing.form_name(answer)}, {whom}" if whom else seeing.form_name(answer)


def address_of(answer: Answer, page: str = "answer", *more: Any) -> str:
    """One of its pages."""
    return reverse(f"forms:{page}", args=[answer.key, *more])
