"""What is known already when an answer is begun: nobody types the same thing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from samspel.forms.models import Answer
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.handed import prefill_names, prefill_sources
from samspel.forms.queries.prefill.previous import PREFIX, from_previous
from samspel.forms.queries.prefill.series import series_of
from samspel.forms.rules.definitions import Definition, Fault, Question, Type
from samspel.forms.rules.fitting import fits


def prefilled(answer: Answer, at: datetime) -> dict[str, Any]:
    """Path to the value to keep, of every question that something is known for.

    As many queries for ten questions as for one: the registers are read once for each kind of thing.
    """
    return prefilled_each([answer], at)[0]


def prefilled_each(answers: Sequence[Answer], at: datetime) -> list[dict[str, Any]]:
    """The same for each of many answers to one version, saved or not: what registers and earlier submissions say is
    read once for all of them."""
    if not answers:
        return []
    definition = body_of(answers[0].version)
    series, earlier = _series(definition, answers, at), from_previous(definition, answers)
    return [
        _with_known(definition, answer, {**figures, **before}, at)
        for answer, figures, before in zip(answers, series, earlier, strict=True)
    ]


def _with_known(definition: Definition, answer: Answer, found: dict[str, Any], at: datetime) -> dict[str, Any]:
    for question in definition.questions.values():
        value = _known(answer, question, at) if question.key not in found else None
        if value not in (None, "", []):
            found[question.key] = value
    return found


def knows(name: str) -> bool:
    """Whether there is anything to fill in from under a name, as a definition writes it in `prefill`."""
    return name.startswith(PREFIX) or prefill_sources.get(name) is not None


def source_names() -> list[tuple[str, Any]]:
    """(name, in words) of what definitions may write in `prefill`, beside `previous.<question's key>`."""
    return [(name, prefill_names.get(name) or name) for name, _source in prefill_sources.items()]


def faults_of_sources(definition: Definition) -> list[Fault]:
    """A fault for every question that is to be filled in from somewhere that is not there."""
    return [
        Fault(f"sections.{definition.section_of[question.key].key}.{question.key}.prefill", "unknown_source", name)
        for question in definition.questions.values()
        if (name := question.prefill) and not knows(name)
    ]


def _series(definition: Definition, answers: Sequence[Answer], at: datetime) -> list[dict[str, Any]]:
    asked = [one for one in definition.questions.values() if one.type == Type.INDICATOR_SERIES]
    known = series_of(answers, {one.indicator for one in asked}, at) if asked else [{} for _each in answers]
    return [{one.key: each[one.indicator] for one in asked if one.indicator in each} for each in known]


def _known(answer: Answer, question: Question, at: datetime) -> Any:
    source = prefill_sources.get(question.prefill) if question.prefill else None
    value = source(answer, question, at) if source else None
    return value if fits(question, value) else None
