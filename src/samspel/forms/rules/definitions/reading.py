"""From a mapping (TOML, JSON) to a definition, with every fault found in one go.

Whatever comes in, however long, deep or strange, the answer is a definition or DefinitionRefused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from samspel.forms.rules.definitions.asking import condition, look_where_they_lead
from samspel.forms.rules.definitions.belonging import (
    EVERY_COLUMN_WORD,
    EVERY_WORD,
    belonging,
    words_of_column,
    words_of_question,
)
from samspel.forms.rules.definitions.faults import DefinitionRefused, Fault, place
from samspel.forms.rules.definitions.limits import limits, options
from samspel.forms.rules.definitions.loops import loops
from samspel.forms.rules.definitions.notes import LONGEST_LABEL, LONGEST_NAME, Notes
from samspel.forms.rules.definitions.parts import Column, Definition, PersonalData, Question, Section, Text
from samspel.forms.rules.definitions.plain import plain
from samspel.forms.rules.definitions.types import COLUMN_TYPES, ROLES, SHIPPED_TYPES, Type

FORMAT: Final = "samspel.form/1"
SUBJECTS: Final = frozenset({"", "organizer", "school_unit", "preschool_unit", "university", "person"})
REGISTRY_KINDS: Final = frozenset({"organizer", "municipality", "county", "university"})
MOST_SECTIONS: Final = 60
MOST_QUESTIONS: Final = 400
MOST_COLUMNS: Final = 20
MOST_ROWS: Final = 500
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,79}\Z")
_OF_DEFINITION: Final = frozenset(
    {"format", "slug", "name", "purpose", "instruction", "subject", "writers", "submitters", "is_private"}
    | {"personal_data", "sections"}
)
_OF_SECTION: Final = frozenset({"key", "title", "help", "asked_when", "questions"})


def read(data: Mapping[str, Any], *, more_types: Collection[str] = ()) -> Definition:
    """The definition that the mapping says. more_types: names of types handed down. Raises DefinitionRefused."""
    notes = Notes()
    definition = _Reader(notes, frozenset(more_types) | SHIPPED_TYPES).definition(data)
    if notes.faults:
        raise DefinitionRefused(notes.faults)
    return definition


def faults_of(data: Mapping[str, Any], *, more_types: Collection[str] = ()) -> tuple[Fault, ...]:
    """What is wrong with the mapping; empty if it can be read."""
    try:
        read(data, more_types=more_types)
    except DefinitionRefused as refusal:
        return refusal.faults
    return ()


class _Reader:
    """Walks the mapping once; `places` remembers where each key stands, for what is looked at afterwards."""

    def __init__(self, notes: Notes, types: frozenset[str]) -> None:
        self.notes = notes
        self.types = types
        self.places: dict[str, str] = {}

    def definition(self, given: Any) -> Definition:
        notes = self.notes
        data = notes.table(given, "", _OF_DEFINITION)
        if not data:
            notes.fault("sections", "no_sections")
            return Definition(slug="", name=Text())
        if data.get("format") != FORMAT:
            notes.fault("format", "format", data.get("format", ""))
        found = Definition(
            slug=self._slug(data),
            name=notes.text(data, "name", "", needed=True, longest=LONGEST_NAME),
            purpose=notes.text(data, "purpose", ""),
            instruction=notes.text(data, "instruction", ""),
            subject=notes.one_of(data, "subject", "", SUBJECTS, default="organizer"),
            writers=notes.some_of(data, "writers", ROLES),
            submitters=notes.some_of(data, "submitters", ROLES),
            is_private=notes.yes(data, "is_private", ""),
            personal_data=self._personal_data(data.get("personal_data", {})),
            sections=tuple(
                self.section(each, number)
                for number, each in enumerate(notes.list_of(data, "sections", "", MOST_SECTIONS), 1)
            ),
        )
        self._whole(found)
        return found

    def _slug(self, data: Mapping[str, Any]) -> str:
        slug = data.get("slug", "")
        if isinstance(slug, str) and _SLUG.match(slug):
            return slug
        self.notes.fault("slug", "slug", slug)
        return ""

    def _personal_data(self, given: Any) -> PersonalData:
        data = self.notes.table(given, "personal_data", {"purpose", "keep_months"})
        found = PersonalData(
            self.notes.text(data, "purpose", "personal_data"),
            self.notes.whole(data, "keep_months", "personal_data", 0, 1200),
        )
        if found.keep_months and not found.purpose:
            self.notes.fault("personal_data.purpose", "needs_a_purpose")
        return found

    def _whole(self, found: Definition) -> None:
        """What holds between the parts: keys once, conditions and sums that lead somewhere, and never round."""
        notes = self.notes
        asked = [question for section in found.sections for question in section.questions]
        if not asked:
            notes.fault("sections", "no_questions" if found.sections else "no_sections")
        if len(asked) > MOST_QUESTIONS:
            notes.fault("sections", "too_many_questions", MOST_QUESTIONS)
            return
        # A section and a question stand in the same addresses and rows of use, so they share no key.
        notes.once([*(section.key for section in found.sections), *(question.key for question in asked)], "sections")
        look_where_they_lead(notes, found, self.places)
        for question in found.questions.values():
            self._sum(found, question)
        if not notes.faults:
            for loop in loops(found):
                notes.fault(place(self.places[loop[0]], "asked_when"), "loop", " → ".join(loop))

    def _sum(self, found: Definition, question: Question) -> None:
        if question.sum_at_most is None:
            return
        column_key, other_key = question.sum_at_most
        column, other = question.column(column_key), found.questions.get(other_key)
        if column is None or other is None or column.type != other.type or not column.has_sum:
            where = place(self.places.get(question.key, ""), "sum_at_most")
            self.notes.fault(where, "sum_leads_nowhere", f"{column_key}, {other_key}")

    def section(self, given: Any, number: int) -> Section:
        notes = self.notes
        data = notes.table(given, place("sections", number), _OF_SECTION)
        if not data:
            return Section("", Text())
        key = notes.key(data, place("sections", number))
        where = place("sections", key or number)
        self.places.setdefault(key, where)
        return Section(
            key=key,
            title=notes.text(data, "title", where, needed=True, longest=LONGEST_NAME),
            help=notes.text(data, "help", where),
            asked_when=condition(notes, data.get("asked_when"), place(where, "asked_when")),
            questions=tuple(
                self.question(each, where, at)
                for at, each in enumerate(notes.list_of(data, "questions", where, MOST_QUESTIONS), 1)
            ),
        )

    def question(self, given: Any, within: str, number: int) -> Question:
        notes = self.notes
        data = notes.table(given, place(within, number), EVERY_WORD)
        if not data:
            return Question("", "", Text())
        key = notes.key(data, place(within, number))
        where = place(within, key or number)
        self.places.setdefault(key, where)
        type_ = notes.one_of(data, "type", where, self.types)
        data = belonging(notes, data, where, words_of_question(type_), is_known=bool(type_))
        most_rows = notes.whole(data, "most_rows", where, 1, MOST_ROWS, default=200)
        found = Question(
            key=key,
            type=type_,
            label=notes.text(data, "label", where, needed=True, longest=LONGEST_LABEL),
            help=notes.text(data, "help", where),
            is_required=notes.yes(data, "is_required", where),
            required_when=condition(notes, data.get("required_when"), place(where, "required_when")),
            asked_when=condition(notes, data.get("asked_when"), place(where, "asked_when")),
            options=options(notes, data, where, type_),
            columns=self._columns(data, where, type_),
            least_rows=notes.whole(data, "least_rows", where, 0, most_rows),
            most_rows=most_rows,
            sum_at_most=self._sum_at_most(data, where),
            unit=notes.text(data, "unit", where, longest=40),
            limits=limits(notes, data, where, type_),
            of=self._of(data, where, type_),
            indicator=notes.name(data, "indicator", where),
            low=notes.text(data, "low", where, longest=LONGEST_NAME),
            high=notes.text(data, "high", where, longest=LONGEST_NAME),
            prefill=notes.name(data, "prefill", where),
            is_fixed=notes.yes(data, "is_fixed", where),
            pdf_rows=notes.whole(data, "pdf_rows", where, 1, 60, default=8),
            pdf_lines=notes.whole(data, "pdf_lines", where, 1, 40, default=10),
            more=plain(notes, data.get("more", {}), place(where, "more")),
        )
        self._fits_together(found, where)
        return found

    def _fits_together(self, question: Question, where: str) -> None:
        if question.type == Type.INDICATOR_SERIES and not question.indicator:
            self.notes.fault(place(where, "indicator"), "needs_an_indicator")
        if question.is_fixed and not question.prefill and question.type != Type.INDICATOR_SERIES:
            self.notes.fault(place(where, "prefill"), "fixed_needs_prefill")

    def _columns(self, data: Mapping[str, Any], where: str, type_: str) -> tuple[Column, ...]:
        given = self.notes.list_of(data, "columns", where, MOST_COLUMNS)
        found = tuple(self.column(each, where, number) for number, each in enumerate(given, 1))
        if type_ == Type.ROWS and not found:
            self.notes.fault(place(where, "columns"), "needs_columns")
        self.notes.once((column.key for column in found), place(where, "columns"))
        return found

    def column(self, given: Any, within: str, number: int) -> Column:
        notes = self.notes
        data = notes.table(given, place(within, number), EVERY_COLUMN_WORD)
        if not data:
            return Column("", "", Text())
        key = notes.key(data, place(within, number))
        where = place(within, key or number)
        type_ = notes.one_of(data, "type", where, COLUMN_TYPES)
        data = belonging(notes, data, where, words_of_column(type_), is_known=bool(type_))
        return Column(
            key=key,
            type=type_,
            label=notes.text(data, "label", where, needed=True, longest=LONGEST_LABEL),
            help=notes.text(data, "help", where),
            is_required=notes.yes(data, "is_required", where),
            has_sum=notes.yes(data, "has_sum", where),
            options=options(notes, data, where, type_),
            of=self._of(data, where, type_),
            unit=notes.text(data, "unit", where, longest=40),
            limits=limits(notes, data, where, type_),
            width=notes.whole(data, "width", where, 1, 12, default=1),
        )

    def _of(self, data: Mapping[str, Any], where: str, type_: str) -> str:
        return self.notes.one_of(data, "of", where, REGISTRY_KINDS) if type_ == Type.REGISTRY_VALUE else ""

    def _sum_at_most(self, data: Mapping[str, Any], where: str) -> tuple[str, str] | None:
        value = data.get("sum_at_most") or None
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value):
            return value[0], value[1]
        self.notes.fault(place(where, "sum_at_most"), "sum_leads_nowhere", value)
        return None
