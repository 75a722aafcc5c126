"""The definition or draft that an editor's page is about, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samspel.forms import permissions
from samspel.forms.models import Definition, Version, VersionState
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb

View = Callable[..., HttpResponse]


def readers_only(view: View) -> View:
    """For those who may see every form and its versions. Nothing of it is laid by."""
    return _only(permissions.SEE_DEFINITIONS, view)


def editors_only(view: View) -> View:
    """For those who write forms; whose login is not sure enough is asked before she has typed anything."""
    return _only(permissions.EDIT_DEFINITIONS, view)


def may_edit(request: HttpRequest) -> bool:
    """Whether the reader writes forms."""
    return permissions.TABLE.allows(request.user, permissions.EDIT_DEFINITIONS, timezone.now())


def definition_for(slug: str) -> Definition:
    """The definition of an address; 404 where there is none."""
    return get_object_or_404(Definition, slug=slug)


def version_for(slug: str, number: int) -> Version:
    """A version by its number; 404 where there is none."""
    if number > 2**31 - 1:
        raise Http404
    return get_object_or_404(Version.objects.select_related("definition"), definition__slug=slug, number=number)


def draft_for(slug: str) -> Version:
    """The draft of a form; 404 where there is none."""
    drafts = Version.objects.select_related("definition").filter(state=VersionState.DRAFT)
    return get_object_or_404(drafts, definition__slug=slug)


def revision_in(request: HttpRequest) -> int:
    """The draft's revision that a page was made from, as it was sent back."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def name_of(definition: Definition) -> str:
    """Its name in the language of the page."""
    is_english = (get_language() or "").startswith("en")
    return (definition.name_en if is_english else "") or definition.name_sv or definition.slug


def crumbs_to(definition: Definition | None = None, *more: Crumb) -> list[Crumb]:
    """The way to an editor's page."""
    found = [Crumb(_("Edit forms"), reverse("forms:definitions"))]
    if definition is not None:
        found.append(Crumb(name_of(definition), reverse("forms:definition", args=[definition.slug])))
    return [*found, *more]


def draft_crumb(version: Version) -> Crumb:
    """The draft's own page."""
    words = _("Draft of version %(number)d") % {"number": version.number}
    return Crumb(words, reverse("forms:draft", args=[version.definition.slug]))


def errors_of(refusal: Refusal) -> list[tuple[Any, str]]:
    """A refusal for `error_summary`."""
    return [(refusal.sentence, "")]


def _only(deed: str, view: View) -> View:
    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        permissions.TABLE.require(request.user, deed, timezone.now())
        return view(request, *args, **kwargs)

    return guarded
