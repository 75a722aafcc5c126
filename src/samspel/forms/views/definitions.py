"""Forms as editors see them: all of them, each with its versions, and one version with what is new in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.forms.forms.definitions.fields import words_from
from samspel.forms.forms.definitions.words import NewForm
from samspel.forms.models import Definition, Version, VersionState
from samspel.forms.operations import definitions as operations
from samspel.forms.operations.drafting import DefinitionInUse, keeping
from samspel.forms.queries import dependencies, outlines
from samspel.forms.queries.definitions import body_of, by_name, drafts_of, entries_about, waiting_shipped
from samspel.forms.queries.differences import between
from samspel.forms.queries.people import names_in
from samspel.forms.rules import toml
from samspel.forms.rules.definitions import FORMAT
from samspel.forms.views.drafts import faults
from samspel.forms.views.drafts.pages import before_of
from samspel.forms.views.editing import (
    crumbs_to,
    definition_for,
    editors_only,
    errors_of,
    may_edit,
    name_of,
    readers_only,
    version_for,
)
from samspel.forms.views.public import facts_of, language_of
from samspel.kernel.audit import HistoryRow, history_of
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Badge, Crumb
from samspel.kernel.ui.tables import Column, Table

BADGES = {VersionState.DRAFT: "info", VersionState.PUBLISHED: "success", VersionState.RETIRED: "neutral"}


@readers_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every form: which version is in use, and whether somebody is at the next one."""
    page = {"table": _table(request), "may_edit": may_edit(request)}
    return render(request, "forms/definitions/list.html", page)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new form, as a draft."""
    form = NewForm(request.POST or None)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["slug"]
        data = {"format": FORMAT, "slug": slug, "name": words_from(form.cleaned_data, "name"), "sections": []}
        try:
            operations.create(data=data, by=request.user, at=timezone.now())
            return redirect("forms:draft", slug)
        except Refusal as refusal:
            errors = errors_of(refusal)
    page = {"form": form, "errors": errors, "crumbs": crumbs_to(None, Crumb(_("New form"))), "title": _("New form")}
    return render(request, "forms/definitions/new.html", page, status=422 if form.errors or errors else 200)


@readers_only
@require_safe
def definition(request: HttpRequest, slug: str) -> HttpResponse:
    """A form: what is next, its versions, and what uses it."""
    return _page(request, definition_for(slug))


@readers_only
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version: what is new in it, and the whole of it."""
    found = version_for(slug, number)
    wrong = keeping.faults(found.body)
    before = before_of(found)
    title = _("Version %(number)d") % {"number": number}
    page = {
        "version": found,
        "badge": badge_of(found),
        "slug": slug,
        "name": name_of(found.definition),
        "title": title,
        "crumbs": crumbs_to(found.definition, Crumb(title)),
        "before": before,
        "faults": faults.told(wrong, found.body, slug),
        "differences": between(before, found) if before and not wrong else [],
        "facts": [] if wrong else facts_of(body_of(found), version=found),
        "sections": [] if wrong else outlines.outline(body_of(found), language_of()),
        "answers": dependencies.answers_of(found),
        "may_edit": may_edit(request),
        **_history(request, history_of(found)),
    }
    return render(request, "forms/definitions/version.html", page)


@readers_only
@require_safe
def as_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as a TOML file."""
    found = version_for(slug, number)
    headers = {"Content-Disposition": f'attachment; filename="{found.definition.slug}-{found.number}.toml"'}
    content = toml.written(found.body)
    return HttpResponse(content, content_type="application/toml; charset=utf-8", headers=headers)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """No longer hand a form out."""
    lead = _("It is no longer handed out and no longer shown in public. What was begun can be finished.")
    return _deed(request, slug, operations.end, title=_("End the form?"), lead=lead, submit=_("End the form"))


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a form away that nothing uses."""
    lead = _("The form and all its versions go away for good.")
    return _deed(
        request, slug, operations.delete, title=_("Take the form away?"), lead=lead, submit=_("Take the form away")
    )


