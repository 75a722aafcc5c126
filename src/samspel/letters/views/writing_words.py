"""Sentences of the page of writing: faults in words, and what its script says."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from samspel.letters.rules.documents import Fault


def fault_in_words(fault: Fault, data: Any) -> str:
    """A fault of a letter's data as a sentence, with its place."""
    said = {
        "too_long": _("%(where)s: too long. At most %(detail)s characters."),
        "too_many_blocks": _("%(where)s: a letter holds at most %(detail)s parts."),
        "too_many_signers": _("%(where)s: a letter has at most %(detail)s signers."),
    }.get(fault.code, _("%(where)s: cannot be read as it was sent. Open the page again."))
    return said % {"where": _where(fault.place, data), "detail": fault.detail}


def _where(place: str, data: Any) -> str:
    name, _slash, rest = place.partition("/")
    keys = [block.get("key") for block in data.get("blocks", [])]
    if name == "blocks" and rest in keys:
        return _("Part %(number)s") % {"number": keys.index(rest) + 1}
    known = {
        "subject": _("Subject"),
        "lead": _("Line after the subject"),
        "contact": _("Address for questions"),
        "signers": _("Signers"),
        "blocks": _("Parts"),
    }
    return str(known.get(name, _("The letter")))


def script_words() -> str:
    """What the script of the page says, as JSON."""
    return json.dumps(
        {
            "toolbar": _("Format the text"),
            "heading": _("Heading"),
            "bold": _("Bold"),
            "italic": _("Italics"),
            "list": _("List"),
            "numbered": _("Numbered list"),
            "link": _("Link"),
            "quote": _("Quotation"),
            "figure": _("Put in a figure"),
            "words_one": _("1 word"),
            "words_many": _("{number} words"),
            "link_text": _("text of the link"),
            "look": _("See how it reads"),
            "look_away": _("Hide how it reads"),
            "no_answer": _("No answer just now. What you have typed is still here."),
            "unsaved": _("Not saved"),
        },
        ensure_ascii=False,
    )
