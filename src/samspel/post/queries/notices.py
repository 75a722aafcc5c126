"""A notice put into words: one template to a subject, HTML and plain text, in the receiver's language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.post.models import Sender
from samspel.post.rules import looks, notices
from samspel.post.templatetags.notices import SHEET, Sheet

# What every notice is made with, beside its own template.
LAYOUTS = ("post/notice.html", "post/notice_sheet.html")


@dataclass(frozen=True)
class Composed:
    """A notice ready to be written: `version` is a digest of the sources it was made from."""

    subject: str
    text: str
    html: str
    version: str


class WordsAstray(Exception):
    """A notice's template has words outside its tags: they would be in no mail. A fault of ours."""


def composed(
    template: str, context: Mapping[str, Any], *, to_name: str, language: str, sender: Sender | None = None
) -> Composed:
    """The notice in the receiver's language, with the look of the sender (None: the house's own)."""
    with override(language):
        sheet = _said(template, {**context, "to_name": notices.one_line(to_name)})
        foot = [line for line in (sheet.why, _("Answers to this mail are read by people."), signature(sender)) if line]
        return Composed(
            subject=sheet.subject,
            text=notices.text(sheet.parts, foot=foot),
            html=_html(sheet, foot, language, sender),
            version=version(template),
        )


def signature(sender: Sender | None) -> str:
    """Who sends, and where one reaches them, on one line."""
    if sender is None:
        return name_of_house()
    return notices.one_line(sender.signature) or sender.name


def name_of_house() -> str:
    """The name that stands before the address mail comes from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or "Samspel"


@lru_cache(maxsize=256)
def version(template: str) -> str:
    """Twelve hexadecimal digits: a digest of the template and of the layouts, as they are now."""
    sources = [get_template(name).template.source for name in (template, *LAYOUTS)]  # type: ignore[attr-defined]
    sources.append(Path(looks.__file__).read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(sources).encode()).hexdigest()[:12]


def _said(template: str, context: dict[str, Any]) -> Sheet:
    sheet = Sheet()
    left_over = get_template(template).render({**context, SHEET: sheet})
    if astray := left_over.split():
        raise WordsAstray(f"{template}: {' '.join(astray)[:80]}")
    return sheet


def _html(sheet: Sheet, foot: list[str], language: str, sender: Sender | None) -> str:
    groups = [{"kind": kind, "parts": list(parts)} for kind, parts in groupby(sheet.parts, key=lambda part: part.kind)]
    facts = {
        "subject": sheet.subject,
        "groups": groups,
        "foot": foot,
        "language": language,
        "sender_name": sender.name if sender else name_of_house(),
        "colour": sender.colour if sender else looks.HOUSE_COLOUR,
    }
    return get_template("post/notice_sheet.html").render(facts)
