"""The sections of a form as one goes through them: how far each is, who has it, where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from samspel.accounts.queries import names_of
from samspel.forms.models import Answer, SectionMark, SectionStatus
from samspel.forms.rules.definitions import Definition
from samspel.kernel.ui.components import Badge

TONES = {SectionStatus.NOT_STARTED: "neutral", SectionStatus.WRITING: "info", SectionStatus.READY: "success"}


@dataclass(frozen=True)
class Stop:
    """A section in the list of sections."""

    key: str
    title: str
    url: str
    status: SectionStatus
    given_to: str = ""
    is_here: bool = False

    @property
    def badge(self) -> Badge:
        """How far it is."""
        return Badge(self.status.label, TONES[self.status])

    @property
    def is_ready(self) -> bool:
        """Whether those who write say that it is ready."""
        return self.status == SectionStatus.READY


def stops(
    answer: Answer, definition: Definition, asked: frozenset[str], here_key: str, language: str, *, seen_by: Any
) -> list[Stop]:
    """The sections of which something is asked, and the one being read, in order: how far each is, and who has it."""
    marks = {mark.section: mark for mark in SectionMark.objects.filter(answer=answer).select_related("given_to")}
    names = names_of([mark.given_to.key for mark in marks.values() if mark.given_to], seen_by=seen_by)
    found = []
    for section in definition.sections:
        if section.key == here_key or any(question.key in asked for question in section.questions):
            mark = marks.get(section.key)
            status = SectionStatus(mark.status) if mark else SectionStatus.NOT_STARTED
            found.append(
                Stop(
                    key=section.key,
                    title=section.title.in_language(language),
                    url=section_url(answer, section.key),
                    status=status,
                    given_to=names.get(mark.given_to.key, "") if mark and mark.given_to else "",
                    is_here=section.key == here_key,
                )
            )
    return found


def section_url(answer: Answer, section: str) -> str:
    """The address of a section's page."""
    return reverse("forms:section", args=[answer.key, section])
