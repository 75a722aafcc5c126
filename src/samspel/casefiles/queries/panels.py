"""What case files show on an organizer's page, to those at the agency with business there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspel.casefiles import permissions
from samspel.casefiles.queries import casefiles
from samspel.registry.models import Organizer
from samspel.registry.queries.organizers import Panel

SHOWN = 5


def of_organizer(person: Any, organizer: Organizer, at: datetime) -> Panel | None:
    """The button of a file note and the newest case files of an organizer; nothing for anybody else."""
    if not permissions.may_see_any(person, at):
        return None
    visible = casefiles.visible_to(person, at)
    found = list(casefiles.of_organizer(visible, organizer)[: SHOWN + 1])
    context = {
        "organizer": organizer,
        "case_files": found[:SHOWN],
        "more": len(found) > SHOWN,
        "may_note": permissions.may_note(person, at),
    }
    return Panel("casefiles", _("Case files"), "casefiles/_organizer_panel.html", context)
