"""What is new in one version of a definition beside another, and what of an answer can go over to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Column, Definition, Option, Question, Section, Text, Type
from samspel.forms.rules.fitting import DoesNotFit, fitted
from samspel.forms.rules.values import typed

Part = Question | Column
NOTHING: Final = Text()


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was.

    code: see `queries.differences.DIFFERENCES`; where: the key of section or question, `question/column`, or empty for
    the whole form; label: what it is called now (if it is gone, what it was called); before, after: what changed, in
    words or as a number or a key; empty where there is nothing to tell.
    """

    code: str
    where: str
    label: Text
    before: Text = NOTHING
    after: Text = NOTHING


@dataclass(frozen=True)
class Left:
    """A value that the new version has no place for: its path, the value as kept, and what it answered."""

    path: str
    value: Any
    label: str


@dataclass(frozen=True)
class Carried:
    """An answer's values under the new version, by path, and those that found no place there."""

    fields: dict[str, Any] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


def differences(old: Definition, new: Definition) -> list[Difference]:
    """What is not as it was, the whole form first, then in the order of the new version, what is gone last."""
    return [*_of_whole(old, new), *_of_sections(old, new), *_of_questions(old, new)]


def carried(old: Definition, new: Definition, fields: Mapping[str, Any]) -> Carried:
    """What of an answer goes over to another version: the same key, and a type that can take the value.

    A number may become text; an option that is gone does not fit; a row goes with those of its cells that fit.
    Nothing is lost: what does not go over is `left`.
    """
    found = Carried()
    for text, value in fields.items():
        if value is None:
            continue
        try:
            found.fields[text] = _carried(old, new, paths.parse(text), value)
        except (DoesNotFit, ValueError):
            found.left.append(Left(text, value, _label(old, text)))
    return found


def _carried(old: Definition, new: Definition, path: paths.Path, value: Any) -> Any:
    was, becomes = old.questions.get(path.question), new.questions.get(path.question)
    if was is None or becomes is None or (was.type == Type.ROWS) != (becomes.type == Type.ROWS):
        raise DoesNotFit
    if not path.column:
        return value if path.row and becomes.type == Type.ROWS else fitted(was, becomes, value)
    old_column, new_column = was.column(path.column), becomes.column(path.column)
    if old_column is None or new_column is None:
        raise DoesNotFit
    return fitted(old_column, new_column, value)


def _label(definition: Definition, text: str) -> str:
    try:
        path = paths.parse(text)
    except ValueError:
        return text
    question = definition.questions.get(path.question)
    if question is None:
        return text
    column = question.column(path.column)
    return f"{question.label.sv}: {column.label.sv}" if column else question.label.sv


def _of_whole(old: Definition, new: Definition) -> Iterator[Difference]:
    for code, before, after in (
        ("form_renamed", old.name, new.name),
        ("purpose_changed", old.purpose, new.purpose),
        ("instruction_changed", old.instruction, new.instruction),
        ("personal_data_changed", old.personal_data.purpose, new.personal_data.purpose),
        ("keep_months_changed", _plain(old.personal_data.keep_months), _plain(new.personal_data.keep_months)),
        ("subject_changed", _plain(old.subject), _plain(new.subject)),
        ("writers_changed", _listed(old.writers), _listed(new.writers)),
        ("submitters_changed", _listed(old.submitters), _listed(new.submitters)),
    ):
        if before != after:
            yield Difference(code, "", new.name, before, after)
    if old.is_private != new.is_private:
        yield Difference("privacy_on" if new.is_private else "privacy_off", "", new.name)


def _of_sections(old: Definition, new: Definition) -> Iterator[Difference]:
    before, after = {each.key: each for each in old.sections}, {each.key: each for each in new.sections}
    for key, section in after.items():
        if key not in before:
            yield Difference("section_added", key, section.title)
        else:
            yield from _of_section(before[key], section)
    moved = _moved([key for key in before if key in after], [key for key in after if key in before])
    yield from (Difference("section_moved", key, after[key].title) for key in moved)
    yield from (Difference("section_removed", key, gone.title) for key, gone in before.items() if key not in after)


def _of_section(old: Section, new: Section) -> Iterator[Difference]:
    for code, before, after in (
        ("section_renamed", old.title, new.title),
        ("help_changed", old.help, new.help),
    ):
        if before != after:
            yield Difference(code, new.key, new.title, before, after)
    if old.asked_when != new.asked_when:
        yield Difference("asked_when_changed", new.key, new.title)


def _of_questions(old: Definition, new: Definition) -> Iterator[Difference]:
    for key, question in new.questions.items():
        if key not in old.questions:
            yield Difference("question_added", key, question.label)
            continue
        yield from _of_question(old.questions[key], question)
        left, entered = old.section_of[key], new.section_of[key]
        if left.key != entered.key:
            yield Difference("question_to_section", key, question.label, left.title, entered.title)
    for section in new.sections:
        here = [each.key for each in section.questions]
        stayed = [key for key in here if key in old.questions and old.section_of[key].key == section.key]
        yield from (
            Difference("question_moved", key, new.questions[key].label)
            for key in _moved([key for key in old.questions if key in stayed], stayed)
        )
    yield from (
        Difference("question_removed", key, gone.label)
        for key, gone in old.questions.items()
        if key not in new.questions
    )


