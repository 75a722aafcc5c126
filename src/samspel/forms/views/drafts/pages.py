"""A draft as a whole: its page, its own words, as text, put to use, thrown away."""

from __future__ import annotations

import tomllib
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.forms.forms.definitions.fields import no_toml
from samspel.forms.forms.definitions.words import NoteForm, TextForm, WordsForm, initial_of
from samspel.forms.models import Version
from samspel.forms.operations.drafting import DefinitionFaulty, begin_draft, drop_draft, keeping, publish
from samspel.forms.queries.definitions import waiting_shipped
from samspel.forms.queries.differences import between
from samspel.forms.queries.outlines import type_name
from samspel.forms.rules import drafting, toml
from samspel.forms.views.drafts import faults
from samspel.forms.views.drafts.changing import asked_on, changed, hindrances_of, page_of
from samspel.forms.views.drafts.conditions import in_words
from samspel.forms.views.drafts.parts import draft_url, label_of, title_of
from samspel.forms.views.editing import (
    crumbs_to,
    definition_for,
    draft_crumb,
    draft_for,
    editors_only,
    errors_of,
    name_of,
)
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb


@editors_only
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """The next version as a draft, copied from the one in use, or from what came with the program."""
    definition = definition_for(slug)
    data = waiting_shipped(definition) if "shipped" in request.POST else None
    try:
        begin_draft(definition=definition, by=request.user, at=timezone.now(), data=data)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("forms:definition", slug)
    messages.success(request, _("A draft is begun. Those who answer see it only when you put it to use."))
    return redirect("forms:draft", slug)


@editors_only
@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft: what is wrong in it, its sections and questions, and what can be done with it."""
    return overview(request, draft_for(slug))


def overview(request: HttpRequest, draft: Version, *, refusal: Any = None) -> HttpResponse:
    """The draft's page, with what was refused."""
    slug = draft.definition.slug
    draft = draft_for(slug)
    found = keeping.faults(draft.body)
    before = before_of(draft)
    page = {
        "draft": draft,
        "slug": slug,
        "name": name_of(draft.definition),
        "crumbs": crumbs_to(draft.definition, Crumb(draft_crumb(draft).label)),
        "faults": faults.told(found, draft.body, slug),
        "next": _next(found, slug),
        "sections": _sections(draft.body),
        "differences": between(before, draft) if before and not found else [],
        "before": before,
        "errors": errors_of(refusal) if isinstance(refusal, Refusal) else [],
        "hindrances": hindrances_of(refusal, draft),
    }
    return render(request, "forms/definitions/draft.html", page, status=422 if refusal else 200)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """The form's own words."""
    draft = draft_for(slug)
    form = WordsForm(request.POST or None, initial=initial_of(draft.body))

    def change(data: drafting.Data) -> drafting.Data:
        return drafting.with_words(data, form.words())

    return asked_on(request, draft, form, change, to=lambda: draft_url(slug), title=_("The form’s own words"))


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft as text: to take out, to change, to send in. A text with faults is not taken, and they are told."""
    draft = draft_for(slug)
    form = TextForm(request.POST or None, request.FILES or None, initial={"text": toml.written(draft.body)})
    refusal: Any = None
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            data = tomllib.loads(form.cleaned_data["written"])
            keeping.read(data)
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            form.add_error(None, no_toml(fault))
        except DefinitionFaulty as faulty:
            refusal, found = faulty, faults.told(faulty.faults, data, slug)
        else:
            refusal = changed(request, draft, lambda _data: data)
            if refusal is True:
                return redirect("forms:draft", slug)
    number = draft.number
    return page_of(request, draft, "text", title=_("As text"), form=form, refusal=refusal, faults=found, number=number)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def put_to_use(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the draft to use, having seen what is new and what becomes of answers that are being written."""
    draft = draft_for(slug)
    form = NoteForm(request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            publish(version=draft, note=form.cleaned_data["note"], by=request.user, at=timezone.now())
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("Version %(number)d is in use.") % {"number": draft.number})
            return redirect("forms:definition", slug)
    wrong = keeping.faults(draft.body)
    before = before_of(draft)
    page = {
        "faults": faults.told(wrong, draft.body, slug),
        "before": before,
        "differences": between(before, draft) if before and not wrong else [],
    }
    title = _("Put version %(number)d to use") % {"number": draft.number}
    return page_of(request, draft, "publish", title=title, form=form, refusal=refusal, **page)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    draft = draft_for(slug)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            drop_draft(version=draft, by=request.user, at=timezone.now())
        except Refusal as found:
            refusal = found
        else:
            messages.success(request, _("The draft is thrown away."))
            is_left = draft.definition.versions.exists()
            return redirect("forms:definition", slug) if is_left else redirect("forms:definitions")
    return page_of(request, draft, "drop", title=_("Throw the draft away?"), refusal=refusal)


def before_of(version: Version) -> Version | None:
    """The version that was in use before this one, or is."""
    return version.definition.versions.filter(published_at__isnull=False, number__lt=version.number).first()


def _next(found: Any, slug: str) -> dict[str, Any]:
    if found:
        return {"what": _("What is wrong in the draft is put right."), "url": "#fel", "action": _("See what is wrong")}
    return {
        "what": _("The draft is previewed, tried, and put to use."),
        "url": reverse("forms:draft_publish", args=[slug]),
        "action": _("Put it to use"),
    }


def _sections(body: drafting.Data) -> list[dict[str, Any]]:
    return [
        {
            "key": str(each.get("key")),
            "title": title_of(each),
            "condition": in_words(each.get("asked_when"), body),
            "questions": [_question(question, body) for question in each.get("questions") or []],
        }
        for each in body.get("sections") or []
    ]


def _question(question: drafting.Data, body: drafting.Data) -> dict[str, Any]:
    return {
        "key": str(question.get("key")),
        "label": label_of(question),
        "type": type_name(str(question.get("type"))),
        "is_required": question.get("is_required"),
        "condition": in_words(question.get("asked_when"), body),
        "required_when": in_words(question.get("required_when"), body),
    }