@editors_only
@require_POST
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the blank form in public, or no longer."""
    found = definition_for(slug)
    is_public = request.POST.get("is_public") == "yes"
    operations.show(definition=found, is_public=is_public, by=request.user, at=timezone.now())
    messages.success(request, _("It is shown in public.") if is_public else _("It is no longer shown in public."))
    return redirect("forms:definition", slug)


def badge_of(version: Version) -> Badge:
    """Its state in a word."""
    return Badge(version.get_state_display(), BADGES[VersionState(version.state)])


def _deed(request: HttpRequest, slug: str, operation: Any, **words: Any) -> HttpResponse:
    """A page that asks once, and does it."""
    found = definition_for(slug)
    page = {"form": None, "crumbs": crumbs_to(found, Crumb(words["title"])), "slug": slug, **words}
    if request.method == "POST":
        try:
            operation(definition=found, by=request.user, at=timezone.now())
            messages.success(request, _("It is done."))
            is_left = Definition.objects.filter(slug=slug).exists()
            return redirect("forms:definition", slug) if is_left else redirect("forms:definitions")
        except Refusal as refusal:
            uses = refusal.hindrances if isinstance(refusal, DefinitionInUse) else ()
            newest = found.versions.first()
            told = dependencies.in_words(uses, newest.body if newest else {}, slug)
            page |= {"errors": errors_of(refusal), "hindrances": told}
    return render(request, "forms/definitions/deed.html", page, status=422 if "errors" in page else 200)


def _page(request: HttpRequest, found: Definition) -> HttpResponse:
    versions = list(found.versions.defer("body"))
    edits = may_edit(request)
    in_use = next((each for each in versions if each.state == VersionState.PUBLISHED), None)
    draft = next((each for each in versions if each.state == VersionState.DRAFT), None)
    waiting = waiting_shipped(found)
    page = {
        "definition": found,
        "slug": found.slug,
        "name": name_of(found),
        "crumbs": crumbs_to(found),
        "versions": _versions(request, versions),
        "in_use": in_use,
        "draft": draft,
        "uses": dependencies.of_definition(found),
        "waiting": waiting is not None and edits and not draft and not found.ended_on,
        "may_edit": edits,
        "may_begin": edits and not draft and not found.ended_on,
        "next": _next(found, in_use, draft, edits, is_waiting=waiting is not None),
        **_history(request, history_of(found, entries=entries_about(found))),
    }
    return render(request, "forms/definitions/detail.html", page)


def _history(request: HttpRequest, rows: list[HistoryRow]) -> dict[str, Any]:
    return {"history": rows, "people": names_in([one.by_key for one in rows if one.by_key], seen_by=request.user)}


def _next(
    found: Definition, in_use: Version | None, draft: Version | None, edits: bool, *, is_waiting: bool
) -> dict[str, Any]:
    who = "" if edits else _("An editor")
    if found.ended_on:
        return {"what": _("Nothing: the form is ended. What was begun can be finished.")}
    if draft is not None:
        url = reverse("forms:draft", args=[found.slug]) if edits else ""
        words = _("The draft of version %(number)d is made ready and put to use.") % {"number": draft.number}
        return {"what": words, "who": who, "url": url, "action": _("Go on with the draft") if edits else ""}
    if is_waiting:
        return {
            "what": _("A newer version has come with the program. Decide whether to make a draft of it."),
            "who": who,
        }
    number = in_use.number if in_use else 0
    return {"what": _("Nothing: version %(number)d is in use. A change is made in a new draft.") % {"number": number}}


def _versions(request: HttpRequest, versions: list[Version]) -> Table:
    slug = versions[0].definition.slug if versions else ""
    columns = [
        Column(
            "number",
            _("Version"),
            is_row_header=True,
            value=lambda one: _("Version %(number)d") % {"number": one.number},
            url=lambda one: reverse("forms:version", args=[slug, one.number]),
        ),
        Column("state", _("How it stands"), kind="badge", value=badge_of),
        Column("published_at", _("In use from"), kind="moment"),
        Column("note", _("What is new")),
    ]
    return Table(caption=_("Versions"), columns=columns, rows=versions, params=request.GET, name="versioner")


def _table(request: HttpRequest) -> Table:
    in_use, drafts = drafts_of()
    columns = [
        Column(
            "name",
            _("Form"),
            is_row_header=True,
            order_by=by_name(),
            value=name_of,
            url=lambda one: reverse("forms:definition", args=[one.slug]),
        ),
        Column("in_use", _("In use"), value=lambda one: _number(in_use.get(one.pk))),
        Column("draft", _("Draft"), value=lambda one: _number(drafts.get(one.pk))),
        Column("state", _("How it stands"), kind="badge", value=lambda one: _state(one, in_use)),
    ]
    rows = Definition.objects.all()
    return Table(
        caption=_("Forms"), columns=columns, rows=rows, params=request.GET, sort="name", empty=_("There are no forms.")
    )


def _number(number: int | None) -> str:
    return _("Version %(number)d") % {"number": number} if number else "–"


def _state(one: Definition, in_use: dict[Any, int]) -> Badge:
    if one.ended_on:
        return Badge(pgettext("of a form", "Ended"))
    if one.pk not in in_use:
        return Badge(_("Only a draft"), "info")
    return (
        Badge(_("Shown in public"), "success") if one.is_public else Badge(_("In use, not shown in public"), "warning")
    )
