"""The links of a letter are tried in the background."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from samspel.letters.models import Letter
from samspel.letters.operations import links


@app.task(name=links.TASK, queue="bulk")
def check_links(letter_key: str) -> None:
    """Try the links of a letter. One that is gone meanwhile has none."""
    letter = Letter.objects.filter(key=letter_key).first()
    if letter is not None:
        links.check(letter, at=timezone.now())
