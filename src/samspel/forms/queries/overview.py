"""An answer at a glance: how far each section has come, who has it, and what waits. The same queries however long."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from samspel.accounts.queries.people import names_of
from samspel.forms.models import Answer, Comment, FieldChange, HandedInState, SectionStatus
from samspel.forms.queries.answers import fields_of, waiting
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules import checking, tables
from samspel.forms.rules.conditions import asked
from samspel.forms.rules.received import section_at


@dataclass(frozen=True)
class SectionState:
    """How far a section has come: its status, who has it (name and key), questions answered of those asked, and what
    waits there: things missing, unsettled comments, text set aside."""

    key: str
    title: str
    status: str
    given_to: str
    given_key: UUID | None
    answered: int
    asked: int
    missing: int
    comments: int
    aside: int

    @property
    def is_ready(self) -> bool:
        """Whether those who write have said that it is ready."""
        return self.status == SectionStatus.READY

    @property
    def label(self) -> Any:
        """The status in words."""
        return SectionStatus(self.status).label


@dataclass(frozen=True)
class Overview:
    """The sections that are asked, in order, and what waits in the whole answer."""

    sections: list[SectionState]
    pdfs: int

    @property
    def ready(self) -> int:
        """How many sections are said to be ready."""
        return sum(one.is_ready for one in self.sections)

    @property
    def missing(self) -> int:
        """How many things keep it from being submitted."""
        return sum(one.missing for one in self.sections)

    @property
    def aside(self) -> int:
        """How many texts are set aside."""
        return sum(one.aside for one in self.sections)

    @property
    def comments(self) -> int:
        """How many comments nobody has settled."""
        return sum(one.comments for one in self.sections)


def overview(answer: Answer, language: str, *, seen_by: Any = None) -> Overview:
    """How far an answer has come. Six queries. Sections of which nothing is asked are left out."""
    body, fields = body_of(answer.version), fields_of(answer)
    values = tables.by_question(body, fields)
    keys = asked(body, values)
    marks = {mark.section: mark for mark in answer.marks.select_related("given_to")}
    names = names_of([mark.given_to.key for mark in marks.values() if mark.given_to], seen_by=seen_by)
    missing = checking.by_section(checking.check(body, fields))
    said = Counter(Comment.objects.filter(answer=answer, settled_at=None).values_list("section", flat=True))
    aside = Counter(section_at(body, one.path) for one in waiting(answer))
    found = []
    for section in body.sections:
        here = [question.key for question in section.questions if question.key in keys]
        # A section with nothing but words to read, and what waits in one that is no longer asked, are shown too.
        if not here and section.questions and not aside[section.key] and not said[section.key]:
            continue
        mark = marks.get(section.key)
        given = mark.given_to if mark else None
        found.append(
            SectionState(
                key=section.key,
                title=section.title.in_language(language),
                status=mark.status if mark else SectionStatus.NOT_STARTED,
                given_to=names.get(given.key, "") if given else "",
                given_key=given.key if given else None,
                answered=sum(values.get(key) not in (None, "", []) for key in here),
                asked=len(here),
                missing=len(missing.get(section.key, [])),
                comments=said[section.key],
                aside=aside[section.key],
            )
        )
    return Overview(_with_strays(found, aside), answer.handed_in.filter(state=HandedInState.WAITING).count())


def _with_strays(found: list[SectionState], aside: Counter[str]) -> list[SectionState]:
    """What is set aside of questions that the version no longer has is told in the first section."""
    if found and aside[""]:
        found[0] = replace(found[0], aside=found[0].aside + aside[""])
    return found


def who_wrote(answer: Answer) -> list[UUID]:
    """Keys of those who have written, in the order they began."""
    written = FieldChange.objects.filter(answer=answer, way__in=("page", "pdf", "set_aside"), changed_by__isnull=False)
    keys = written.order_by("revision", "pk").values_list("changed_by", flat=True)
    return list(dict.fromkeys(keys))
