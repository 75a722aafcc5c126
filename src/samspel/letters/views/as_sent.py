"""What a yes and a sending are about, as a page shows it: the letter in each language, and who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from samspel.kernel.ui.components import Fact
from samspel.letters.models import Letter
from samspel.letters.queries import audiences, chosen, showing
from samspel.letters.rules import approvals, documents


@dataclass(frozen=True)
class Whom:
    """Who gets it: how many, in words, and whether a second person has to say yes."""

    number: int
    facts: list[Fact]
    takes_two: bool


def pages_of(letter: Letter, at: datetime) -> list[dict[str, Any]]:
    """The letter as it will be read, in Swedish and, where it has any, in English."""
    languages = ["sv", "en"] if documents.read(letter.body).has_english else ["sv"]
    names = {"sv": _("In Swedish"), "en": _("In English")}
    return [
        {"language": one, "name": names[one], "shown": showing.shown(letter, one, at), "is_first": one == "sv"}
        for one in languages
    ]


def whom_of(letter: Letter, at: datetime) -> Whom:
    """Who would get it now."""
    number = chosen.count(letter, at)
    takes_two = approvals.takes_two(is_to_all=chosen.is_to_all(letter, at), recipients=number)
    language = get_language() or "sv"
    if letter.corrects is not None:
        described = _("Exactly those who got the letter that it corrects.")
    else:
        described = str(audiences.described(letter.audience, language[:2]))
    facts = [
        Fact(_("Recipients"), ngettext("%(number)s recipient", "%(number)s recipients", number) % {"number": number}),
        Fact(_("Who they are"), described),
        Fact(_("Why it is sent"), letter.get_kind_display()),
        Fact(_("From"), letter.sender.name if letter.sender else _("The agency")),
        Fact(_("In the archive"), _("Everybody may read it") if letter.is_public else _("Not shown in public")),
    ]
    return Whom(number, facts, takes_two)
