"""A submitted form as a document: all that was answered, by whom, and what somebody saw otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.accounts.models import Person
from samspel.accounts.queries.people import names_of
from samspel.forms.models import Answer, Submission
from samspel.forms.queries import values
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.registers import kind_of
from samspel.forms.queries.seeing import about_whom
from samspel.forms.queries.sheets.parts import Registers, names_in, series
from samspel.forms.rules import conditions, tables
from samspel.forms.rules.definitions import Column, Definition, Question, Type
from samspel.forms.rules.values import total
from samspel.kernel.documents import pdf
from samspel.kernel.files.models import StoredFile
from samspel.kernel.permissions import names_of_roles
from samspel.kernel.ui.dates import moment_text, term_text

TEMPLATE: Final = "forms/documents/finished.typ"


def finished(submission: Submission, language: str, *, anew: datetime | None = None) -> bytes:
    """A submission as tagged PDF/A. anew: when it is made beside the document that is kept; it then says so on every
    page, since differing views and names may be other ones by now."""
    answer, fields = submission.answer, submission.values
    definition = body_of(answer.version)
    registers = Registers(names_in(definition, fields), {})
    with override(language):
        data = _front(submission, definition, language, anew)
        shown = _Shown(definition, fields, language, registers, _files(definition, fields))
        data |= {"sections": list(shown.sections())} | _people(submission)
        return pdf(TEMPLATE, data, language, at=submission.submitted_at)


@dataclass(frozen=True)
class _Shown:
    """Answers in words."""

    definition: Definition
    fields: Mapping[str, Any]
    language: str
    registers: Registers
    files: Mapping[str, str]

    def sections(self) -> Iterator[dict[str, Any]]:
        """Every section with the questions that were asked; none that was not."""
        found = tables.by_question(self.definition, self.fields)
        asked = conditions.asked(self.definition, found)
        for section in self.definition.sections:
            questions = [self._question(each, found.get(each.key)) for each in section.questions if each.key in asked]
            if questions:
                yield {"title": section.title.in_language(self.language), "questions": questions}

    def _question(self, question: Question, value: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"label": question.label.in_language(self.language), "paragraphs": [], "items": []}
        if value in (None, "", []):
            return found | {"none": _("Not answered.")}
        if question.type == Type.ROWS:
            return found | {"table": self._table(question, value)}
        if question.type == Type.INDICATOR_SERIES and isinstance(value, Mapping):
            return found | {"series": series(value)}
        if question.type == Type.SEVERAL_OF:
            return found | {"items": [self._words(question, [key]) for key in value]}
        return found | {"paragraphs": [part for part in self._words(question, value).split("\n") if part.strip()]}

    def _table(self, question: Question, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        columns = question.columns
        sums = [
            self._words(column, total(column, [row.get(column.key) for row in rows])) if column.has_sum else ""
            for column in columns
        ]
        return {
            "columns": [column.label.in_language(self.language) for column in columns],
            "widths": [column.width for column in columns],
            "rows": [[self._words(column, row.get(column.key)) for column in columns] for row in rows],
            "sums": sums if any(column.has_sum for column in columns) else [],
            "is_wide": len(columns) > 5,
            "sum": _("Sum"),
            "row": _("Row"),
        }

    def _words(self, asked: Question | Column, value: Any) -> str:
        if value is None:
            return ""
        if name := self.registers.name(asked, value):
            # A university's key is ours alone; the other registers' codes are known to all.
            return name if kind_of(asked) == "university" else f"{name} ({value})"
        if asked.type == Type.TERM:
            return term_text(value)
        if asked.type == Type.FILE:
            return self.files.get(str(value), _("A file that is kept no more"))
        if asked.type == Type.SCALE and isinstance(asked, Question):
            return self._step(asked, value)
        return values.shown(asked, value, self.language)

    def _step(self, question: Question, value: Any) -> str:
        ends = {question.limits.least or "1": question.low, question.limits.most or "5": question.high}
        words = ends[str(value)].in_language(self.language) if str(value) in ends else ""
        told = _("%(value)s, from %(least)s to %(most)s") % dict(
            zip(("least", "most", "value"), (*ends, value), strict=True)
        )
        return f"{told} ({words})" if words else told


def _front(submission: Submission, definition: Definition, language: str, anew: datetime | None) -> dict[str, Any]:
    answer = submission.answer
    name = definition.name.in_language(language)
    names = names_of([submission.submitted_by])
    by = names.get(submission.submitted_by, "")
    facts = [
        (_("Form"), _("%(form)s, version %(number)d") % {"form": name, "number": answer.version.number}),
        (_("About"), about_whom(answer)),
        (_("Submitted"), ", ".join(filter(None, [moment_text(submission.submitted_at), by]))),
        (_("Submission"), str(submission.number)),
        (_("Digest"), submission.digest),
    ]
    return {
        "title": name,
        "notice": " ".join(_notices(answer, anew)),
        "foot": ", ".join(filter(None, [name, about_whom(answer)])),
        "facts": [fact for fact in facts if fact[1]],
        "lead": _("Questions that were not asked, as other answers made them needless, are left out."),
    }


def _notices(answer: Answer, anew: datetime | None) -> Iterator[str]:
    if answer.is_test:
        yield _("Test: counted nowhere, sent to no one")
    if anew is not None:
        yield _("Made anew %(moment)s. The document that is kept is another.") % {"moment": moment_text(anew)}


def _files(definition: Definition, fields: Mapping[str, Any]) -> dict[str, str]:
    """Key to name of the files that were handed in, in one query."""
    keys = [fields[key] for key, asked in definition.questions.items() if asked.type == Type.FILE and fields.get(key)]
    rows = StoredFile.objects.filter(key__in=keys) if keys else []
    return {str(row.key): row.name for row in rows}


def names_protected(submission: Submission) -> bool:
    """Whether somebody who stands on it (took part, submitted, saw it otherwise) has protected identity now."""
    said = submission.answer.differing_views.values_list("person__key", flat=True)
    keys = {*map(str, submission.took_part), str(submission.submitted_by), *map(str, said)}
    return bool(_protected(keys))


def _people(submission: Submission) -> dict[str, Any]:
    """Who took part, each with her role in it, and what somebody saw otherwise. Of who has protected identity her role
    alone."""
    views = list(submission.answer.differing_views.select_related("person"))
    rows = submission.answer.participants.select_related("person")
    roles = {str(row.person.key): row.role for row in rows}
    keys = [*submission.took_part, *(str(view.person.key) for view in views)]
    names = {str(key): name for key, name in names_of(keys).items()}
    hidden = _protected(keys)
    words = names_of_roles()

    def told(key: str, *, is_role_told: bool = True) -> str:
        role = str(words.get(roles.get(key, ""), ""))
        if role and key in hidden:
            return role
        return f"{names[key]} ({role})" if role and is_role_told else names[key]

    return {
        "took_part_heading": _("Who took part"),
        "took_part": [told(key) for key in map(str, submission.took_part) if key in names],
        "views_heading": _("Differing views"),
        "views": [
            {
                "who": f"{told(str(view.person.key), is_role_told=False)}, {moment_text(view.said_at)}",
                "paragraphs": [part for part in view.words.split("\n") if part.strip()],
            }
            for view in views
        ],
    }


def _protected(keys: Iterable[str]) -> set[str]:
    rows = Person.objects.filter(Q(is_protected=True) | Q(merged_into__is_protected=True), key__in=set(keys))
    return {str(key) for key in rows.values_list("key", flat=True)}
