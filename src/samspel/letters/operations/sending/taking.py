"""The letter of a deed, locked, so that of two who act at once the second sees what the first did."""

from __future__ import annotations

from samspel.letters.models import Letter


def taken(letter: Letter) -> Letter:
    """The letter as it now stands, locked until the transaction ends."""
    found = Letter.objects.select_for_update(of=("self",)).select_related("sender", "scheme", "case_file__series")
    return found.get(pk=letter.pk)
