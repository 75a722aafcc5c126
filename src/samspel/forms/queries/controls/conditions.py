"""When a question is asked: in words for who writes, as data for the page's script."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from samspel.forms.rules.definitions import Condition, Definition
from samspel.forms.rules.values import shown


def in_words(condition: Condition, definition: Definition, language: str) -> str:
    """“Which form” is “Preschool”, and so on."""
    if condition.all_of:
        return _(" and ").join(in_words(part, definition, language) for part in condition.all_of)
    if condition.any_of:
        return _(" or ").join(in_words(part, definition, language) for part in condition.any_of)
    asked = definition.questions.get(condition.question)
    if asked is None:
        return ""
    facts = {"question": asked.label.in_language(language), "value": condition.value}
    option = asked.option(condition.value)
    if option is not None:
        facts["value"] = option.label.in_language(language)
    elif asked.type == "money" and condition.test != "is_answered":
        facts["value"] = shown(asked, int(condition.value), language)
    return str(_sentences()[condition.test] % facts)


def _sentences() -> dict[str, Any]:
    return {
        "is": _("“%(question)s” is %(value)s"),
        "is_not": _("“%(question)s” is not %(value)s"),
        "has": _("“%(question)s” holds %(value)s"),
        "at_least": _("“%(question)s” is at least %(value)s"),
        "at_most": _("“%(question)s” is at most %(value)s"),
        "is_answered": _("“%(question)s” is answered"),
    }


def as_json(condition: Condition) -> str:
    """The same for the page's script."""
    return json.dumps(_plain(condition), separators=(",", ":"))


def _plain(condition: Condition) -> dict[str, Any]:
    if condition.all_of:
        return {"all": [_plain(part) for part in condition.all_of]}
    if condition.any_of:
        return {"any": [_plain(part) for part in condition.any_of]}
    return {"question": condition.question, "test": condition.test, "value": condition.value}
