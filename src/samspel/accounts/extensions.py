"""What accounts hands down to the apps below it, and how logins reach the audit."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.queries import extract_parts
from samspel.accounts.queries.extracts import parts
from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui import navigation


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(
        {
            "accounts.person.added": _("Got an account"),
            "accounts.person.language_changed": _("Chose language"),
            "accounts.person.logged_in": _("Logged in"),
            "accounts.person.logged_out": _("Logged out"),
            "accounts.person.corrected": _("Corrected"),
            "accounts.person.address_asked": _("Asked for a new mail address"),
            "accounts.person.address_changed": _("Changed mail address"),
            "accounts.person.protected": _("Got protected identity"),
            "accounts.person.unprotected": _("No longer has protected identity"),
            "accounts.person.name_seen": _("Somebody saw who she is"),
            "accounts.person.closed": _("The account was closed"),
            "accounts.person.reopened": _("The account was opened again"),
            "accounts.person.merged": _("A duplicate was merged into this row"),
            "accounts.person.merged_away": _("Merged into another row"),
            "accounts.person.extract_made": _("Register extract taken out"),
            "accounts.person.emptying_told": _("Told that the data will be removed"),
            "accounts.person.emptied": _("The data were removed"),
            "accounts.look.started": _("An administrator began to look at pages as this person"),
            "accounts.look.page_seen": _("A page was looked at as this person"),
            "accounts.look.stopped": _("Looking at pages as this person ended"),
        }
    )
    gate.tables.add("accounts", permissions.TABLE, order=20)
    parts.add("accounts.account", extract_parts.account, order=10)
    parts.add("accounts.history", extract_parts.done_to, order=11)
    parts.add("accounts.messages", extract_parts.messages, order=70)
    parts.add("accounts.deeds", extract_parts.deeds, order=80)
    own = navigation.logged_in
    navigation.WORKSPACE.add("work", navigation.NavItem(_("To do"), "accounts:work", 10, own))
    navigation.ACCOUNT_MENU.add("account", navigation.NavItem(_("My account"), "accounts:account", 20, own))
    navigation.ACCOUNT_MENU.add("allowances", navigation.NavItem(_("Permissions"), "accounts:allowances", 30, own))
    user_logged_in.connect(_logged_in, dispatch_uid="accounts.logged_in")
    user_logged_out.connect(_logged_out, dispatch_uid="accounts.logged_out")


def _logged_in(sender: Any, request: Any, user: Any, **rest: Any) -> None:
    from samspel.accounts import operations

    method = getattr(request, "samspel_login_method", operations.BY_CODE)
    operations.note_login(person=user, at=timezone.now(), method=method)


def _logged_out(sender: Any, request: Any, user: Any, **rest: Any) -> None:
    from samspel.accounts import operations

    if user is not None and user.is_authenticated:
        operations.note_logout(person=user, at=timezone.now())
