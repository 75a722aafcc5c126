"""What higher floors hand down to case files: what more can be done with a file that came with a mail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samspel.casefiles.models import Question, QuestionAttachment
from samspel.kernel.handed_down import HandedDown


@dataclass(frozen=True)
class AttachmentDeed:
    """Something to do with an attached file: what it is called, and the page where it is done."""

    label: Any
    url: str


Provider = Callable[[Any, Question, QuestionAttachment, datetime], AttachmentDeed | None]

attachment_deeds: HandedDown[Provider] = HandedDown()
"""(person, question, attached file, moment) to what she can do with it, None if nothing. Asks no database for each."""


def deeds_of(
    person: Any, question: Question, attachments: Iterable[QuestionAttachment], at: datetime
) -> list[tuple[QuestionAttachment, list[AttachmentDeed]]]:
    """Each file with what more can be done with it."""
    return [
        (each, [deed for provider in attachment_deeds if (deed := provider(person, question, each, at)) is not None])
        for each in attachments
    ]
