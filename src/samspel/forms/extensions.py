"""What forms hand down to the apps below them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.kernel import audit
from samspel.kernel import permissions as gate

LABELS = {
    "forms.answer.begun": _("Form begun"),
}


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(LABELS)
    gate.tables.add("forms", permissions.TABLE, order=45)
    gate.role_names.add("forms", permissions.PARTICIPANT_NAMES, order=45)
