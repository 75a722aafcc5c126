"""Forms in public, without login: all that are in use, each as a blank page, and how it is filled in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.forms.models import Version
from samspel.forms.queries import outlines
from samspel.forms.queries.definitions import body_of, public_versions
from samspel.forms.rules.definitions import Definition
from samspel.kernel.ui.components import Card, Crumb, Fact
from samspel.kernel.ui.dates import day_text


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every public form in use: what it is for, and who answers it."""
    language = language_of()
    cards = [_card(version, language) for version in public_versions()]
    return render(request, "forms/public/list.html", {"cards": cards})


@require_safe
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """A form as it is when nobody has written in it."""
    version = _version(slug)
    return render(request, "forms/public/form.html", _page(version, body_of(version)))


@require_safe
def instruction(request: HttpRequest, slug: str) -> HttpResponse:
    """What a form is for, who answers it, how, and what becomes of the personal data in it."""
    version = _version(slug)
    definition = body_of(version)
    crumbs = [*_crumbs(version, definition), Crumb(_("Instruction"))]
    return render(request, "forms/public/instruction.html", _page(version, definition) | {"crumbs": crumbs})


def language_of() -> str:
    """The page's language, as definitions have it."""
    return "en" if get_language() == "en" else "sv"


def facts_of(definition: Definition, *, version: Version | None = None) -> list[Fact]:
    """Who answers, about what, who submits, how many questions; and which version it is."""
    facts = [
        Fact(_("About"), outlines.SUBJECT_NAMES.get(definition.subject, definition.subject)),
        Fact(_("Who writes"), outlines.roles_in_words(definition.writers) or _("Those who are asked")),
        Fact(_("Who submits"), outlines.roles_in_words(definition.submitters) or _("Those who are asked")),
        Fact(
            _("Extent"),
            _("%(sections)d sections, %(questions)d questions")
            % {"sections": len(definition.sections), "questions": len(definition.questions)},
        ),
    ]
    if version is not None and version.published_at:
        facts.append(Fact(_("Version"), str(version.number), _("in use since %s") % day_text(version.published_at)))
    return facts


def _card(version: Version, language: str) -> Card:
    definition = body_of(version)
    facts = (Fact(_("Who writes"), outlines.roles_in_words(definition.writers) or _("Those who are asked")),)
    return Card(
        title=definition.name.in_language(language),
        url=reverse("forms:public_form", args=[version.definition.slug]),
        text=definition.purpose.in_language(language),
        facts=facts,
    )


def _version(slug: str) -> Version:
    return get_object_or_404(public_versions(), definition__slug=slug)


def _page(version: Version, definition: Definition) -> dict[str, Any]:
    language = language_of()
    return {
        "slug": version.definition.slug,
        "name": definition.name.in_language(language),
        "purpose": definition.purpose.in_language(language),
        "instruction": definition.instruction.in_language(language),
        "data_purpose": definition.personal_data.purpose.in_language(language),
        "keep_months": definition.personal_data.keep_months,
        "is_private": definition.is_private,
        "facts": facts_of(definition, version=version),
        "sections": outlines.outline(definition, language),
        "crumbs": [*_crumbs(version, definition)[:-1], Crumb(definition.name.in_language(language))],
    }


def _crumbs(version: Version, definition: Definition) -> list[Crumb]:
    address = reverse("forms:public_form", args=[version.definition.slug])
    return [
        Crumb(_("Blank forms"), reverse("forms:public_list")),
        Crumb(definition.name.in_language(language_of()), address),
    ]
