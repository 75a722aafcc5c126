"""A definition in words: what each question asks for, within which limits and when, for the blank form and editors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from samspel.forms.queries.controls.conditions import in_words
from samspel.forms.queries.handed import question_types
from samspel.forms.rules.definitions import Column, Definition, Question, Section, Type
from samspel.kernel.ui.figures import money_text
from samspel.registry.models import Role

TYPE_NAMES: dict[str, Any] = {
    Type.SHORT_TEXT: gettext_lazy("Short text"),
    Type.LONG_TEXT: gettext_lazy("Long text"),
    Type.NUMBER: pgettext_lazy("type of question", "Number"),
    Type.MONEY: gettext_lazy("Amount of money"),
    Type.DATE: pgettext_lazy("type of question", "Date"),
    Type.TERM: gettext_lazy("School term"),
    Type.ONE_OF: gettext_lazy("One of several"),
    Type.SEVERAL_OF: gettext_lazy("Any of several"),
    Type.SCALE: gettext_lazy("Scale"),
    Type.FILE: pgettext_lazy("type of question", "File"),
    Type.ROWS: gettext_lazy("Table with rows"),
    Type.REGISTRY_VALUE: gettext_lazy("From a register"),
    Type.SCHOOL_UNIT: gettext_lazy("A school unit"),
    Type.INDICATOR_SERIES: gettext_lazy("Figures of an indicator"),
}
REGISTRY_NAMES: dict[str, Any] = {
    "organizer": gettext_lazy("One of the organizers"),
    "municipality": gettext_lazy("One of the municipalities"),
    "county": gettext_lazy("One of the counties"),
    "university": gettext_lazy("One of the universities"),
}
SUBJECT_NAMES: dict[str, Any] = {
    "organizer": gettext_lazy("An organizer"),
    "school_unit": gettext_lazy("A school unit"),
    "preschool_unit": gettext_lazy("A preschool"),
    "university": gettext_lazy("A university"),
    "person": gettext_lazy("The person who answers"),
    "": gettext_lazy("Nothing in the registers"),
}


@dataclass(frozen=True)
class PartInWords:
    """A question or a column: its words, its type by name, what to mind, and what can be chosen."""

    key: str
    label: str
    help: str
    type: str
    facts: tuple[str, ...]
    options: tuple[str, ...] = ()
    columns: tuple[PartInWords, ...] = ()
    condition: str = ""
    is_required: bool = False
    number: int = 0


@dataclass(frozen=True)
class SectionInWords:
    """A section with its questions, numbered through the whole form."""

    key: str
    title: str
    help: str
    condition: str
    questions: tuple[PartInWords, ...]


def outline(definition: Definition, language: str) -> list[SectionInWords]:
    """The whole form in words, in order."""
    numbers = {key: number for number, key in enumerate(definition.questions, 1)}
    return [_section(section, definition, numbers, language) for section in definition.sections]


def type_name(type_: str) -> str:
    """What a type of question is called, also one that is handed down."""
    handed = question_types.get(type_)
    return str(TYPE_NAMES.get(type_) or (handed.label if handed else type_))


def roles_in_words(codes: tuple[str, ...]) -> str:
    """Roles by name, with commas."""
    names = dict(Role.choices)
    return ", ".join(str(names.get(code, code)) for code in codes)


def _section(section: Section, definition: Definition, numbers: dict[str, int], language: str) -> SectionInWords:
    return SectionInWords(
        section.key,
        section.title.in_language(language),
        section.help.in_language(language),
        in_words(section.asked_when, definition, language) if section.asked_when else "",
        tuple(_question(each, definition, numbers[each.key], language) for each in section.questions),
    )


def _question(question: Question, definition: Definition, number: int, language: str) -> PartInWords:
    facts = [*_facts(question, language), *_rows(question), *_sum(question, definition, language)]
    if question.required_when:
        facts.append(
            _("Must be answered if %(condition)s.")
            % {"condition": in_words(question.required_when, definition, language)}
        )
    if question.prefill:
        facts.append(
            _("Stands filled in from what is known already, and is not changed here.")
            if question.is_fixed
            else _("Stands filled in from what is known already.")
        )
    return PartInWords(
        question.key,
        question.label.in_language(language),
        question.help.in_language(language),
        type_name(question.type),
        tuple(facts),
        tuple(option.label.in_language(language) for option in question.options),
        tuple(_column(column, language) for column in question.columns),
        in_words(question.asked_when, definition, language) if question.asked_when else "",
        question.is_required,
        number,
    )


def _column(column: Column, language: str) -> PartInWords:
    facts = list(_facts(column, language))
    if column.has_sum:
        facts.append(_("Summed beneath the table."))
    return PartInWords(
        column.key,
        column.label.in_language(language),
        column.help.in_language(language),
        type_name(column.type),
        tuple(facts),
        tuple(option.label.in_language(language) for option in column.options),
        is_required=column.is_required,
    )


def _facts(asked: Question | Column, language: str) -> Iterator[str]:
    limits = asked.limits
    if asked.type == Type.REGISTRY_VALUE:
        yield str(REGISTRY_NAMES.get(asked.of, asked.of))
    if limits.max_words:
        yield ngettext("At most %(n)d word.", "At most %(n)d words.", limits.max_words) % {"n": limits.max_words}
    if limits.max_characters:
        yield _("At most %(n)d characters.") % {"n": limits.max_characters}
    if unit := asked.unit.in_language(language):
        yield _("Unit: %(unit)s.") % {"unit": unit}
    if limits.decimals:
        yield ngettext("At most %(n)d decimal.", "At most %(n)d decimals.", limits.decimals) % {"n": limits.decimals}
    yield from _ends(asked, language)


def _ends(asked: Question | Column, language: str) -> Iterator[str]:
    least, most = (_limit(asked.type, each) for each in (asked.limits.least, asked.limits.most))
    if asked.type == Type.SCALE and isinstance(asked, Question) and (asked.low or asked.high):
        words = {"low": asked.low.in_language(language), "high": asked.high.in_language(language)}
        yield _("From %(least)s (%(low)s) to %(most)s (%(high)s).") % {"least": least, "most": most, **words}
    elif least and most:
        yield _("From %(least)s to %(most)s.") % {"least": least, "most": most}
    elif least:
        yield _("At least %(least)s.") % {"least": least}
    elif most:
        yield _("At most %(most)s.") % {"most": most}


def _limit(type_: str, value: str) -> str:
    return money_text(int(value), whole=int(value) % 100 == 0) if type_ == Type.MONEY and value else value


def _rows(question: Question) -> Iterator[str]:
    if question.type != Type.ROWS:
        return
    if question.least_rows:
        yield ngettext("At least %(n)d row.", "At least %(n)d rows.", question.least_rows) % {"n": question.least_rows}
    yield ngettext("At most %(n)d row.", "At most %(n)d rows.", question.most_rows) % {"n": question.most_rows}


def _sum(question: Question, definition: Definition, language: str) -> Iterator[str]:
    if question.sum_at_most is None:
        return
    column, other = question.column(question.sum_at_most[0]), definition.questions.get(question.sum_at_most[1])
    if column and other:
        yield _("The sum of “%(column)s” is at most what “%(question)s” says.") % {
            "column": column.label.in_language(language),
            "question": other.label.in_language(language),
        }
