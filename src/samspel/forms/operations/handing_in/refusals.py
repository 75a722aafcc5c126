"""Why a filled PDF is not taken, or not gone through, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.rules.differences import Difference

SAID: Final[dict[str, Any]] = {
    "not_ours": _("The PDF has fields, but it is no form from here. Fill in the PDF that was downloaded here."),
    "token_altered": _(
        "What the PDF says of itself has been changed since it was downloaded, so nobody can tell what it belongs to. "
        "Download it again and fill that one in."
    ),
    "other_form": _("The PDF is another form: %(name)s. This is %(wanted)s."),
    "other_answer": _(
        "The PDF was taken out of another answer to the same form. Hand it in there, or download this one."
    ),
    "other_version": _(
        "The PDF is of version %(theirs)s of the form, and this answer is of version %(ours)s. Download it again and "
        "fill that one in. What the versions differ in is shown below."
    ),
    "unknown_version": _(
        "The PDF says that it is version %(theirs)s of the form, but there is no such version with those questions. "
        "Download it again and fill that one in."
    ),
    "is_withdrawn": _("The form is no longer asked for, so no PDF is taken in."),
    "forgotten": _("What was written has been deleted, since its time was over."),
    "handed_in_already": _("The same file has been handed in already. What it says is shown there."),
    "no_such_revision": _(
        "The PDF says that it was taken out of a later state of the form than there is. Download it again and fill "
        "that one in."
    ),
    "gone_through": _("The PDF has been gone through already."),
    "put_away": _("The PDF has been put away."),
}


class HandedInRefused(AnswerRefused):
    """A filled PDF that is not taken. code: a key of SAID; differences: what the versions differ in; handed_in: the
    key of the same file handed in before."""

    def __init__(
        self, code: str, *, differences: Sequence[Difference] = (), handed_in: Any = None, **said: Any
    ) -> None:
        super().__init__(_Said(code, said), code=code)
        self.differences = list(differences)
        self.handed_in = handed_in


class _Said:
    """A sentence with its words, told in the reader's language when it is shown."""

    def __init__(self, code: str, words: dict[str, Any]) -> None:
        self.code, self.words = code, words

    def __str__(self) -> str:
        return str(SAID[self.code]) % self.words if self.words else str(SAID[self.code])
