"""What is approved: a letter's digest, what is wanting, and who may say yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from samspel.letters.models import Letter, Picture
from samspel.letters.queries import chosen, figures
from samspel.letters.rules import approvals, documents
from samspel.letters.rules.keys import is_key

# The letter asks for a figure that nobody has.
NO_FIGURE: Final = "no_figure"


def digest(letter: Letter) -> str:
    """SHA-256 of all that somebody says yes to: words, pictures, who gets it, why, as whom and where it shows."""
    document = documents.read(letter.body)
    return documents.digest_of(
        document,
        audience=letter.audience,
        kind=letter.kind,
        sender=letter.sender_id,
        scheme=letter.scheme_id,
        corrects=letter.corrects_id,
        is_public=letter.is_public,
        pictures=_pictures(document),
    )


def wanting(letter: Letter, at: datetime) -> list[str]:
    """Codes of what keeps it from being approved and sent, in order; empty if nothing does."""
    try:
        document = documents.read(letter.body)
    except documents.DocumentRefused:
        return ["not_readable"]
    found = approvals.wanting(facts_of(document, recipients=chosen.count(letter, at)))
    return [*found, NO_FIGURE] if figures.unknown_in(document) else found


def facts_of(document: documents.LetterDocument, *, recipients: int) -> approvals.Facts:
    """What the rules ask of a letter."""
    pictures = [block for block in document.blocks if block.kind == documents.PICTURE]
    return approvals.Facts(
        has_subject=bool(document.subject.sv),
        has_words=any(block.kind == documents.TEXT and block.words.sv for block in document.blocks),
        pictures_without_text=sum(not block.words.sv for block in pictures),
        recipients=recipients,
    )


def hands(letter: Letter) -> approvals.Hands:
    """Whose hands it has been in."""
    return approvals.Hands(asked_by=letter.asked_by, changed_by=letter.changed_by)


def obstacles(letter: Letter, person: Any, at: datetime) -> list[str]:
    """Why this person may not say yes to this letter, beside her role; empty if she may."""
    return approvals.obstacles(
        person.key, hands(letter), is_to_all=chosen.is_to_all(letter, at), recipients=chosen.count(letter, at)
    )


def _pictures(document: documents.LetterDocument) -> dict[str, str]:
    keys = [block.ref for block in document.blocks if block.kind == documents.PICTURE and is_key(block.ref)]
    if not keys:
        return {}
    return {str(key): digest for key, digest in Picture.objects.filter(key__in=keys).values_list("key", "file__digest")}
