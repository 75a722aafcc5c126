"""What post hands down to the kernel."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui.navigation import NAVIGATION, WORKSPACE, NavItem
from samspel.post import permissions
from samspel.post.queries import health, paper


def _in_demo(user: Any) -> bool:
    """Everybody in a demo: there one logs in by codes that come to it."""
    return settings.SAMSPEL_IS_DEMO is True


def _changes_a_sender_alone(user: Any) -> bool:
    """Of a university; who runs the system finds the senders under Operation.

    Her holdings are read once for a request; a place without a sender of its own refuses her.
    """
    places = gate.places_of(user, timezone.now(), permissions.ADMINISTRATOR)
    return not _may_look(user) and any(place is gate.AGENCY or place[0] == "university" for place in places)


def _may_look(user: Any) -> bool:
    return permissions.may_look(user, timezone.now())


def _prints_alone(user: Any) -> bool:
    """Registrars; who runs the system finds the letters under Operation."""
    return permissions.may_print(user, timezone.now()) and not _may_look(user)


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(
        {
            "post.mailing.written": _("Written, to be sent"),
            "post.message.sent_again": _("Sent once more"),
            "post.message.counted_as_sent": _("Counted as sent"),
            "post.message.let_be": _("Looked at, and not sent"),
            "post.job.retried": _("Job tried again"),
            "post.message.bounced": _("Came back"),
            "post.address.troubled": _("Mail to the address came back"),
            "post.address.cleared": _("The address works again"),
            "post.sender.changed": _("Sender changed"),
            "post.message.posted": _("Printed and posted"),
        }
    )
    WORKSPACE.add("post.operation", NavItem(_("Operation"), "post:operation", 85, _may_look, covers=("post:senders",)))
    WORKSPACE.add("post.senders", NavItem(_("Senders"), "post:senders", 86, _changes_a_sender_alone))
    WORKSPACE.add("post.paper", NavItem(_("Letters on paper"), "post:paper", 87, _prints_alone))
    health.trouble_finders.add("post.paper", paper.find_letters, order=60)
    NAVIGATION.add("post.mailbox", NavItem(_("Mailbox"), "post:mailbox", order=90, is_for=_in_demo))
    gate.tables.add("post", permissions.TABLE, order=80)
