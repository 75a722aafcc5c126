"""Sections, questions and columns of a draft: added, and changed each on its own page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspel.forms.forms.definitions.fields import initial_words, words_from, words_read
from samspel.forms.forms.definitions.parts import NewPartForm, PartForm, SectionForm, TypeForm, new_key
from samspel.forms.queries.outlines import type_name
from samspel.forms.rules import drafting
from samspel.forms.rules.definitions import Type
from samspel.forms.views.drafts.changing import asked_on, part_or_404
from samspel.forms.views.editing import draft_for, editors_only

form_page = require_http_methods(["GET", "HEAD", "POST"])


@editors_only
@form_page
def new_section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section more, last in the form."""
    draft = draft_for(slug)
    form = SectionForm(request.POST or None, is_new=True)

    def change(data: drafting.Data) -> drafting.Data | None:
        key = new_key(form, words_from(form.cleaned_data, "title")["sv"], drafting.keys_in(data))
        return None if form.errors else drafting.with_section(data, {"key": key, **form.words()})

    return asked_on(request, draft, form, change, to=lambda: draft_url(slug), title=_("New section"))


@editors_only
@form_page
def section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A section's own words."""
    draft = draft_for(slug)
    part = part_or_404(drafting.section_of, draft.body, key)
    form = SectionForm(request.POST or None, initial=initial_words(part, "title") | initial_words(part, "help"))

    def change(data: drafting.Data) -> drafting.Data:
        drafting.section_of(data, key)
        return drafting.with_section(data, {"key": key, **form.words()})

    title = _("The section “%(name)s”") % {"name": title_of(part)}
    return asked_on(request, draft, form, change, to=lambda: draft_url(slug, key), title=title)


@editors_only
@form_page
def new_question(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A question more, last in a section."""
    draft = draft_for(slug)
    home = part_or_404(drafting.section_of, draft.body, key)
    form = NewPartForm(request.POST or None)

    def change(data: drafting.Data) -> drafting.Data | None:
        found = new_key(form, words_from(form.cleaned_data, "label")["sv"], drafting.keys_in(data))
        form.made = found
        question = {"key": found, **_first_words(form)}
        return None if form.errors else drafting.with_question(data, question, key)

    title = _("New question in “%(name)s”") % {"name": title_of(home)}
    return asked_on(request, draft, form, change, to=lambda: question_url(slug, form.made), title=title)


@editors_only
@form_page
def question(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A question: all that its type asks for."""
    draft = draft_for(slug)
    part = part_or_404(drafting.question_of, draft.body, key)
    form = PartForm(request.POST or None, part=part, whole_form=draft.body)

    def change(data: drafting.Data) -> drafting.Data:
        drafting.question_of(data, key)
        words = form.words()
        return drafting.with_question(data, {"key": key, **words}, form.cleaned_data["section"])

    page = {"template": "question", "part": part, "type": type_name(form.type), "columns": _columns(part)}
    page |= {"is_table": form.type == Type.ROWS, "key": key, "type_url": reverse("forms:draft_type", args=[slug, key])}
    to = question_url(slug, key) if "more_options" in request.POST else draft_url(slug, key)
    return asked_on(request, draft, form, change, to=lambda: to, title=label_of(part), **page)


@editors_only
@form_page
def new_column(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A column more, last in a table."""
    draft = draft_for(slug)
    table = part_or_404(drafting.question_of, draft.body, key)
    form = NewPartForm(request.POST or None, of_columns=True)

    def change(data: drafting.Data) -> drafting.Data | None:
        taken = {each.get("key", "") for each in drafting.question_of(data, key).get("columns") or []}
        found = new_key(form, words_from(form.cleaned_data, "label")["sv"], taken)
        form.made = found
        return None if form.errors else drafting.with_column(data, key, {"key": found, **_first_words(form)})

    title = _("New column in “%(name)s”") % {"name": label_of(table)}
    return asked_on(request, draft, form, change, to=lambda: column_url(slug, key, form.made), title=title)


@editors_only
@form_page
def column(request: HttpRequest, slug: str, key: str, column: str) -> HttpResponse:
    """A column: all that its type asks for."""
    draft = draft_for(slug)
    part = part_or_404(drafting.column_of, draft.body, key, column)
    form = PartForm(request.POST or None, part=part, whole_form=draft.body, is_column=True)

    def change(data: drafting.Data) -> drafting.Data:
        drafting.column_of(data, key, column)
        return drafting.with_column(data, key, {"key": column, **form.words()})

    to = column_url(slug, key, column) if "more_options" in request.POST else question_url(slug, key)
    page = {"template": "question", "part": part, "type": type_name(form.type), "key": f"{key}/{column}"}
    page["type_url"] = reverse("forms:draft_column_type", args=[slug, key, column])
    return asked_on(request, draft, form, change, to=lambda: to, title=label_of(part), **page)


@editors_only
@form_page
def type_of(request: HttpRequest, slug: str, key: str, column: str = "") -> HttpResponse:
    """Another type for a question or a column."""
    draft = draft_for(slug)
    arguments = (draft.body, key, column) if column else (draft.body, key)
    part = part_or_404(drafting.column_of if column else drafting.question_of, *arguments)
    form = TypeForm(request.POST or None, of_columns=bool(column), initial={"type": part.get("type")})
    path = f"{key}/{column}" if column else key

    def change(data: drafting.Data) -> drafting.Data:
        return drafting.with_type(data, path, form.cleaned_data["type"])

    to = column_url(slug, key, column) if column else question_url(slug, key)
    title = _("Another type for “%(name)s”") % {"name": label_of(part)}
    lead = _("What belongs to the type it has now, such as options and limits, goes away.")
    return asked_on(request, draft, form, change, to=lambda: to, title=title, lead=lead)


def draft_url(slug: str, part: str = "") -> str:
    """The draft's page, at a part of it."""
    return reverse("forms:draft", args=[slug]) + (f"#del-{part}" if part else "")


def question_url(slug: str, key: str) -> str:
    """The page of a question."""
    return reverse("forms:draft_question", args=[slug, key])


def column_url(slug: str, key: str, column: str) -> str:
    """The page of a column."""
    return reverse("forms:draft_column", args=[slug, key, column])


def label_of(part: drafting.Data) -> str:
    """What a question or column is called."""
    return words_read(part, "label")


def title_of(part: drafting.Data) -> str:
    """What a section is called."""
    return words_read(part, "title")


def _first_words(form: NewPartForm) -> dict[str, Any]:
    words: dict[str, Any] = {"type": form.cleaned_data["type"], "label": words_from(form.cleaned_data, "label")}
    # So that a new scale is one at once.
    return words | ({"least": "1", "most": "5"} if words["type"] == Type.SCALE else {})


def _columns(part: drafting.Data) -> list[dict[str, str]]:
    return [
        {"key": str(each.get("key")), "label": label_of(each), "type": type_name(str(each.get("type")))}
        for each in part.get("columns") or []
    ]
