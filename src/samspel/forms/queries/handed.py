"""What higher floors hand down to forms: question types and sources to prefill from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samspel.forms.models import Answer
from samspel.forms.rules.definitions import Question
from samspel.kernel.handed_down import HandedDown


@dataclass(frozen=True)
class QuestionType:
    """A question type of a higher floor.

    label: its name for editors; parse: (question, typed) to what is kept, plain JSON or None, raising
    `rules.values.ValueRefused`; typed: (question, value) to text as somebody would type it; shown: (question, value,
    language) to words; template: that renders its control (context: `control`, as for the shipped types); in_pdf:
    whether it can be filled in as text in the PDF.
    """

    name: str
    label: Any
    parse: Callable[[Question, str | Sequence[str]], Any]
    typed: Callable[[Question, Any], str]
    shown: Callable[[Question, Any, str], str]
    template: str = "forms/controls/short_text.html"
    in_pdf: bool = True


question_types: HandedDown[QuestionType] = HandedDown()
"""Types that definitions may use beside those that come with the engine, by name."""

PrefillSource = Callable[[Answer, Question, datetime], Any]

prefill_sources: HandedDown[PrefillSource] = HandedDown()
"""Name, as a definition writes it in `prefill`, to what gives the value to keep (None: nothing is known)."""

prefill_names: HandedDown[Any] = HandedDown()
"""Name of a source to what editors read in the list of them; where nothing is said, its name."""
