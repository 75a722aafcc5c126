"""What the template of a sheet is given of each question, and what each field is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from samspel.forms.queries.outlines import PartInWords, outline
from samspel.forms.queries.sheets import words
from samspel.forms.queries.sheets.parts import Registers, told
from samspel.forms.rules.definitions import Column, Definition
from samspel.forms.rules.sheets.plan import Box, Given, Part, is_wide, plan
from samspel.kernel.documents.fillable import FieldSpec


@dataclass(frozen=True)
class Layout:
    """A form laid out with what stands in it."""

    definition: Definition
    given: Given
    registers: Registers

    @cached_property
    def _planned(self) -> list[tuple[Any, list[Part]]]:
        return plan(self.definition, self.given)

    @cached_property
    def _in_words(self) -> dict[str, PartInWords]:
        return {part.key: part for section in self._outline for part in section.questions}

    @cached_property
    def _outline(self) -> list[Any]:
        return outline(self.definition, self.given.language)

    @property
    def _parts(self) -> Iterator[Part]:
        return (part for _section, parts in self._planned for part in parts)

    def sections(self) -> list[dict[str, Any]]:
        """Every section with its questions."""
        return [
            {
                "title": told_of.title,
                "help": told_of.help,
                "condition": _condition(told_of.condition),
                "questions": [self._question(part) for part in parts],
            }
            for (_section, parts), told_of in zip(self._planned, self._outline, strict=True)
        ]

    def continued(self) -> list[dict[str, Any]]:
        """What the continuation sheet holds."""
        return [self._continued(part) for part in self._parts if part.more or part.more_rows]

    def specs(self) -> list[FieldSpec]:
        """Every field."""
        return [self._spec(box, part) for part in self._parts for box in part.every_box]

    def _question(self, part: Part) -> dict[str, Any]:
        question, in_words = part.question, self._in_words[part.question.key]
        found: dict[str, Any] = {
            "id": question.key,
            "number": in_words.number,
            "label": in_words.label,
            "help": in_words.help,
            "rules": " ".join(filter(None, self._rules(part, in_words))),
            "more": bool(part.more or part.more_rows),
            "boxes": [self._box(box, part) for box in part.boxes],
        }
        found["is_long"] = _is_long(found["boxes"])
        if part.kind == "table":
            found["table"] = self._table(part, part.rows)
        if part.kind == "told":
            found["told"] = told(question, self.given.fields.get(question.key), self.given.language)
        return found

    def _rules(self, part: Part, in_words: PartInWords) -> Iterator[str]:
        """When it is answered, whether it must be, within which limits, and how much room there is."""
        yield _condition(in_words.condition)
        if in_words.is_required:
            yield _("Must be answered.")
        yield from (fact if fact.endswith(".") else f"{fact}." for fact in in_words.facts)
        if part.kind == "boxes":
            yield from (f"{hint}." for box in part.boxes[:1] for hint in words.hints(box, self.given.language))
            yield words.room_of(part)
        if part.kind == "table":
            yield words.rows_of(part)
            yield words.sums_of(part.question, self.given.language)

    def _continued(self, part: Part) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": part.question.key,
            "label": part.question.label.in_language(self.given.language),
            "boxes": [self._box(part.more, part)] if part.more else [],
        }
        if part.more_rows:
            found["table"] = self._table(part, part.more_rows)
        return found

    def _table(self, part: Part, rows: Sequence[Sequence[Box]]) -> dict[str, Any]:
        columns = part.question.columns if rows else ()
        return {
            "is_wide": is_wide(part.question),
            "columns": [
                self._heading(column, box) for column, box in zip(columns, rows[0] if rows else (), strict=True)
            ],
            "widths": [column.width for column in columns],
            "rows": [{"number": row[0].row, "boxes": [self._box(box, part) for box in row]} for row in rows],
        }

    def _heading(self, column: Column, box: Box) -> dict[str, str]:
        language = self.given.language
        told_with = [column.help.in_language(language), *words.short_hints(box, language)]
        if column.is_required:
            told_with.append(_("Must be answered."))
        return {
            "label": column.label.in_language(language),
            "help": ". ".join(part.rstrip(".") for part in told_with if part),
        }

    def _box(self, box: Box, part: Part) -> dict[str, Any]:
        option = part.question.option(box.option) if box.option else None
        name = self.registers.name(box.asked, box.value) if box.kind == "text" else ""
        return {
            "id": box.name,
            "kind": {"radio": "buttons", "tick": "tick"}.get(box.kind, "text"),
            "lines": box.lines,
            "fixed": part.question.is_fixed,
            "words": option.label.in_language(self.given.language) if option else "",
            "choices": [[f"{box.name}={key}", label] for key, label in box.choices] if box.kind == "radio" else [],
            "in_line": all(len(label) <= 3 for _key, label in box.choices),
            "note": f"{box.value}: {name}" if name else "",
        }

    def _spec(self, box: Box, part: Part) -> FieldSpec:
        question, language = part.question, self.given.language
        section = self.definition.section_of[question.key]
        is_asked_whatever = not question.asked_when and not section.asked_when
        return FieldSpec(
            box.name,
            "checkbox" if box.kind == "tick" else box.kind,
            words.label_of(box, part, self._in_words[question.key], language),
            box.value,
            box.length,
            box.choices,
            is_required=question.is_required and is_asked_whatever and box.asked is question and not box.is_more,
            is_read_only=question.is_fixed,
        )


def _condition(in_words: str) -> str:
    return _("Answered if %(condition)s.") % {"condition": in_words} if in_words else ""


def _is_long(boxes: list[dict[str, Any]]) -> bool:
    """Whether what is chosen among could be more than a page holds."""
    labels = [label for box in boxes for label in (box["words"], *(words for _key, words in box["choices"]))]
    return len(labels) > 12 or sum(map(len, labels)) > 1500
