"""From a mapping (TOML, JSON) to a definition, with every fault found in one go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from samspel.forms.rules.definitions.loops import loops
from samspel.forms.rules.definitions.parts import (
    Column,
    Condition,
    Definition,
    Limits,
    Option,
    PersonalData,
    Question,
    Section,
    Text,
)
from samspel.forms.rules.definitions.types import CHOICES, COLUMN_TYPES, SHIPPED_TYPES, Type

FORMAT: Final = "samspel.form/1"
SUBJECTS: Final = frozenset({"", "organizer", "school_unit", "preschool_unit", "university", "person"})
REGISTRY_KINDS: Final = frozenset({"organizer", "municipality", "county", "university"})
TESTS: Final = frozenset({"is", "is_not", "has", "at_least", "at_most", "is_answered"})
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,79}\Z")
MOST_QUESTIONS: Final = 400
MOST_ROWS: Final = 500


@dataclass(frozen=True)
class Fault:
    """Something wrong in a definition: where (a path such as `sections.background.pupils`), which code, and details."""

    where: str
    code: str
    detail: str = ""


class DefinitionRefused(ValueError):
    """A definition with faults, all of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.where}: {fault.code} {fault.detail}".strip() for fault in self.faults))


def read(data: Mapping[str, Any], *, more_types: Collection[str] = ()) -> Definition:
    """The definition that the mapping says. more_types: names of types handed down. Raises DefinitionRefused."""
    reader = _Reader(frozenset(more_types) | SHIPPED_TYPES)
    definition = reader.definition(data)
    if reader.faults:
        raise DefinitionRefused(reader.faults)
    return definition


def faults_of(data: Mapping[str, Any], *, more_types: Collection[str] = ()) -> tuple[Fault, ...]:
    """What is wrong with the mapping; empty if it can be read."""
    try:
        read(data, more_types=more_types)
    except DefinitionRefused as refusal:
        return refusal.faults
    return ()


