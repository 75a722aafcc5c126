"""What the archive costs: its list and its newest letter, beside bare views of the same bytes.

Where nothing has been sent yet a letter is written for the measuring, in a transaction that is rolled back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone

from samspel.kernel.kept import measuring
from samspel.kernel.values.benches import BenchRow
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations import freezing
from samspel.letters.queries import archive
from samspel.letters.queries.versions import archive_versions

_TEXT: Final = "## Det här händer i år\n\nVarje huvudman får ett brev med **datum** och adresser.\n\n- Ett\n- Två\n\n"
_BODY: Final = {
    "subject": {"sv": "Mätt brev", "en": "Measured letter"},
    "lead": {"sv": "Så långt som ett brev brukar vara.", "en": "As long as letters are."},
    "blocks": [{"key": f"b{place}", "kind": "text", "words": {"sv": _TEXT * 4, "en": _TEXT * 4}} for place in range(8)],
    "contact": "brev@bench.example.org",
}


def rows() -> list[BenchRow]:
    """A row for each page."""
    if newest := archive.public().first():
        return measuring.rows(_pages(newest))
    with measuring.undone():
        return measuring.rows_uncommitted(_pages(_sent(timezone.now())), archive_versions)


def _pages(letter: Letter) -> dict[str, str]:
    return {
        "Letters: the archive": reverse("letters:archive"),
        "Letters: a letter in the archive": reverse("letters:archived", args=[letter.slug]),
    }


def _sent(at: datetime) -> Letter:
    letter = Letter.objects.create(
        slug="bench", body=_BODY, state=LetterState.SENT, begun_at=at, changed_at=at, sent_at=at
    )
    freezing.freeze(letter, at=at)
    return letter
