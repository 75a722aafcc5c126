"""How far the sections are, and what is said beside them, when an answer has gone over to another version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from samspel.forms.models import Answer, Comment, SectionMark, SectionStatus
from samspel.forms.rules.definitions import Definition


def settle_marks(answer: Answer, was: Definition, becomes: Definition, *, by: Any, at: datetime) -> None:
    """Sections that are gone have no mark; one that was ready and is not as it was is being written again."""
    changed = {section.key for section in becomes.sections if was.section(section.key) != section}
    marks = SectionMark.objects.filter(answer=answer)
    marks.exclude(section__in=[section.key for section in becomes.sections]).delete()
    ready = marks.filter(section__in=changed, status=SectionStatus.READY)
    ready.update(status=SectionStatus.WRITING, changed_at=at, changed_by=by.key)


def move_comments(answer: Answer, becomes: Definition) -> None:
    """What is said beside a question goes with it; of a section that is gone it stands beside the first."""
    moved = []
    for comment in Comment.objects.filter(answer=answer):
        section = _section_for(comment, becomes)
        if section != comment.section:
            comment.section = section
            moved.append(comment)
    Comment.objects.bulk_update(moved, ["section"])


def _section_for(comment: Comment, becomes: Definition) -> str:
    if comment.question in becomes.section_of:
        return becomes.section_of[comment.question].key
    return comment.section if becomes.section(comment.section) else becomes.sections[0].key
