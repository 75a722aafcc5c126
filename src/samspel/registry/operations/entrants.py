"""What is typed of somebody who is to come in, as it may be kept: one line each, an address that is one."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samspel.kernel.refusals import Refusal
from samspel.post.operations.notices import Addressee
from samspel.registry.rules import entrants as rules

WORDS: Final[dict[str, Any]] = {
    rules.NOT_ONE_LINE: _("Write it on one line, without line breaks or hidden signs."),
    rules.MARKUP: _("Write it without < and >."),
    rules.EMPTY: _("Something must stand here."),
    rules.TOO_LONG: _("This is too long."),
    rules.NO_ADDRESS: _("This is not one mail address. Write it as name@organization.se."),
    rules.NO_PHONE: _("This is not a telephone number. Use digits, spaces, + and -."),
}
REASON_MOST: Final = 2_000


class EntrantRefused(Refusal):
    """What is typed of a person cannot be kept; `faults` says what in each."""

    code = "entrant_refused"

    def __init__(self, faults: list[rules.Fault]) -> None:
        super().__init__(WORDS[faults[0].code])
        self.faults = faults


class ReasonMissing(Refusal):
    """A refusal without a reason is none."""

    code = "reason_missing"

    def __init__(self) -> None:
        super().__init__(_("Write why, so that she who asked knows what to do."))


def entrant(*, name: str, email: str, phone: str = "", title: str = "") -> dict[str, str]:
    """The four as they are kept: trimmed, the address in small letters. Raises EntrantRefused."""
    typed = {"name": name.strip(), "email": email.strip().lower(), "phone": phone.strip(), "title": title.strip()}
    if found := rules.faults(**typed):
        raise EntrantRefused(found)
    return typed


def signer(signed_by: str) -> str:
    """Who signed a paper, as it is kept. Raises EntrantRefused."""
    name = signed_by.strip()
    if code := rules.line_fault(name, rules.NAME_MOST) or ("" if name else rules.EMPTY):
        raise EntrantRefused([rules.Fault("signed_by", code, name)])
    return name


def reason_given(reason: str) -> str:
    """A reason as it is kept. Raises ReasonMissing if there is none."""
    words = reason.replace("\0", "").strip()[:REASON_MOST]
    if not words:
        raise ReasonMissing
    return words


def addressee_of(thing: Any, *, language: str = "sv") -> Addressee:
    """Who sent something in (`name` and `email`), as the post writes to her."""
    return Addressee(address=thing.email, name=thing.name, language=language)
