"""Codes of the rules as sentences that say what to do, told in the reader's language."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import lazy
from django.utils.translation import gettext

from samspel.forms.queries.words.faults import FAULTS
from samspel.forms.queries.words.missing import MISSING
from samspel.forms.queries.words.values import VALUES

SENTENCES: Final[dict[str, Any]] = {**FAULTS, **VALUES, **MISSING}


def said(code: str, detail: object = "") -> Any:
    """A code of `ValueRefused`, `Missing` or a definition's `Fault`, with its detail, as a lazy sentence."""
    return _said(code, str(detail))


def _sentence(code: str, detail: str) -> str:
    sentence = SENTENCES.get(code)
    if sentence is None:
        return gettext("This cannot stand here (%(code)s).") % {"code": code}
    return str(sentence) % _details(detail)


def _details(detail: str) -> dict[str, str]:
    """The detail as a whole, and its two halves where it is `how many/limit`."""
    found, slash, limit = detail.rpartition("/")
    return {"detail": detail, "found": found, "limit": limit if slash else detail}


_said = lazy(_sentence, str)

__all__ = ["FAULTS", "MISSING", "SENTENCES", "VALUES", "said"]
