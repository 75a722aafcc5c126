"""What is said beside a section, as its readers see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samspel.accounts.queries.people import names_of
from samspel.forms.models import Answer, Comment
from samspel.forms.rules.definitions import Section


@dataclass(frozen=True)
class Said:
    """A comment as told: whose, about which question (empty: the whole section), and who settled it."""

    comment: Comment
    who: str
    about: str
    settled_by: str


def said_in(answer: Answer, section: Section, language: str, *, seen_by: Any) -> list[Said]:
    """The comments of a section, unsettled first, each group in the order they were said. Two queries."""
    rows = list(Comment.objects.filter(answer=answer, section=section.key).select_related("said_by"))
    names = names_of([*(one.said_by.key for one in rows), *(one.settled_by for one in rows)], seen_by=seen_by)
    labels = {question.key: question.label.in_language(language) for question in section.questions}
    found = [
        Said(
            comment=one,
            who=names.get(one.said_by.key, ""),
            about=labels.get(one.question, ""),
            settled_by=names.get(one.settled_by, "") if one.settled_by else "",
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: one.comment.settled_at is not None)
