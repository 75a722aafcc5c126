"""A condition, made one part at a time: which question, then which test and value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.forms.forms.definitions.fields import LimitField, words_read
from samspel.forms.rules.definitions import CHOICES, Type, tests_of

TEST_NAMES: dict[str, Any] = {
    "is": pgettext_lazy("test of an answer", "is"),
    "is_not": pgettext_lazy("test of an answer", "is not"),
    "has": pgettext_lazy("test of an answer", "holds"),
    "at_least": pgettext_lazy("test of an answer", "is at least"),
    "at_most": pgettext_lazy("test of an answer", "is at most"),
    "is_answered": pgettext_lazy("test of an answer", "is answered"),
}


class QuestionChoice(forms.Form):
    """Which question decides."""

    question = forms.ChoiceField(label=_("The answer to which question decides?"))

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["question"].choices = questions


class TestForm(forms.Form):
    """Which test of the question (as the draft has it), and against which value."""

    __test__ = False

    def __init__(self, *args: Any, question: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.question, type_ = question, str(question.get("type", ""))
        names = [(test, TEST_NAMES[test]) for test in TEST_NAMES if test in tests_of(type_)]
        self.fields["test"] = forms.ChoiceField(label=_("Test"), choices=names)
        if type_ in CHOICES:
            options = [(each.get("key"), _label(each)) for each in question.get("options") or []]
            self.fields["value"] = forms.ChoiceField(label=_("Option"), choices=[("", "–"), *options], required=False)
        elif len(names) > 1:
            kept = type_ if type_ in (Type.NUMBER, Type.MONEY) else Type.SHORT_TEXT
            self.fields["value"] = LimitField(kept, label=_("Value"))

    def clean(self) -> dict[str, Any]:
        """A value where the test needs one."""
        given = super().clean() or {}
        if given.get("test") not in (None, "is_answered") and not self.errors and not given.get("value"):
            self.add_error("value", _("Say what it is compared with."))
        return given

    def leaf(self) -> dict[str, Any]:
        """The part of a condition, as definitions have it."""
        test = self.cleaned_data["test"]
        value = True if test == "is_answered" else self.cleaned_data["value"]
        return {"question": self.question["key"], test: value}


def _label(option: Mapping[str, Any]) -> str:
    return words_read(option, "label")
