"""The row that leads between the pages which share the entry "Letters" of the workspace."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.kernel.ui.navigation import NavItem, links, logged_in
from samspel.letters import permissions

register = template.Library()


def _sees(deed: str) -> Any:
    return lambda user: logged_in(user) and permissions.TABLE.allows(user, deed, timezone.now())


PARTS: Final = (
    NavItem(_("Letters"), "letters:letters", 10, _sees(permissions.SEE)),
    NavItem(_("Promised"), "letters:promises", 20, _sees(permissions.SEE)),
    NavItem(_("Key dates"), "letters:key_dates", 30, _sees(permissions.SEE)),
    NavItem(_("Reminders"), "letters:reminders", 40, _sees(permissions.SEE_REMINDERS)),
    NavItem(_("Named lists"), "letters:lists", 50, _sees(permissions.SEE)),
)


@register.inclusion_tag("letters/parts.html", takes_context=True)
def letter_parts(context: RequestContext) -> dict[str, Any]:
    """The row for who reads the page; nothing for who has no other page to go to."""
    request = context["request"]
    shown = links(PARTS, user=request.user, path=request.path)
    return {"parts": shown if len(shown) > 1 else []}
