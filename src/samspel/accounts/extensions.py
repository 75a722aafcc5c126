"""What accounts hands down to the apps below it, and how logins reach the audit."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kernel import audit
from samspel.kernel.ui import navigation


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(
        {
            "accounts.person.added": _("Got an account"),
            "accounts.person.language_changed": _("Chose language"),
            "accounts.person.logged_in": _("Logged in"),
            "accounts.person.logged_out": _("Logged out"),
        }
    )
    own = navigation.logged_in
    navigation.WORKSPACE.add("work", navigation.NavItem(_("To do"), "accounts:work", 10, own))
    navigation.ACCOUNT_MENU.add("account", navigation.NavItem(_("My account"), "accounts:account", 20, own))
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
