"""What is known already when an answer is begun: nobody types the same thing twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.forms.models import Answer
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.handed import prefill_sources
from samspel.forms.queries.prefill.previous import PREFIX, from_previous
from samspel.forms.queries.prefill.series import series_of
from samspel.forms.rules.definitions import Definition, Fault, Question, Type
from samspel.forms.rules.fitting import fits


def prefilled(answer: Answer, at: datetime) -> dict[str, Any]:
    """Path to the value to keep, of every question that something is known for.

    As many queries for ten questions as for one: the registers are read once for each kind of thing.
    """
    definition = body_of(answer.version)
    found = {**_series(definition, answer, at), **from_previous(definition, answer)}
    for question in definition.questions.values():
        value = _known(answer, question, at) if question.key not in found else None
        if value not in (None, "", []):
            found[question.key] = value
    return found


def knows(name: str) -> bool:
    """Whether there is anything to fill in from under a name, as a definition writes it in `prefill`."""
    return name.startswith(PREFIX) or prefill_sources.get(name) is not None


def source_names() -> list[str]:
    """The names that definitions may write in `prefill`, beside `previous.<question's key>`."""
    return [name for name, _ in prefill_sources.items()]


def faults_of_sources(definition: Definition) -> list[Fault]:
    """A fault for every question that is to be filled in from somewhere that is not there."""
    return [
        Fault(f"sections.{definition.section_of[question.key].key}.{question.key}.prefill", "unknown_source", name)
        for question in definition.questions.values()
        if (name := question.prefill) and not knows(name)
    ]


def _series(definition: Definition, answer: Answer, at: datetime) -> dict[str, Any]:
    asked = [one for one in definition.questions.values() if one.type == Type.INDICATOR_SERIES]
    known = series_of(answer, {one.indicator for one in asked}, at) if asked else {}
    return {one.key: known[one.indicator] for one in asked if one.indicator in known}


def _known(answer: Answer, question: Question, at: datetime) -> Any:
    source = prefill_sources.get(question.prefill) if question.prefill else None
    value = source(answer, question, at) if source else None
    return value if fits(question, value) else None
