"""The page of a round's rules: to change in a draft, to read ever after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.registry.models import Indicator
from samspel.selection import permissions
from samspel.selection.forms.documents import document_of, initial_of
from samspel.selection.forms.rules import CriterionFormSet, RulesForm, indicator_choices
from samspel.selection.models import Round
from samspel.selection.operations import drafting
from samspel.selection.operations.refusals import StepNotOpen
from samspel.selection.queries import words
from samspel.selection.queries.notices import notices_of
from samspel.selection.queries.sources import name_of, names_of_indicators
from samspel.selection.queries.trials import Trial, attempt, problems_of_rules
from samspel.selection.queries.wording import sentences_of
from samspel.selection.rules import road, settings
from samspel.selection.rules.criteria import Criterion
from samspel.selection.views.found import context_of, round_with_figures

PREFIX = "criteria"
MOST = 32


@login_required
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the rules of a draft; what they would come to today stands beside them."""
    round = round_with_figures(request, slug)
    if not permissions.may(request.user, road.CHANGE, round, timezone.now()):
        return _read(request, round)
    choices = indicator_choices(round.rules)
    if request.method != "POST":
        initial, criteria = initial_of(round)
        form = RulesForm(initial=initial, round=round)
        formset = CriterionFormSet(initial=criteria, prefix=PREFIX, form_kwargs={"choices": choices})
        return _page(request, round, form, formset)
    form = RulesForm(request.POST, round=round)
    if "add" in request.POST or "remove" in request.POST:
        formset = CriterionFormSet(_rearranged(request.POST), prefix=PREFIX, form_kwargs={"choices": choices})
        return _page(request, round, _unjudged(form), _unjudged(formset))
    formset = CriterionFormSet(request.POST, prefix=PREFIX, form_kwargs={"choices": choices})
    # Both are asked, so that everything wrong is said at once.
    if not all([form.is_valid(), formset.is_valid()]):
        return _page(request, round, form, formset)
    return _save(request, round, form, formset)


def _save(request: HttpRequest, round: Round, form: RulesForm, formset: Any) -> HttpResponse:
    kept = [one for one in formset.cleaned_data if one and not one.get("DELETE")]
    given = form.cleaned_data
    try:
        drafting.change_rules(
            round=round,
            rules=document_of(form, kept),
            title=given["title"],
            evaluation_closes_on=given["evaluation_closes_on"],
            publish_by=given["publish_by"],
            by=request.user,
            at=timezone.now(),
        )
    except StepNotOpen as refusal:
        return _page(request, round, form, formset, [(refusal.sentence, "")])
    messages.success(request, _("The rules are saved."))
    return redirect("selection:rules", slug=round.slug)


def _rearranged(data: QueryDict) -> QueryDict:
    """The criteria as sent, with one more at the end or one taken away."""
    changed = data.copy()
    written = changed.get(f"{PREFIX}-TOTAL_FORMS", "")
    total = min(int(written), MOST) if written.isascii() and written.isdigit() and len(written) < 4 else 0
    if "remove" in data:
        return _without(changed, total, data["remove"])
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(min(total + 1, MOST))
    new = {"slice": "municipal", "year_rule": "latest", "direction": "higher_is_greater_need", "transform": "z_score"}
    for name, value in {**new, "weight": "1", "missing": "refuse", "lowest": "0", "highest": "100"}.items():
        changed[f"{PREFIX}-{total}-{name}"] = value
    return changed


def _without(data: QueryDict, total: int, number: str) -> QueryDict:
    place = int(number) if number.isascii() and number.isdigit() else total
    rows = [
        {key.split("-", 2)[2]: data.getlist(key) for key in data if key.startswith(f"{PREFIX}-{row}-")}
        for row in range(total)
        if row != place
    ]
    for key in [key for key in data if key.startswith(f"{PREFIX}-") and key.split("-")[1].isdigit()]:
        del data[key]
    for row, values in enumerate(rows):
        for name, value in values.items():
            data.setlist(f"{PREFIX}-{row}-{name}", value)
    data[f"{PREFIX}-TOTAL_FORMS"] = str(len(rows))
    data[f"{PREFIX}-INITIAL_FORMS"] = "0"
    return data


def _unjudged(form: Any) -> Any:
    """The same form with what was filled in, but nothing said about it yet: it was not sent to be saved."""
    if hasattr(form, "forms"):
        for one in form.forms:
            one._errors = {}
        form._errors, form._non_form_errors = [{} for _one in form.forms], form.error_class()
    else:
        form._errors = {}
    return form


def _page(
    request: HttpRequest, round: Round, form: Any, formset: Any, errors: list[tuple[Any, str]] | None = None
) -> HttpResponse:
    here = _("Rules")
    context = context_of(
        round, here, form=form, formset=formset, errors=errors or [], trial=_preview(attempt(round, timezone.now()))
    )
    return render(request, "selection/rules.html", context)


def _preview(trial: Trial) -> dict[str, Any]:
    problems = sentences_of(trial.problems)
    preview: dict[str, Any] = {"problems": problems[:20], "more_problems": max(0, len(problems) - 20)}
    if trial.result is not None:
        frame = trial.result.frame
        counts = [(words.reason(reason), count) for reason, count in frame.counts().items()]
        facts = [(_("Considered"), frame.considered), (_("In the frame"), len(frame.inside)), *counts]
        preview["facts"] = facts
        preview["notices"] = notices_of(trial.result)
    return preview


def _read(request: HttpRequest, round: Round) -> HttpResponse:
    problems = problems_of_rules(round)
    context = context_of(round, _("Rules"), problems=sentences_of(problems))
    if not problems:
        rules = settings.from_document(round.rules)
        names = names_of_indicators(rules)
        context |= {
            "frame": words.frame(rules),
            "strata": words.strata(rules),
            "choice": words.choice(rules),
            "criteria": [_criterion(one, names) for one in rules.criteria],
        }
    return render(request, "selection/rules_read.html", context)


def _criterion(one: Criterion, names: Mapping[str, Indicator]) -> dict[str, Any]:
    stand_in = name_of(names.get(one.stand_in), one.stand_in) if one.stand_in else ""
    return {
        "name": name_of(names.get(one.indicator), one.indicator),
        "key": one.indicator if one.indicator in names else "",
        "stand_in": stand_in,
        "lines": words.criterion(one),
    }
