"""What post hands down to the kernel."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.post import permissions


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(
        {
            "post.message.bounced": _("Came back"),
            "post.address.troubled": _("Mail to the address came back"),
            "post.address.cleared": _("The address works again"),
        }
    )
    gate.tables.add("post", permissions.TABLE, order=80)
