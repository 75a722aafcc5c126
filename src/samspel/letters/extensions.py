"""What letters hand down to the apps below them, and their own to their own shelves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.letters import permissions

LABELS = {
    "letters.letter.begun": _("Letter begun"),
}


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(LABELS)
    gate.tables.add("letters", permissions.TABLE, order=44)
