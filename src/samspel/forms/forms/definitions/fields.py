"""Fields that the pages of editors have in common: words in two languages, limits, options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspel.forms.queries.words import said
from samspel.forms.rules import values
from samspel.forms.rules.definitions import Limits, Question, Text, Type

LONGEST_TEXT: Final = 5000


def lines(rows: int) -> forms.Textarea:
    """Some lines to write in."""
    return forms.Textarea(attrs={"rows": rows})


def in_two_languages(
    name: str, label: Any, *, required: bool = False, rows: int = 0, hint: Any = "", length: int = LONGEST_TEXT
) -> dict[str, forms.CharField]:
    """A field for the Swedish words and one for the English ones."""
    common = {"max_length": length, "widget": lines(rows) if rows else forms.TextInput()}
    swedish = {"required": _("Write it in Swedish.")} if required else {}
    return {
        f"{name}_sv": forms.CharField(label=label, required=required, help_text=hint, error_messages=swedish, **common),
        f"{name}_en": forms.CharField(
            label=_in_english(label), required=False, help_text=_("Empty: Swedish stands in."), **common
        ),
    }


def _english(label: Any) -> str:
    return gettext("%(label)s, in English") % {"label": label}


_in_english = lazy(_english, str)


def words_from(cleaned: Mapping[str, Any], name: str) -> dict[str, str]:
    """What was written in the two, as definitions have it."""
    pairs = ((language, (cleaned.get(f"{name}_{language}") or "").strip()) for language in ("sv", "en"))
    return {language: text.replace("\r\n", "\n") for language, text in pairs if text}


def initial_words(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """What stands in the two."""
    value = data.get(name) or {}
    if isinstance(value, str):
        value = {"sv": value}
    return {f"{name}_{language}": value.get(language, "") for language in ("sv", "en")}


def words_read(data: Mapping[str, Any], name: str) -> str:
    """What stands in the language that is read; Swedish stands in, and then the key."""
    words = initial_words(data, name)
    is_english = (get_language() or "").startswith("en")
    return (words[f"{name}_en"] if is_english else "") or words[f"{name}_sv"] or str(data.get("key", ""))


def whole(label: Any, least: int, most: int, *, required: bool = False, hint: Any = "") -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=most,
        help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number.")},
    )


class LimitField(forms.CharField):
    """The least or the most of a number, an amount or a date, as people write it; cleans to text as it is kept."""

    def __init__(self, type_: str, **given: Any) -> None:
        self.asked = Question("limit", type_, Text(), limits=Limits(decimals=6))
        super().__init__(required=False, max_length=40, **given)

    def clean(self, value: Any) -> str:
        """The limit as definitions have it; an amount in whole öre."""
        written = super().clean(value)
        try:
            kept = values.parse(self.asked, written)
        except values.ValueRefused as refusal:
            raise forms.ValidationError(said(refusal.code, refusal.detail)) from refusal
        return "" if kept is None else str(kept)

    def shown(self, kept: Any) -> str:
        """A limit as one would write it."""
        if kept in (None, ""):
            return ""
        try:
            return values.typed(self.asked, int(kept) if self.asked.type == Type.MONEY else str(kept))
        except (ValueError, ArithmeticError):
            return str(kept)


KEY_HINT = _("Small letters, digits and underscores. Empty: made from the Swedish words. It never changes afterwards.")


def key_field() -> forms.RegexField:
    """The key of something new."""
    return forms.RegexField(
        r"\A[a-z][a-z0-9_]{0,59}\Z",
        label=pgettext_lazy("name that answers are kept under", "Key"),
        required=False,
        help_text=KEY_HINT,
        error_messages={"invalid": _("Use small letters, digits and underscores, and begin with a letter.")},
    )


def no_toml(fault: Exception) -> str:
    """Where the text stops being TOML; what the reader itself says is English alone."""
    if place := re.search(r"at line (\d+), column (\d+)", str(fault)):
        words = {"line": place[1], "column": place[2]}
        return gettext("This is not TOML: it cannot be read from line %(line)s, sign %(column)s, on.") % words
    return gettext("This is not TOML: it cannot be read to its end.")
