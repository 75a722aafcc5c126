"""What post hands down to the kernel."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui.navigation import NAVIGATION, NavItem
from samspel.post import permissions


def _in_demo(user: Any) -> bool:
    """Everybody in a demo: there one logs in by codes that come to it."""
    return settings.SAMSPEL_IS_DEMO is True


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(
        {
            "post.message.bounced": _("Came back"),
            "post.address.troubled": _("Mail to the address came back"),
            "post.address.cleared": _("The address works again"),
        }
    )
    NAVIGATION.add("post.mailbox", NavItem(_("Mailbox"), "post:mailbox", order=90, is_for=_in_demo))
    gate.tables.add("post", permissions.TABLE, order=80)
