"""The parts of a form definition, frozen: a definition that is in hand never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Any


@dataclass(frozen=True)
class Text:
    """Words in both languages; Swedish stands in where there is no English."""

    sv: str = ""
    en: str = ""

    def in_language(self, language: str) -> str:
        """The words in `sv` or `en`."""
        return (self.en or self.sv) if language.startswith("en") else (self.sv or self.en)

    def __str__(self) -> str:
        return self.sv

    def __bool__(self) -> bool:
        return bool(self.sv or self.en)


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    key: str
    label: Text


@dataclass(frozen=True)
class Condition:
    """When something is asked, or must be answered. A leaf names a question; `all_of` and `any_of` hold further ones.

    test: "is", "is_not", "has" (several_of holds the option), "at_least", "at_most" (number, scale; money in öre),
    "is_answered". value: an option's key, or a number as text; empty for is_answered.
    """

    question: str = ""
    test: str = ""
    value: str = ""
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()

    @property
    def questions(self) -> frozenset[str]:
        """Every question it looks at."""
        found = {self.question} if self.question else set()
        return frozenset(found.union(*(part.questions for part in (*self.all_of, *self.any_of))))


@dataclass(frozen=True)
class Limits:
    """What a value must keep within. Words warn before the limit is reached; at the limit the section is not ready.

    max_words, max_characters: of text (characters at most 100 000 whatever is said); least, most: of number (Decimal),
    money (öre), scale (whole) or date (ISO) as text; decimals: of a number.
    """

    max_words: int | None = None
    max_characters: int | None = None
    least: str = ""
    most: str = ""
    decimals: int = 0

    @property
    def least_number(self) -> Decimal | None:
        """`least` as a number."""
        return Decimal(self.least) if self.least else None

    @property
    def most_number(self) -> Decimal | None:
        """`most` as a number."""
        return Decimal(self.most) if self.most else None


@dataclass(frozen=True)
class Column:
    """One column of a table. has_sum: numbers and money are summed beneath; width: share of the table, whole parts."""

    key: str
    type: str
    label: Text
    help: Text = Text()
    is_required: bool = False
    has_sum: bool = False
    options: tuple[Option, ...] = ()
    of: str = ""
    unit: Text = Text()
    limits: Limits = Limits()
    width: int = 1


@dataclass(frozen=True)
class Question:
    """One question. What does not belong to its type is empty.

    of: what a registry_value is one of (organizer, municipality, county, university); indicator: of an
    indicator_series; prefill: name of a source; is_fixed: stands as prefilled and is not written by anyone;
    sum_at_most: (column, key of a money or number question) the column's sum must not exceed;
    pdf_rows, pdf_lines: room in the fillable PDF, before the continuation.
    """

    key: str
    type: str
    label: Text
    help: Text = Text()
    is_required: bool = False
    required_when: Condition | None = None
    asked_when: Condition | None = None
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    least_rows: int = 0
    most_rows: int = 200
    sum_at_most: tuple[str, str] | None = None
    unit: Text = Text()
    limits: Limits = Limits()
    of: str = ""
    indicator: str = ""
    low: Text = Text()
    high: Text = Text()
    prefill: str = ""
    is_fixed: bool = False
    pdf_rows: int = 8
    pdf_lines: int = 10
    # What a type handed down from a higher floor needs beyond this.
    more: Mapping[str, Any] = field(default_factory=dict)

    def column(self, key: str) -> Column | None:
        """The column of that key."""
        return next((column for column in self.columns if column.key == key), None)

    def option(self, key: str) -> Option | None:
        """The option of that key."""
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True)
class Section:
    """A part of the form, written and marked ready by itself."""

    key: str
    title: Text
    help: Text = Text()
    asked_when: Condition | None = None
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class PersonalData:
    """Why personal data may stand in the answers, and how long: months after submission (0: no end is set)."""

    purpose: Text = Text()
    keep_months: int = 0


@dataclass(frozen=True)
class Definition:
    """A whole form definition, one version of it.

    subject: what an answer is about (organizer, school_unit, preschool_unit, university, person, or "" for nothing);
    writers, submitters: roles that may begin and be asked to write, and to submit (registry roles);
    is_private: no role of the agency or a university reads an answer that was not handed to it.
    """

    slug: str
    name: Text
    purpose: Text = Text()
    instruction: Text = Text()
    subject: str = "organizer"
    writers: tuple[str, ...] = ()
    submitters: tuple[str, ...] = ()
    is_private: bool = False
    personal_data: PersonalData = PersonalData()
    sections: tuple[Section, ...] = ()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Key to question, in order; keys are unique in the whole form."""
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """Question's key to its section."""
        return {question.key: section for section in self.sections for question in section.questions}

    @cached_property
    def waits(self) -> dict[str, frozenset[str]]:
        """Question's key to those that decide whether it is asked: its own condition's and its section's."""
        return {
            question.key: _named_in(section.asked_when) | _named_in(question.asked_when)
            for section in self.sections
            for question in section.questions
        }

    @cached_property
    def in_turn(self) -> tuple[str, ...]:
        """Keys of the questions that wait for others, each after those it waits for. CycleError if that cannot be."""
        return tuple(key for key in TopologicalSorter(self.waits).static_order() if self.waits.get(key))

    def section(self, key: str) -> Section | None:
        """The section of that key."""
        return next((section for section in self.sections if section.key == key), None)

    def conditions(self) -> Iterator[tuple[str, str, Condition]]:
        """(what has it: section or question key, "asked_when" or "required_when", the condition), in order."""
        for section in self.sections:
            if section.asked_when:
                yield section.key, "asked_when", section.asked_when
            for question in section.questions:
                if question.asked_when:
                    yield question.key, "asked_when", question.asked_when
                if question.required_when:
                    yield question.key, "required_when", question.required_when


def _named_in(condition: Condition | None) -> frozenset[str]:
    return condition.questions if condition else frozenset()
