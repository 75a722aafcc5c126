"""Why a message stopped, in words: rows keep codes, for a mail server's own words may hold an address."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS: dict[str, Any] = {
    "": "",
    "worker-died": gettext_lazy("The program was stopped in the middle of sending."),
    "too-late": gettext_lazy("Its time was over before it could be sent."),
    "too-late-in-doubt": gettext_lazy("Its time was over while it was in doubt."),
    "no-longer-true": gettext_lazy("What it said had changed before it could be sent."),
    "address-bounces": gettext_lazy("Mail to the address comes back."),
    "not-an-address": gettext_lazy("What was given is not a mail address."),
    "no-address": gettext_lazy("There is no mail address."),
    "timeout": gettext_lazy("The mail server did not answer in time."),
    "SMTPServerDisconnected": gettext_lazy("The mail server hung up."),
    "ConnectionRefusedError": gettext_lazy("The mail server was not reached."),
}


def in_words(code: str) -> str:
    """A code as a sentence; a reply of the mail server with its numbers."""
    if code in WORDS:
        return str(WORDS[code])
    if code.startswith("smtp-"):
        return _("The mail server said no: %(code)s.") % {"code": code.removeprefix("smtp-").replace("-", " ")}
    return _("It could not be sent: %(code)s.") % {"code": code}
