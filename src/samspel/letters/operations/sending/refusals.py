"""Why a letter is not approved, planned or sent, in words that say what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samspel.kernel.refusals import Refusal

SENTENCES: Final[dict[str, Any]] = {
    "no_subject": _("The letter has no subject in Swedish. Write one."),
    "no_words": _("The letter says nothing yet. Write its first text."),
    "no_alternative_text": _("A picture has no words for those who do not see it. Write what it shows."),
    "not_readable": _("The letter cannot be read as it stands. Open it and save it again."),
    "nobody": _("Nobody is among the recipients. Choose who gets it."),
    "nobody_left": _("Nobody is left among the recipients, so nothing was sent. Look through who gets it."),
    "unsettled": _("Who gets the letter could not be settled, for it was changing. Nothing was sent. Try again."),
    "no_figure": _("The letter asks for a figure that there is not. Choose another, or write the number out."),
    "own": _("The letter goes to many, and it is you who asked for the approval. Somebody else has to say yes."),
    "changed_by_her": _("The letter goes to many, and it is you who last changed it. Somebody else has to say yes."),
    "takes_two": _(
        "The letter has come to go to many, and who approved it had written it or asked for it. "
        "Take it back, and let somebody else approve it."
    ),
    "not_draft": _("The letter is not being written any more. See where it stands."),
    "not_for_approval": _("The letter does not wait for approval. See where it stands."),
    "approved_already": _("Somebody has approved the letter already. See where it stands."),
    "changed_since": _(
        "The letter has been changed since you opened the page. Read what it says now, and decide then."
    ),
    "not_as_approved": _("The letter is not as it was approved. Take it back, and let it be approved again."),
    "not_approved": _("The letter is not approved. Nothing was sent."),
    "sent_already": _("The letter has been sent already. It is never sent twice."),
    "no_words_back": _("Say what is to be changed: who wrote the letter reads it."),
    "too_late": _(
        "The letter could not be sent at the time planned, and now it is too late. Plan it anew, or send it now."
    ),
    "passed": _("That time has passed. Choose one that is still to come."),
    "far_ahead": _("A letter is planned a year ahead at most."),
    "not_staff": _("A test is sent to yourself or to somebody who works at the agency."),
    "no_address": _("There is no mail address to send the test to."),
    "not_sent": _("Only a letter that has been sent is corrected. Change this one instead."),
}


class LetterRefused(Refusal):
    """Something that is not done with a letter. `reasons` are the sentences of all that stands in the way."""

    code = "letter"

    def __init__(self, codes: str | Sequence[str], sentence: Any = None, **facts: Any) -> None:
        self.codes = (codes,) if isinstance(codes, str) else tuple(codes)
        self.reasons = tuple(SENTENCES.get(code, code) for code in self.codes) if sentence is None else (sentence,)
        super().__init__(self.reasons[0], code=self.codes[0], **facts)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


def sentence_of(code: str) -> Any:
    """What is told of a code that is kept with a letter."""
    return SENTENCES.get(code, _("The letter could not be sent. Look through it, and plan it anew."))
