"""Parts of a draft one place up or down, or taken away after a question."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.forms.queries import dependencies
from samspel.forms.rules import drafting
from samspel.forms.rules.uses import Use, parts, uses
from samspel.forms.views.drafts.changing import changed, page_of
from samspel.forms.views.drafts.pages import overview
from samspel.forms.views.drafts.parts import draft_url, question_url
from samspel.forms.views.editing import draft_for, editors_only


@editors_only
@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """A part one place up or down; a question at the end of its section goes to the next one."""
    draft = draft_for(slug)
    part = request.POST.get("part", "")[:200]
    step = -1 if request.POST.get("step") == "up" else 1
    refusal = changed(request, draft, lambda data: drafting.moved(data, part, step))
    if refusal is not True:
        return overview(request, draft, refusal=refusal)
    return redirect(_where(slug, part))


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a part away, having seen what uses it."""
    draft = draft_for(slug)
    part = (request.POST if request.method == "POST" else request.GET).get("part", "")[:200]
    named = parts(draft.body)
    if part not in named or named[part].kind == "option":
        raise Http404
    refusal = None
    if request.method == "POST":
        refusal = changed(request, draft, lambda data: drafting.without(data, part))
        if refusal is True:
            return redirect(question_url(slug, part.partition("/")[0]) if "/" in part else draft_url(slug))
    title = _("Take away “%(name)s”?") % {"name": named[part].sv or part}
    used = dependencies.in_words(_rows(draft.body, part), draft.body, slug)
    back = _where(slug, part)
    return page_of(request, draft, "remove", title=title, refusal=refusal, part=part, used=used, back=back)


class _Row:
    """A use within the draft, in the shape of a row."""

    label = ""

    def __init__(self, use: Use) -> None:
        self.used, self.user_kind, self.user = use.used, use.kind, use.user


def _rows(body: drafting.Data, part: str) -> list[_Row]:
    return [_Row(use) for use in uses(body) if use.used.partition("=")[0] == part and use.user != part]


def _where(slug: str, part: str) -> str:
    return question_url(slug, part.partition("/")[0]) if "/" in part else draft_url(slug, part)
