"""What is known already when an answer is begun: nobody types the same thing twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.forms.models import Answer
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.handed import prefill_sources
from samspel.forms.rules.definitions import Question
from samspel.forms.rules.fitting import fits


def prefilled(answer: Answer, at: datetime) -> dict[str, Any]:
    """Path to the value to keep, of every question that something is known for."""
    found: dict[str, Any] = {}
    for question in body_of(answer.version).questions.values():
        value = _known(answer, question, at)
        if value not in (None, "", []):
            found[question.key] = value
    return found


def _known(answer: Answer, question: Question, at: datetime) -> Any:
    name, _dot, _rest = question.prefill.partition(".")
    source = prefill_sources.get(question.prefill) or prefill_sources.get(f"{name}.*")
    value = source(answer, question, at) if source else None
    return value if fits(question, value) else None