def _of_question(old: Question, new: Question) -> Iterator[Difference]:
    yield from _of_part(old, new, new.key)
    for code, changed in (
        ("asked_when_changed", old.asked_when != new.asked_when),
        ("required_when_changed", old.required_when != new.required_when),
        ("prefill_changed", (old.prefill, old.is_fixed) != (new.prefill, new.is_fixed)),
    ):
        if changed:
            yield Difference(code, new.key, new.label)
    if old.type == new.type:
        yield from _of_the_same_type(old, new)


def _of_the_same_type(old: Question, new: Question) -> Iterator[Difference]:
    for code, changed in (
        ("sum_changed", old.sum_at_most != new.sum_at_most),
        ("source_changed", old.indicator != new.indicator or dict(old.more) != dict(new.more)),
    ):
        if changed:
            yield Difference(code, new.key, new.label)
    for code, before, after in (
        ("least_rows_changed", _plain(old.least_rows), _plain(new.least_rows)),
        ("most_rows_changed", _plain(old.most_rows), _plain(new.most_rows)),
        ("scale_words_changed", _both(old.low, old.high), _both(new.low, new.high)),
    ):
        if before != after:
            yield Difference(code, new.key, new.label, before, after)
    yield from _of_columns(old, new)


def _of_columns(old: Question, new: Question) -> Iterator[Difference]:
    for column in new.columns:
        where, was = f"{new.key}/{column.key}", old.column(column.key)
        if was is None:
            yield Difference("column_added", where, column.label)
            continue
        yield from _of_part(was, column, where)
        if was.has_sum != column.has_sum:
            yield Difference("is_summed" if column.has_sum else "no_longer_summed", where, column.label)
    stayed = [each.key for each in new.columns if old.column(each.key)]
    for key in _moved([each.key for each in old.columns if new.column(each.key)], stayed):
        yield Difference(
            "column_moved", f"{new.key}/{key}", next(each.label for each in new.columns if each.key == key)
        )
    for column in old.columns:
        if new.column(column.key) is None:
            yield Difference("column_removed", f"{new.key}/{column.key}", column.label)


def _of_part(old: Part, new: Part, where: str) -> Iterator[Difference]:
    """What questions and columns have alike. Of another type only that is told: what belongs to a type goes with it."""
    if old.is_required != new.is_required:
        yield Difference("is_required" if new.is_required else "no_longer_required", where, new.label)
    is_other = old.type != new.type
    for code, before, after in (
        ("renamed", old.label, new.label),
        ("help_changed", old.help, new.help),
        ("type_changed", _plain(old.type), _plain(new.type)),
        *([] if is_other else _of_type(old, new)),
    ):
        if before != after:
            yield Difference(code, where, new.label, before, after)
    if not is_other:
        yield from _of_options(old.options, new.options, where, new.label)


def _of_type(old: Part, new: Part) -> list[tuple[str, Text, Text]]:
    return [
        ("unit_changed", old.unit, new.unit),
        ("of_changed", _plain(old.of), _plain(new.of)),
        ("max_words_changed", _plain(old.limits.max_words), _plain(new.limits.max_words)),
        ("max_characters_changed", _plain(old.limits.max_characters), _plain(new.limits.max_characters)),
        ("least_changed", _limit(old, old.limits.least), _limit(new, new.limits.least)),
        ("most_changed", _limit(old, old.limits.most), _limit(new, new.limits.most)),
        ("decimals_changed", _plain(old.limits.decimals), _plain(new.limits.decimals)),
    ]


def _of_options(old: tuple[Option, ...], new: tuple[Option, ...], where: str, label: Text) -> Iterator[Difference]:
    before, after = {each.key: each.label for each in old}, {each.key: each.label for each in new}
    for key, words in after.items():
        if key not in before:
            yield Difference("option_added", where, label, after=words)
        elif before[key] != words:
            yield Difference("option_renamed", where, label, before[key], words)
    for key, words in before.items():
        if key not in after:
            yield Difference("option_removed", where, label, before=words)
    if _moved([key for key in before if key in after], [key for key in after if key in before]):
        yield Difference("options_moved", where, label)


def _moved(before: list[str], after: list[str]) -> list[str]:
    """Of the same keys in two orders, the fewest that must have moved: those outside the longest kept order."""
    place = {key: number for number, key in enumerate(before)}
    longest: list[tuple[int, str]] = []  # by key of `after`: how long a kept order ends in it, and the one before it
    for number, key in enumerate(after):
        earlier = [(longest[n][0], after[n]) for n in range(number) if place[after[n]] < place[key]]
        length, previous = max(earlier, key=lambda each: each[0], default=(0, ""))
        longest.append((length + 1, previous))
    kept: set[str] = set()
    ends = dict(zip(after, longest, strict=True))
    key = max(after, key=lambda each: ends[each][0], default="")
    while key:
        kept.add(key)
        key = ends[key][1]
    return [key for key in after if key not in kept]


def _plain(value: object) -> Text:
    return Text("" if value in (None, "") else str(value))


def _limit(part: Part, limit: str) -> Text:
    """A limit as people write it: of money in kronor."""
    if not limit or part.type == Type.DATE:
        return Text(limit)
    return Text(typed(part, int(limit) if part.type == Type.MONEY else limit))


def _listed(values: tuple[str, ...]) -> Text:
    return Text(", ".join(values))


def _both(low: Text, high: Text) -> Text:
    return Text(f"{low.sv} – {high.sv}", f"{low.en} – {high.en}")
