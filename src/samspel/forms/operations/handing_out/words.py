"""Why somebody got no form, what is said where nobody can submit it, and from how many on a job carries it out."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

NOBODY_THERE: Final = "nobody_there"
OPEN_ALREADY: Final = "open_already"
WITHOUT_SUBMITTER: Final = "without_submitter"

NOBODY_SUBMITS: Final = _("It is handed out, but nobody there can submit it. Bring in somebody who does, on its page.")
WHY: Final = {
    NOBODY_THERE: _("Nobody there has a task that the form is for."),
    OPEN_ALREADY: _("It is being written there already."),
    WITHOUT_SUBMITTER: NOBODY_SUBMITS,
}

# As many are handed out, or withdrawn, while somebody waits for the page; more than that is a job's.
AT_ONCE: Final = 50
GO_ON: Final = "forms.go_on_handing_out"
