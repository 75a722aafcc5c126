"""What a code of the rules is told people as."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SENTENCES: Final[dict[str, Any]] = {
    "number": _("Write a number, for example 12 or 3,5."),
}


def said(code: str, detail: object = "") -> Any:
    """A code of `ValueRefused`, `Missing` or a definition's `Fault` as a sentence, told in the reader's language."""
    return _said(code, str(detail))


def _sentence(code: str, detail: str) -> str:
    sentence = SENTENCES.get(code)
    if sentence is None:
        return gettext("This does not go here: %(code)s") % {"code": code}
    return str(sentence) % _details(detail)


def _details(detail: str) -> dict[str, str]:
    first, _slash, second = detail.partition("/")
    return {"detail": detail, "first": first, "second": second}


_said = lazy(_sentence, str)
