"""How the operations of case files say no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samspel.casefiles.rules import registering as rules
from samspel.kernel.refusals import Refusal

WORDS: Final[dict[str, Any]] = {
    rules.NO_TITLE: _("Say in short what the document concerns."),
    rules.NO_CONTENT: _("Add the file, or write what it says or where the paper lies."),
    rules.NO_WORDS: _("Write what was said."),
    rules.NO_COUNTERPART: _("Say who sent it or got it."),
    rules.DAY_AHEAD: _("The day of the document has not come yet."),
    rules.DAY_LONG_AGO: _("The day of the document is too long ago to be right."),
    rules.NO_SAID_BY: _("Say who said or sent it: you enter it for somebody else."),
    rules.NO_SAID_ON: _("Say which day it was said or sent."),
    rules.SAID_AHEAD: _("The day it was said or sent has not come yet."),
    rules.SECRET_WITHOUT_GROUND: _("Say on what ground it is secret, such as chapter and section of the secrecy act."),
}

# The field of a form that each belongs to.
FIELDS: Final[dict[str, str]] = {
    rules.NO_TITLE: "title",
    rules.NO_CONTENT: "file",
    rules.NO_WORDS: "words",
    rules.NO_COUNTERPART: "counterpart",
    rules.DAY_AHEAD: "on",
    rules.DAY_LONG_AGO: "on",
    rules.NO_SAID_BY: "said_by",
    rules.NO_SAID_ON: "said_on",
    rules.SAID_AHEAD: "said_on",
    rules.SECRET_WITHOUT_GROUND: "secrecy_ground",
}


class DocumentRefused(Refusal):
    """A document that cannot be registered as it stands, with every reason."""

    code = "document_refused"

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(_sentences(self.codes), codes=list(codes))


class CaseFileClosed(Refusal):
    """Nothing more is registered in a closed case file until it is opened again."""

    code = "case_file_closed"

    def __init__(self) -> None:
        super().__init__(_("The case file is closed. Open it again first."))


class CaseFileRefused(Refusal):
    """A case file, or something done with it, that cannot be as asked."""

    code = "case_file_refused"


_sentences = lazy(lambda codes: " ".join(str(WORDS[code]) for code in codes), str)