class _Reader:
    """Walks the mapping once and notes every fault on the way."""

    def __init__(self, types: frozenset[str]) -> None:
        self.types = types
        self.faults: list[Fault] = []

    def fault(self, where: str, code: str, detail: object = "") -> None:
        self.faults.append(Fault(where, code, str(detail)[:200]))

    # The whole

    def definition(self, data: Mapping[str, Any]) -> Definition:
        if not isinstance(data, Mapping):
            self.fault("", "not_a_table")
            return Definition(slug="", name=Text())
        self._known(data, "", _OF_DEFINITION)
        if data.get("format") != FORMAT:
            self.fault("format", "format", data.get("format", ""))
        slug = data.get("slug", "")
        if not isinstance(slug, str) or not _SLUG.match(slug):
            self.fault("slug", "slug", slug)
        subject = self._one_of(data, "subject", "", SUBJECTS, default="organizer")
        found = Definition(
            slug=str(slug),
            name=self.text(data, "name", "", needed=True),
            purpose=self.text(data, "purpose", ""),
            instruction=self.text(data, "instruction", ""),
            subject=subject,
            writers=self._words(data, "writers", ""),
            submitters=self._words(data, "submitters", ""),
            is_private=self._yes(data, "is_private", ""),
            personal_data=self._personal_data(data.get("personal_data", {})),
            sections=tuple(self.section(each, n) for n, each in enumerate(self._list(data, "sections", ""), 1)),
        )
        self._whole(found)
        return found

    def _personal_data(self, data: Any) -> PersonalData:
        if not isinstance(data, Mapping):
            self.fault("personal_data", "not_a_table")
            return PersonalData()
        self._known(data, "personal_data", {"purpose", "keep_months"})
        months = self._whole_number(data, "keep_months", "personal_data", 0, 0, 1200)
        return PersonalData(self.text(data, "purpose", "personal_data"), months)

    def _whole(self, found: Definition) -> None:
        """What holds between the parts: keys once, conditions that lead somewhere and never round."""
        if not found.sections:
            self.fault("sections", "no_sections")
        if sum(len(section.questions) for section in found.sections) > MOST_QUESTIONS:
            self.fault("sections", "too_many_questions", MOST_QUESTIONS)
        self._once([section.key for section in found.sections], "sections")
        self._once([question.key for section in found.sections for question in section.questions], "sections")
        taken = {question.key for section in found.sections for question in section.questions}
        for section in found.sections:
            if section.key in taken:
                self.fault(section.key, "key_twice", section.key)
        for key, where, condition in found.conditions():
            self._leads_somewhere(found, f"{key}.{where}", condition)
        for question in found.questions.values():
            self._sum_leads_somewhere(found, question)
        if not self.faults:
            for loop in loops(found):
                self.fault(loop[0], "loop", " → ".join(loop))

    def _sum_leads_somewhere(self, found: Definition, question: Question) -> None:
        if question.sum_at_most is None:
            return
        column_key, other_key = question.sum_at_most
        column, other = question.column(column_key), found.questions.get(other_key)
        if column is None or other is None or column.type != other.type or not column.has_sum:
            self.fault(f"{question.key}.sum_at_most", "sum_leads_nowhere", f"{column_key}, {other_key}")

    def _leads_somewhere(self, found: Definition, where: str, condition: Condition) -> None:
        for part in (*condition.all_of, *condition.any_of):
            self._leads_somewhere(found, where, part)
        if not condition.question:
            return
        asked = found.questions.get(condition.question)
        if asked is None:
            self.fault(where, "no_such_question", condition.question)
        elif condition.test in ("is", "is_not", "has") and asked.type in CHOICES and not asked.option(condition.value):
            self.fault(where, "no_such_option", f"{condition.question}: {condition.value}")
        elif not _can_test(asked, condition.test):
            self.fault(where, "test_does_not_fit", f"{condition.question} {condition.test}")

    # Parts

    def section(self, data: Any, number: int) -> Section:
        if not isinstance(data, Mapping):
            self.fault(f"sections.{number}", "not_a_table")
            return Section("", Text())
        key = self._key(data, f"sections.{number}")
        where = f"sections.{key or number}"
        self._known(data, where, {"key", "title", "help", "asked_when", "questions"})
        return Section(
            key=key,
            title=self.text(data, "title", where, needed=True),
            help=self.text(data, "help", where),
            asked_when=self.condition(data.get("asked_when"), f"{where}.asked_when"),
            questions=tuple(
                self.question(each, f"{where}.{n}") for n, each in enumerate(self._list(data, "questions", where), 1)
            ),
        )

    def question(self, data: Any, place: str) -> Question:
        if not isinstance(data, Mapping):
            self.fault(place, "not_a_table")
            return Question("", "", Text())
        key = self._key(data, place)
        where = f"{place.rpartition('.')[0]}.{key}" if key else place
        type_ = self._one_of(data, "type", where, self.types)
        own = type_ not in SHIPPED_TYPES
        self._known(data, where, _OF_QUESTION | ({"more"} if own else set()))
        columns = tuple(
            self.column(each, f"{where}.{n}") for n, each in enumerate(self._list(data, "columns", where), 1)
        )
        if (type_ == Type.ROWS) != bool(columns):
            self.fault(where, "columns_of_rows_alone")
        self._once([column.key for column in columns], where)
        options = self._options(data, where, type_)
        limits = self.limits(data, where, type_)
        if type_ == Type.SCALE and not (limits.least and limits.most):
            self.fault(where, "scale_needs_ends")
        if type_ == Type.REGISTRY_VALUE:
            self._one_of(data, "of", where, REGISTRY_KINDS)
        if type_ == Type.INDICATOR_SERIES and not isinstance(data.get("indicator"), str):
            self.fault(where, "needs_an_indicator")
        most_rows = self._whole_number(data, "most_rows", where, 200, 1, MOST_ROWS)
        return Question(
            key=key,
            type=type_,
            label=self.text(data, "label", where, needed=True),
            help=self.text(data, "help", where),
            is_required=self._yes(data, "is_required", where),
            required_when=self.condition(data.get("required_when"), f"{where}.required_when"),
            asked_when=self.condition(data.get("asked_when"), f"{where}.asked_when"),
            options=options,
            columns=columns,
            least_rows=self._whole_number(data, "least_rows", where, 0, 0, most_rows),
            most_rows=most_rows,
            sum_at_most=self._sum_at_most(data, where),
            unit=self.text(data, "unit", where),
            limits=limits,
            of=self._word(data, "of", where),
            indicator=self._word(data, "indicator", where),
            low=self.text(data, "low", where),
            high=self.text(data, "high", where),
            prefill=self._word(data, "prefill", where),
            is_fixed=self._yes(data, "is_fixed", where),
            pdf_rows=self._whole_number(data, "pdf_rows", where, 8, 1, 60),
            pdf_lines=self._whole_number(data, "pdf_lines", where, 10, 1, 40),
            more=dict(data["more"]) if own and isinstance(data.get("more"), Mapping) else {},
        )

    def column(self, data: Any, place: str) -> Column:
        if not isinstance(data, Mapping):
            self.fault(place, "not_a_table")
            return Column("", "", Text())
        key = self._key(data, place)
        where = f"{place.rpartition('.')[0]}.{key}" if key else place
        self._known(data, where, _OF_COLUMN)
        type_ = self._one_of(data, "type", where, COLUMN_TYPES)
        has_sum = self._yes(data, "has_sum", where)
        if has_sum and type_ not in (Type.NUMBER, Type.MONEY):
            self.fault(where, "sum_of_numbers_alone")
        if type_ == Type.REGISTRY_VALUE:
            self._one_of(data, "of", where, REGISTRY_KINDS)
        limits = self.limits(data, where, type_)
        if type_ == Type.SCALE and not (limits.least and limits.most):
            self.fault(where, "scale_needs_ends")
        return Column(
            key=key,
            type=type_,
            label=self.text(data, "label", where, needed=True),
            help=self.text(data, "help", where),
            is_required=self._yes(data, "is_required", where),
            has_sum=has_sum,
            options=self._options(data, where, type_),
            of=self._word(data, "of", where),
            unit=self.text(data, "unit", where),
            limits=limits,
            width=self._whole_number(data, "width", where, 1, 1, 12),
        )

    def condition(self, data: Any, where: str) -> Condition | None:
        """A table `{question, is…}`, `{all = […]}`, `{any = […]}`, or a list, of which all must hold."""
        if data is None or data == []:
            return None
        return self._condition(data, where, 0)

    def _condition(self, data: Any, where: str, depth: int) -> Condition:
        if depth > 5:
            self.fault(where, "condition_too_deep")
            return Condition()
        if isinstance(data, list):
            return Condition(all_of=tuple(self._condition(each, where, depth + 1) for each in data))
        if not isinstance(data, Mapping):
            self.fault(where, "not_a_condition")
            return Condition()
        for word in ("all", "any"):
            if word in data:
                self._known(data, where, {word})
                parts = data[word] if isinstance(data[word], list) else []
                if not parts:
                    self.fault(where, "not_a_condition")
                found = tuple(self._condition(each, where, depth + 1) for each in parts)
                return Condition(all_of=found) if word == "all" else Condition(any_of=found)
        tests = [test for test in data if test in TESTS]
        question = data.get("question")
        if len(tests) != 1 or not isinstance(question, str) or set(data) - TESTS - {"question"}:
            self.fault(where, "not_a_condition")
            return Condition()
        value = data[tests[0]]
        if not isinstance(value, str | int | float) or (tests[0] in ("at_least", "at_most") and not _is_number(value)):
            self.fault(where, "not_a_condition")
            return Condition()
        return Condition(question, tests[0], "" if tests[0] == "is_answered" else str(value))

    def limits(self, data: Mapping[str, Any], where: str, type_: str) -> Limits:
        least, most = (self._limit(data, name, where, type_) for name in ("least", "most"))
        if least and most and type_ != Type.DATE and Decimal(least) > Decimal(most):
            self.fault(where, "least_above_most", f"{least} > {most}")
        return Limits(
            max_words=self._whole_number(data, "max_words", where, None, 1, 20_000),
            max_characters=self._whole_number(data, "max_characters", where, None, 1, 100_000),
            least=least,
            most=most,
            decimals=self._whole_number(data, "decimals", where, 0, 0, 6),
        )

    def _limit(self, data: Mapping[str, Any], name: str, where: str, type_: str) -> str:
        value = data.get(name, "")
        if value == "":
            return ""
        if type_ == Type.DATE and re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
            return str(value)
        if type_ in (Type.NUMBER, Type.MONEY, Type.SCALE) and _is_number(value):
            return str(value)
        self.fault(where, "limit", f"{name} = {value}")
        return ""

    def _options(self, data: Mapping[str, Any], where: str, type_: str) -> tuple[Option, ...]:
        found = []
        for n, each in enumerate(self._list(data, "options", where), 1):
            place = f"{where}.options.{n}"
            if not isinstance(each, Mapping):
                self.fault(place, "not_a_table")
                continue
            self._known(each, place, {"key", "label"})
            found.append(Option(self._key(each, place), self.text(each, "label", place, needed=True)))
        if type_ in CHOICES and len(found) < (2 if type_ == Type.ONE_OF else 1):
            self.fault(where, "needs_options")
        if type_ not in CHOICES and found:
            self.fault(where, "options_of_choices_alone")
        self._once([option.key for option in found], where)
        return tuple(found)

    def _sum_at_most(self, data: Mapping[str, Any], where: str) -> tuple[str, str] | None:
        value = data.get("sum_at_most")
        if value is None:
            return None
        if isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value):
            return value[0], value[1]
        self.fault(where, "sum_leads_nowhere", value)
        return None

    # Single values

    def text(self, data: Mapping[str, Any], name: str, where: str, *, needed: bool = False) -> Text:
        value = data.get(name, {})
        place = f"{where}.{name}".strip(".")
        if isinstance(value, str):
            value = {"sv": value}
        if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
            self.fault(place, "not_words")
            return Text()
        self._known(value, place, {"sv", "en"})
        found = Text(value.get("sv", "").strip(), value.get("en", "").strip())
        if needed and not found.sv:
            self.fault(place, "needs_swedish")
        if len(found.sv) > 5000 or len(found.en) > 5000:
            self.fault(place, "too_long")
        return found

    def _key(self, data: Mapping[str, Any], where: str) -> str:
        key = data.get("key", "")
        if not isinstance(key, str) or not _KEY.match(key):
            self.fault(where, "key", key)
            return ""
        return key

    def _known(self, data: Mapping[str, Any], where: str, names: Collection[str]) -> None:
        for name in data:
            if name not in names:
                self.fault(f"{where}.{name}".strip("."), "unknown_word", name)

    def _once(self, keys: list[str], where: str) -> None:
        for key in sorted({key for key in keys if key and keys.count(key) > 1}):
            self.fault(where, "key_twice", key)

    def _list(self, data: Mapping[str, Any], name: str, where: str) -> list[Any]:
        value = data.get(name, [])
        if isinstance(value, list):
            return value
        self.fault(f"{where}.{name}".strip("."), "not_a_list")
        return []

    def _words(self, data: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
        found = self._list(data, name, where)
        if all(isinstance(each, str) for each in found):
            return tuple(found)
        self.fault(f"{where}.{name}".strip("."), "not_words")
        return ()

    def _word(self, data: Mapping[str, Any], name: str, where: str) -> str:
        value = data.get(name, "")
        if isinstance(value, str):
            return value
        self.fault(f"{where}.{name}".strip("."), "not_words")
        return ""

    def _one_of(
        self, data: Mapping[str, Any], name: str, where: str, allowed: Collection[str], default: str | None = None
    ) -> str:
        value = data.get(name, default)
        if isinstance(value, str) and value in allowed:
            return str(value)
        self.fault(f"{where}.{name}".strip("."), "not_one_of", f"{value} ({', '.join(sorted(filter(None, allowed)))})")
        return ""

    def _yes(self, data: Mapping[str, Any], name: str, where: str) -> bool:
        value = data.get(name, False)
        if not isinstance(value, bool):
            self.fault(f"{where}.{name}".strip("."), "not_yes_or_no", value)
        return value is True

    def _whole_number(self, data: Mapping[str, Any], name: str, where: str, default: Any, least: int, most: int) -> Any:
        value = data.get(name, default)
        if value is default or (isinstance(value, int) and not isinstance(value, bool) and least <= value <= most):
            return value
        self.fault(f"{where}.{name}".strip("."), "not_a_number_between", f"{least}–{most}")
        return default


_OF_DEFINITION: Final = frozenset(
    {
        "format",
        "slug",
        "name",
        "purpose",
        "instruction",
        "subject",
        "writers",
        "submitters",
        "is_private",
        "personal_data",
        "sections",
    }
)
_LIMITS: Final = {"max_words", "max_characters", "least", "most", "decimals"}
_OF_COLUMN: Final = {
    "key",
    "type",
    "label",
    "help",
    "is_required",
    "has_sum",
    "options",
    "of",
    "unit",
    "width",
} | _LIMITS
_OF_QUESTION: Final = (
    {"key", "type", "label", "help", "is_required", "required_when", "asked_when", "options", "columns", "least_rows"}
    | {"most_rows", "sum_at_most", "unit", "of", "indicator", "low", "high", "prefill", "is_fixed", "pdf_rows"}
    | {"pdf_lines"}
    | _LIMITS
)
_TESTS_OF: Final[dict[str, set[str]]] = {
    Type.ONE_OF: {"is", "is_not", "is_answered"},
    Type.SEVERAL_OF: {"has", "is_answered"},
    Type.NUMBER: {"at_least", "at_most", "is_answered"},
    Type.MONEY: {"at_least", "at_most", "is_answered"},
    Type.SCALE: {"is", "is_not", "at_least", "at_most", "is_answered"},
    Type.TERM: {"is", "is_not", "is_answered"},
    Type.REGISTRY_VALUE: {"is", "is_not", "is_answered"},
    Type.SCHOOL_UNIT: {"is", "is_not", "is_answered"},
}


def _can_test(question: Question, test: str) -> bool:
    return test in _TESTS_OF.get(question.type, {"is_answered"})


def _is_number(value: object) -> bool:
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False
