"""What accounts hands down to the apps below it, and how logins reach the audit."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account.signals import login_code_rejected
from allauth.mfa.signals import authentication_failed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import pre_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.queries import extract_parts, running, todo_providers
from samspel.accounts.queries.extracts import parts
from samspel.accounts.rules import browsers
from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui import navigation

log = structlog.get_logger(__name__)

# What stands in a session's row for the address it came from, which is never kept.
NO_ADDRESS = "0.0.0.0"


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(
        {
            "accounts.person.added": _("Got an account"),
            "accounts.person.language_changed": _("Chose language"),
            "accounts.person.logged_in": _("Logged in"),
            "accounts.person.logged_out": _("Logged out"),
            "accounts.person.confirmed": _("Showed once more who she is"),
            "accounts.person.code_guessed": _("The code was made worthless: too many wrong tries"),
            "accounts.method.added": _("Got a way to log in"),
            "accounts.method.removed": _("Lost a way to log in"),
            "accounts.session.ended": _("Ended sessions"),
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
    todo_providers.add("accounts.running", running.to_do, order=10)
    own = navigation.logged_in
    navigation.WORKSPACE.add("work", navigation.NavItem(_("To do"), "accounts:work", 10, own, is_root=True))
    navigation.WORKSPACE.add("people", navigation.NavItem(_("People"), "accounts:people", 60, _may_see_people))
    navigation.ACCOUNT_MENU.add("account", navigation.NavItem(_("My account"), "accounts:account", 20, own))
    navigation.ACCOUNT_MENU.add("allowances", navigation.NavItem(_("Permissions"), "accounts:allowances", 30, own))
    user_logged_in.connect(_logged_in, dispatch_uid="accounts.logged_in")
    user_logged_out.connect(_logged_out, dispatch_uid="accounts.logged_out")
    login_code_rejected.connect(_code_rejected, dispatch_uid="accounts.code_rejected")
    authentication_failed.connect(_second_step_failed, dispatch_uid="accounts.second_step_failed")
    pre_save.connect(_keep_little, sender="usersessions.UserSession", dispatch_uid="accounts.keep_little")


def _may_see_people(user: Any) -> bool:
    return permissions.may_see_people(user, timezone.now())


def _logged_in(sender: Any, request: Any, user: Any, **rest: Any) -> None:
    from samspel.accounts.operations import sessions

    sessions.begin(request=request, person=user, at=timezone.now())


def _logged_out(sender: Any, request: Any, user: Any, **rest: Any) -> None:
    from samspel.accounts import operations

    if user is not None and user.is_authenticated:
        operations.note_logout(person=user, at=timezone.now())


def _code_rejected(sender: Any, request: Any, user: Any, last_attempt: bool, **rest: Any) -> None:
    """A wrong code is logged by her key; the last one, which makes the code worthless, is on record too."""
    from samspel.accounts.operations.logins import note_guesses

    log.warning("login_code_rejected", key=str(user.key), last=last_attempt)
    if last_attempt:
        note_guesses(person=user, at=timezone.now(), tries=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS)


def _second_step_failed(sender: Any, request: Any, user: Any, authenticator: Any, **rest: Any) -> None:
    """A wrong code from an app is logged by her key."""
    log.warning("second_step_rejected", key=str(user.key), kind=str(authenticator.type))


def _keep_little(sender: Any, instance: Any, **rest: Any) -> None:
    """Of where a session comes from, browser and system are kept in words, and the network address never."""
    instance.ip = NO_ADDRESS
    if "|" not in instance.user_agent:
        instance.user_agent = browsers.kept(instance.user_agent)
