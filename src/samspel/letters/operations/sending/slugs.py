"""Where a letter stands in the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from samspel.letters.models import Letter
from samspel.letters.rules.documents import LetterDocument


def give(letter: Letter, document: LetterDocument, at: datetime) -> None:
    """`2026-brev-till-samordnarna`; with the letter's own number after it where that is taken. Saved.

    Of two of the same name that are sent at once the second waits for the first to be done, and takes the next.
    """
    for slug in _offers(letter, document, at):
        if Letter.objects.filter(slug=slug).exclude(pk=letter.pk).exists():
            continue
        try:
            with transaction.atomic():
                letter.slug = slug
                letter.save(update_fields=["slug"])
                return
        except IntegrityError:
            continue


def _offers(letter: Letter, document: LetterDocument, at: datetime) -> Iterator[str]:
    year = timezone.localdate(at).year
    words = slugify(document.subject.sv.translate(str.maketrans("åäöÅÄÖæøÆØ", "aaoAAOaoAO")))[:90].strip("-") or "brev"
    yield f"{year}-{words}"
    yield f"{year}-{words}-{letter.pk}"
    # A letter may be called what another is numbered.
    yield from (f"{year}-{words}-{letter.pk}-{number}" for number in count(2))
