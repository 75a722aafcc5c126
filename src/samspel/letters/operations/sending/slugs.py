"""Where a letter stands in the archive."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.text import slugify

from samspel.letters.models import Letter
from samspel.letters.rules.documents import LetterDocument


def free(document: LetterDocument, letter: Letter, at: datetime) -> str:
    """`2026-brev-till-samordnarna`; with the letter's own number after it where that is taken."""
    year = timezone.localdate(at).year
    words = slugify(document.subject.sv.translate(str.maketrans("åäöÅÄÖæøÆØ", "aaoAAOaoAO")))[:90].strip("-") or "brev"
    slug = f"{year}-{words}"
    if Letter.objects.filter(slug=slug).exclude(pk=letter.pk).exists():
        return f"{slug}-{letter.pk}"
    return slug
