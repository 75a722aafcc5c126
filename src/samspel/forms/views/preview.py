"""A version as those who answer will see it: looked at with nothing saved, or tried out as an answer of one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samspel.forms import permissions
from samspel.forms.forms.definitions.trying import TryForm
from samspel.forms.models import Answer, ParticipantDeed, Version
from samspel.forms.operations import answers, forgetting
from samspel.forms.operations.drafting import keeping
from samspel.forms.operations.participants import Taking
from samspel.forms.queries.controls import Around, RegistryChoices, controls_of, lists_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.values import parse
from samspel.forms.queries.words import said
from samspel.forms.rules import definitions, values
from samspel.forms.views.editing import crumbs_to, editors_only, errors_of, name_of, readers_only, version_for
from samspel.forms.views.public import language_of
from samspel.kernel.refusals import Refusal
from samspel.kernel.ui.components import Crumb


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A section as a recipient has it. What is typed is looked at and forgotten: nothing is saved."""
    version = version_for(slug, number)
    if keeping.faults(version.body) or not body_of(version).sections:
        return render(request, "forms/definitions/preview.html", _page(version) | {"is_faulty": True})
    definition = body_of(version)
    section = definition.section(request.GET.get("del", "")) or definition.sections[0]
    fields, faults, typed = _typed(request, section)
    choices = RegistryChoices(Answer(version=version))
    controls = controls_of(
        definition,
        section,
        fields,
        faults=faults,
        typed=typed,
        language=language_of(),
        around=Around(choices=choices),
    )
    page = {
        "section": section,
        "section_title": section.title.in_language(language_of()),
        "section_help": section.help.in_language(language_of()),
        "sections": [(each.key, each.title.in_language(language_of())) for each in definition.sections],
        "controls": controls,
        "lists": lists_of(section, choices),
        "errors": [(sentence, f"q-{path}") for path, sentence in faults.items()],
        "is_looked_at": request.method == "POST",
    }
    return render(request, "forms/definitions/preview.html", _page(version) | page)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Try a version out as an answer of one's own: it counts nowhere, and nobody is told."""
    version = version_for(slug, number)
    if keeping.faults(version.body):
        return render(request, "forms/definitions/preview.html", _page(version) | {"is_faulty": True})
    form = TryForm(request.POST if request.method == "POST" else None, subject=body_of(version).subject)
    errors: list[tuple[Any, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("forms:answer", _begun(request, version, form).key)
        except Refusal as refusal:
            errors = errors_of(refusal)
    title = _("Try version %(number)d") % {"number": version.number}
    page = {"form": form, "errors": errors, "title": title, "crumbs": _crumbs(version, title), "slug": slug}
    return render(
        request, "forms/definitions/try.html", page | {"version": version}, status=422 if form.errors or errors else 200
    )


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def drop_trial(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw a trial of one's own away."""
    found = get_object_or_404(Answer.objects.select_related("version__definition"), key=key, is_test=True)
    permissions.require(found.begun_by == request.user.key)
    slug, number = found.version.definition.slug, found.version.number
    if request.method == "POST":
        forgetting.throw_away_test(answer=found, by=request.user, at=timezone.now())
        messages.success(request, _("The trial is thrown away."))
        return redirect("forms:version", slug, number)
    title = _("Throw the trial away?")
    page = {
        "form": None,
        "title": title,
        "lead": _("What you have written in it goes away for good. It counts nowhere, and nobody is told."),
        "submit": _("Throw the trial away"),
        "back": reverse("forms:answer", args=[key]),
        "crumbs": _crumbs(found.version, title),
    }
    return render(request, "ui/deed.html", page)


def _begun(request: HttpRequest, version: Version, form: TryForm) -> Answer:
    at = timezone.now()
    return answers.begin(
        definition=version.definition,
        version=version,
        by=request.user,
        at=at,
        is_test=True,
        participants=[Taking(request.user, ParticipantDeed.SUBMIT, timezone.localdate(at))],
        **form.about(request.user),
    )


def _typed(request: HttpRequest, section: definitions.Section) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """What was typed in plain questions: values by path, faults in words, and what is no value as it was typed."""
    fields: dict[str, Any] = {}
    faults: dict[str, Any] = {}
    typed: dict[str, Any] = {}
    for question in section.questions if request.method == "POST" else ():
        if question.type in (definitions.Type.ROWS, definitions.Type.FILE, definitions.Type.INDICATOR_SERIES):
            continue
        sent = request.POST.getlist(question.key)
        try:
            fields[question.key] = parse(question, sent)
        except values.ValueRefused as refusal:
            faults[question.key], typed[question.key] = said(refusal.code, refusal.detail), sent[-1][:1000]
    return fields, faults, typed


def _page(version: Version) -> dict[str, Any]:
    title = _("Preview of version %(number)d") % {"number": version.number}
    return {
        "version": version,
        "slug": version.definition.slug,
        "name": name_of(version.definition),
        "title": title,
        "crumbs": _crumbs(version, title),
    }


def _crumbs(version: Version, title: str) -> list[Crumb]:
    slug = version.definition.slug
    words = _("Version %(number)d") % {"number": version.number}
    own = Crumb(words, reverse("forms:version", args=[slug, version.number]))
    return crumbs_to(version.definition, own, Crumb(title))
