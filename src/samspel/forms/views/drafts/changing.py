"""How a page of the editor changes the draft: checks what was typed, saves, and says what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.forms.models import Version
from samspel.forms.operations.drafting import DefinitionInUse, change_draft
from samspel.forms.queries import dependencies
from samspel.forms.rules import drafting
from samspel.forms.views.editing import crumbs_to, draft_crumb, errors_of, revision_in
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb

Change = Callable[[drafting.Data], Mapping[str, Any] | None]


def part_or_404(find: Callable[..., drafting.Data], *arguments: Any) -> drafting.Data:
    """A part of the draft; 404 where there is none."""
    try:
        return find(*arguments)
    except drafting.NoSuchPart:
        raise Http404 from None


def changed(request: HttpRequest, draft: Version, change: Change) -> Refusal | bool:
    """Save a change: True if it is saved, False if the page's own fields say what is wrong, or why it was refused."""
    try:
        data = change(draft.body)
        if data is None:
            return False
        change_draft(version=draft, data=data, revision=revision_in(request), by=request.user, at=timezone.now())
    except drafting.NoSuchPart:
        raise Http404 from None
    except Refusal as refusal:
        return refusal
    messages.success(request, _("The draft is saved."))
    return True


def page_of(
    request: HttpRequest, draft: Version, template: str, *, title: Any, refusal: Any = None, **more: Any
) -> HttpResponse:
    """A page of the editor, with what stands in the way."""
    # Thrown away by another meanwhile, it has no revision; what was typed stands on the page all the same.
    draft.revision = Version.objects.filter(pk=draft.pk).values_list("revision", flat=True).first() or 0
    form = more.get("form")
    is_wrong = bool(refusal) or bool(form is not None and form.errors)
    page = {
        "form": None,
        "draft": draft,
        "slug": draft.definition.slug,
        "title": title,
        "errors": errors_of(refusal) if isinstance(refusal, Refusal) else [],
        "hindrances": hindrances_of(refusal, draft),
        "crumbs": crumbs_to(draft.definition, draft_crumb(draft), Crumb(title)),
        **more,
    }
    return render(request, f"forms/definitions/{template}.html", page, status=422 if is_wrong else 200)


def hindrances_of(refusal: Any, draft: Version) -> list[dependencies.UseInWords]:
    """Who uses what was to be taken away."""
    if not isinstance(refusal, DefinitionInUse):
        return []
    return dependencies.in_words(refusal.hindrances, draft.body, draft.definition.slug)


def asked_on(
    request: HttpRequest, draft: Version, form: Any, change: Change, *, to: Callable[[], str], title: Any, **more: Any
) -> HttpResponse:
    """The page of one form: shown, refused, or saved and gone on from."""
    refusal: Refusal | bool | None = None
    if request.method == "POST" and form.is_valid():
        refusal = changed(request, draft, change)
        if refusal is True:
            return redirect(to())
    return page_of(request, draft, more.pop("template", "part"), title=title, form=form, refusal=refusal, **more)
