"""An editor's work: the next version of the event evaluation, being written."""

from __future__ import annotations

import copy
from datetime import datetime, timedelta
from typing import Any

from samspel.forms.models import Version
from samspel.forms.operations import definitions
from samspel.forms.queries.definitions import in_use
from samspel.registry.models import Appointment, Role

SLUG = "utvardering-evenemang"
QUESTION = {
    "key": "colleague",
    "type": "scale",
    "label": {
        "sv": "Skulle du råda en kollega att komma nästa gång?",
        "en": "Would you advise a colleague to come next time?",
    },
    "least": "1",
    "most": "5",
    "low": {"sv": "knappast", "en": "hardly"},
    "high": {"sv": "absolut", "en": "absolutely"},
}


def fill(at: datetime) -> None:
    """Begin the draft, unless the form has had another version than the one that came."""
    editor = Appointment.objects.filter(person__is_invented=True, role=Role.EDITOR, organizer=None).first()
    version = in_use(SLUG)
    if editor is None or version is None or version.definition.versions.count() > 1:
        return
    draft = definitions.begin_draft(definition=version.definition, by=editor.person, at=at - timedelta(days=2))
    definitions.change_draft(
        version=draft,
        data=_longer(version),
        revision=draft.revision,
        by=editor.person,
        at=at - timedelta(days=2) + timedelta(minutes=6),
    )


def _longer(version: Version) -> dict[str, Any]:
    body: dict[str, Any] = copy.deepcopy(version.body)
    body["sections"][-1]["questions"].insert(1, QUESTION)
    return body
