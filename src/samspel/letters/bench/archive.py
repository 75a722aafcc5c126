"""What the archive costs: its list, and its newest letter if there is one, beside bare views of the same bytes."""

from __future__ import annotations

from django.urls import reverse

from samspel.kernel.kept import measuring
from samspel.kernel.values.benches import BenchRow
from samspel.letters.queries import archive


def rows() -> list[BenchRow]:
    """A row for each page."""
    pages = {"Letters: the archive": reverse("letters:archive")}
    if newest := archive.public().first():
        pages["Letters: a letter in the archive"] = reverse("letters:archived", args=[newest.slug])
    return measuring.rows(pages)
