"""Public pages of the schemes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samspel.kernel.audit import history_of
from samspel.kernel.ui.components import Card, Crumb, Event, Fact
from samspel.kernel.ui.dates import day_text
from samspel.schemes import queries
from samspel.schemes.models import Edition, Scheme
from samspel.schemes.rules.editions import EditionRules, Entry, Step
from samspel.schemes.rules.school_forms import names_on


def _language() -> str:
    return "en" if get_language() == "en" else "sv"


def scheme_list(request: HttpRequest) -> HttpResponse:
    """Every scheme, with the edition that holds today."""
    today, language = timezone.localdate(), _language()
    cards = [
        Card(
            title=queries.name_of(scheme, language),
            url=reverse("schemes:detail", args=[scheme.slug]),
            text=queries.rules_of(edition).purpose.get(language),
        )
        for scheme in queries.schemes()
        if (edition := queries.edition_on(scheme, today)) is not None
    ]
    return render(request, "schemes/list.html", {"cards": cards})


def scheme_detail(request: HttpRequest, slug: str, edition_slug: str | None = None) -> HttpResponse:
    """One scheme as an edition has it: the one that holds today, or the one asked for."""
    scheme = get_object_or_404(queries.schemes(), pk=slug)
    edition = queries.edition_on(scheme, timezone.localdate())
    if edition_slug is not None:
        edition = get_object_or_404(scheme.editions.all(), slug=edition_slug)
    return render(request, "schemes/detail.html", _context(scheme, edition, _language()))


def _context(scheme: Scheme, edition: Edition, language: str) -> dict[str, Any]:
    rules = queries.rules_of(edition)
    name = queries.name_of(scheme, language)
    return {
        "scheme": scheme,
        "edition": edition,
        "editions": list(scheme.editions.all()),
        "name": name,
        "purpose": rules.purpose.get(language),
        "crumbs": [Crumb(_("Programmes"), reverse("schemes:list")), Crumb(name)],
        "facts": _facts(rules),
        "facts_label": _("The scheme in short"),
        "fingerprint_label": _("Fingerprint of the edition"),
        "steps": [_step(rules, step, language) for step in rules.steps],
        "criteria": [criterion.name.get(language) for criterion in rules.criteria],
        "school_forms": names_on(rules.school_forms, edition.valid_from, language),
        "valid_from": day_text(edition.valid_from),
        "legal_basis": rules.legal_basis.get(language),
        "appeal": rules.appeal.get(language),
        "sources": rules.sources,
        # Days and deeds are public, who did them is not.
        "history": [Event(at=row.at, label=row.label) for row in history_of(edition)],
    }


def _facts(rules: EditionRules) -> list[Fact]:
    entry = (
        _("Skolverket selects and offers; one cannot apply")
        if rules.entry is Entry.SELECTION
        else _("Open to every organizer")
    )
    facts = [Fact(_("How one comes in"), entry)]
    if rules.terms:
        facts.append(Fact(_("Length"), ngettext("%(n)d term", "%(n)d terms", rules.terms) % {"n": rules.terms}))
    if rules.conferences:
        facts.append(Fact(_("Network conferences"), str(rules.conferences)))
    if rules.interim_reports or rules.final_reports:
        reports = _("%(interim)d interim reports, %(final)d final report") % {
            "interim": rules.interim_reports,
            "final": rules.final_reports,
        }
        facts.append(Fact(_("Reports"), reports))
    return facts


def _step(rules: EditionRules, step: Step, language: str) -> dict[str, Any]:
    return {
        "name": step.name.get(language),
        "times": step.times,
        "actor": rules.roles[step.actor].get(language),
        "when": step.timing.get(language),
    }
