"""Sections, questions and columns, each on a page of its own: the fields that its type asks for, and no others."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.forms.forms.definitions.fields import (
    LimitField,
    in_two_languages,
    initial_words,
    key_field,
    lines,
    no_toml,
    whole,
    words_from,
    words_read,
)
from samspel.forms.forms.definitions.options import initial_options, option_fields, options_from, rows_in
from samspel.forms.queries.handed import question_types
from samspel.forms.queries.outlines import REGISTRY_NAMES, TYPE_NAMES
from samspel.forms.queries.prefill import source_names
from samspel.forms.queries.prefill.previous import PREFIX
from samspel.forms.rules import drafting, toml
from samspel.forms.rules.definitions import CHOICES, COLUMN_TYPES, SHIPPED_TYPES, Type
from samspel.registry.models import Indicator

Fields = dict[str, forms.Field]
_TEXTS: Final = (Type.SHORT_TEXT, Type.LONG_TEXT)
_LIMITED: Final = (Type.NUMBER, Type.MONEY, Type.DATE)
_WHOLE: Final = ("max_words", "max_characters", "decimals", "least_rows", "most_rows", "pdf_rows", "pdf_lines", "width")
_PLAIN: Final = ("is_required", "has_sum", "is_fixed", "of", "indicator", "prefill")


class SectionForm(forms.Form):
    """A section's own words; `is_new` asks for a key too."""

    def __init__(self, *args: Any, is_new: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields |= in_two_languages("title", _("Title of the section"), required=True, length=300)
        self.fields |= in_two_languages("help", _("Help for the section"), rows=4)
        if is_new:
            self.fields["key"] = key_field()

    def words(self) -> dict[str, Any]:
        """What was written, as definitions have it."""
        return {name: words_from(self.cleaned_data, name) for name in ("title", "help")}


class NewPartForm(forms.Form):
    """A new question or column: what it asks, and of which type. What its type needs comes on the next page."""

    def __init__(self, *args: Any, of_columns: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields |= in_two_languages("label", _("Question") if not of_columns else _("Heading"), required=True)
        self.fields["type"] = type_field(of_columns=of_columns)
        self.fields["key"] = key_field()


class TypeForm(forms.Form):
    """Another type for a question or a column."""

    def __init__(self, *args: Any, of_columns: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["type"] = type_field(of_columns=of_columns)


def type_field(*, of_columns: bool) -> forms.ChoiceField:
    """The types there are, by name."""
    names = {type_: label for type_, label in TYPE_NAMES.items() if not of_columns or type_ in COLUMN_TYPES}
    handed = {} if of_columns else {name: each.label for name, each in question_types.items()}
    return forms.ChoiceField(label=_("Type of answer"), choices=[*names.items(), *handed.items()])


class PartForm(forms.Form):
    """A question or a column as its type has it. `part`: as it stands; `whole_form`: the draft it stands in."""

    def __init__(
        self, *args: Any, part: Mapping[str, Any], whole_form: Mapping[str, Any], is_column: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.part, self.is_column = part, is_column
        self.type = str(part.get("type", ""))
        self.fields |= in_two_languages("label", _("Heading") if is_column else _("Question"), required=True)
        self.fields |= in_two_languages("help", _("Help"), rows=3)
        self.fields["is_required"] = forms.BooleanField(label=_("Must be answered"), required=False)
        self.fields |= _of_type(self.type, is_column=is_column)
        if self.type == Type.ROWS:
            self.fields["sum_at_most"] = _sum_field(part, whole_form)
        self.option_rows = rows_in(self.data) if self.is_bound else len(part.get("options") or []) + 3
        if self.type in CHOICES:
            self.fields |= option_fields(self.option_rows)
        if not is_column:
            self.fields |= _of_questions(part, whole_form)
        self.initial = self._initial(whole_form) | dict(more.get("initial") or {})

    @property
    def plain_fields(self) -> list[Any]:
        """All but the options, as they are written out."""
        return [self[name] for name in self.fields if not name.startswith("option_")]

    @property
    def options(self) -> list[dict[str, Any]]:
        """The fields of each option, in rows."""
        if self.type not in CHOICES:
            return []
        return [
            {name: self[f"option_{row}_{name}"] for name in ("key", "place", "sv", "en")}
            for row in range(self.option_rows)
        ]

    def words(self) -> dict[str, Any]:
        """What was written, as definitions have it; what is empty says that the word is taken out."""
        given = self.cleaned_data
        found: dict[str, Any] = {"type": self.type}
        found |= {
            name: words_from(given, name) for name in ("label", "help", "unit", "low", "high") if _has(self, name)
        }
        found |= {name: given[name] for name in (*_PLAIN, *_WHOLE) if name in self.fields}
        found |= {name: str(given[name] or "") for name in ("least", "most") if name in self.fields}
        if self.type == Type.SCALE:
            found |= {name: str(given[name]) for name in ("least", "most")}
        if self.type in CHOICES:
            found["options"] = options_from(given, self.option_rows)
        if "sum_at_most" in self.fields:
            found["sum_at_most"] = given["sum_at_most"].split("|") if given["sum_at_most"] else None
        if "more" in self.fields:
            found["more"] = given["more"]
        return found

    def clean(self) -> dict[str, Any]:
        """The ends stand in their order, and choices have something to choose."""
        given = super().clean() or {}
        least, most = given.get("least"), given.get("most")
        if self.type == Type.SCALE and None not in (least, most) and not least < most:
            self.add_error("most", _("The end of the scale comes after its beginning."))
        if self.type in CHOICES and not self.errors and not options_from(given, self.option_rows):
            raise forms.ValidationError(_("Write what there is to choose among."))
        return given

    def _initial(self, whole_form: Mapping[str, Any]) -> dict[str, Any]:
        part = self.part
        found: dict[str, Any] = {name: part.get(name) for name in (*_PLAIN, *_WHOLE) if name in self.fields}
        for name in ("label", "help", "unit", "low", "high"):
            found |= initial_words(part, name)
        for name in ("least", "most"):
            field = self.fields.get(name)
            found[name] = field.shown(part.get(name)) if isinstance(field, LimitField) else part.get(name)
        found |= initial_options(part.get("options") or [])
        found["sum_at_most"] = "|".join(map(str, part.get("sum_at_most") or []))
        found["more"] = toml.written(part["more"]) if part.get("more") else ""
        if not self.is_column:
            found["section"] = drafting.section_with(whole_form, str(part["key"])).get("key")
        return found


def _of_type(type_: str, *, is_column: bool) -> Fields:
    found: Fields = {}
    if type_ in _TEXTS:
        found["max_words"] = whole(_("Most words"), 1, 20_000, hint=_("It warns in time. Empty: no limit."))
        found["max_characters"] = whole(_("Most characters"), 1, 100_000)
    if type_ == Type.NUMBER:
        found |= in_two_languages("unit", _("Unit of measure"), length=60)
        found["decimals"] = whole(_("Decimals at most"), 0, 6)
    if type_ in _LIMITED:
        found["least"] = LimitField(type_, label=_("Least"))
        found["most"] = LimitField(type_, label=_("Most"))
    if type_ == Type.SCALE:
        found["least"] = whole(_("The scale begins at"), -20, 100, required=True)
        found["most"] = whole(_("The scale ends at"), -20, 100, required=True)
    if type_ == Type.REGISTRY_VALUE:
        found["of"] = forms.ChoiceField(label=_("From which register"), choices=REGISTRY_NAMES)
    if is_column:
        if type_ in (Type.NUMBER, Type.MONEY):
            found["has_sum"] = forms.BooleanField(label=_("Summed beneath the table"), required=False)
        found["width"] = whole(_("Width beside the other columns, 1 to 12"), 1, 12)
        return found
    return found | _of_question_type(type_)


def _of_question_type(type_: str) -> Fields:
    if type_ == Type.SCALE:
        return {
            **in_two_languages("low", _("What the beginning of the scale means"), length=200),
            **in_two_languages("high", _("What the end of the scale means"), length=200),
        }
    if type_ == Type.LONG_TEXT:
        return {"pdf_lines": whole(_("Lines in the PDF, before its continuation"), 1, 40)}
    if type_ == Type.ROWS:
        return {
            "least_rows": whole(_("Least rows"), 0, 500),
            "most_rows": whole(_("Most rows"), 1, 500),
            "pdf_rows": whole(_("Rows in the PDF, before its continuation"), 1, 60),
        }
    if type_ == Type.INDICATOR_SERIES:
        indicators = Indicator.objects.order_by("name_sv").values_list("key", "name_sv")
        return {"indicator": forms.ChoiceField(label=_("Indicator"), choices=list(indicators))}
    return {} if type_ in SHIPPED_TYPES else {"more": _MoreField(label=_("What the type needs, as TOML"))}


def _of_questions(part: Mapping[str, Any], whole_form: Mapping[str, Any]) -> Fields:
    sections = [(each.get("key"), _title(each)) for each in whole_form.get("sections", [])]
    return {
        "section": forms.ChoiceField(label=_("In the section"), choices=sections),
        "prefill": _prefill_field(part, whole_form),
        "is_fixed": forms.BooleanField(label=_("Stands as filled in, and nobody changes it"), required=False),
    }


def _title(section: Mapping[str, Any]) -> str:
    return words_read(section, "title")


def _prefill_field(part: Mapping[str, Any], whole_form: Mapping[str, Any]) -> forms.ChoiceField:
    """The sources on the shelf that higher floors fill, and what was answered the last time, here or in another
    question of the kind. What stands there and is on no list can stay."""
    is_table = part.get("type") == Type.ROWS
    others = [each for section in whole_form.get("sections", []) for each in section.get("questions") or []]
    earlier = [
        (f"{PREFIX}{each['key']}", _label(each) or each["key"])
        for each in others
        if each.get("key") and (each.get("type") == Type.ROWS) == is_table
    ]
    stands = str(part.get("prefill") or "")
    known = {name for name, _words in [*source_names(), *earlier]}
    choices: list[Any] = [("", _("Nothing is filled in beforehand"))]
    choices += [] if is_table else [(_("What is known"), source_names())]
    choices += [(_("What was answered the last time"), earlier)]
    choices += [(stands, stands)] if stands and stands not in known else []
    return forms.ChoiceField(label=_("Filled in beforehand from"), required=False, choices=choices)


class _MoreField(forms.CharField):
    """A few values as TOML."""

    def __init__(self, **given: Any) -> None:
        super().__init__(required=False, max_length=4000, widget=lines(5), **given)

    def clean(self, value: Any) -> dict[str, Any]:
        """The values."""
        try:
            return tomllib.loads(super().clean(value))
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            raise forms.ValidationError(no_toml(fault)) from fault


def _sum_field(part: Mapping[str, Any], whole_form: Mapping[str, Any]) -> forms.ChoiceField:
    """Each summed column beside each question of its type that its sum may be held under."""
    summed = [each for each in part.get("columns") or [] if each.get("has_sum")]
    others = [each for section in whole_form.get("sections", []) for each in section.get("questions") or []]
    pairs = [
        (f"{column['key']}|{other['key']}", f"{_label(column)} ≤ {_label(other)}")
        for column in summed
        for other in others
        if other.get("type") == column.get("type")
    ]
    return forms.ChoiceField(
        label=_("A sum that must not be above an answer"), choices=[("", _("None")), *pairs], required=False
    )


def _label(part: Mapping[str, Any]) -> str:
    return words_read(part, "label")


def _has(form: PartForm, name: str) -> bool:
    return f"{name}_sv" in form.fields


def new_key(form: forms.Form, words: str, taken: Collection[str]) -> str:
    """The key that was written, or one made of the words. Adds an error to the form if another part has it."""
    key: str = form.cleaned_data.get("key") or drafting.key_for(words, taken)
    if key in taken:
        form.add_error("key", _("Something else in the form has that key."))
    return key
