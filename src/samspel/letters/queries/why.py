"""Why somebody got a letter, as it stands at the foot of the mail."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.letters.models import LetterKind


def sentence(reasons: Sequence[str], language: str, *, kind: str) -> str:
    """One sentence of all the reasons (queries.audiences.whys). What comes with a task says that it does."""
    with override(language):
        because = "; ".join(dict.fromkeys(reasons)) or _("You are among those it was written to")
        if kind == LetterKind.NEWS:
            return _("Why you get this news: %(because)s.") % {"because": because}
        return _("Why you get this letter: %(because)s. It comes with the task, and so is not unsubscribed from.") % {
            "because": because
        }
