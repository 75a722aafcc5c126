"""What forms hand down to the apps below them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.queries.handed import prefill_sources
from samspel.forms.queries.prefill.sources import SOURCES
from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui.navigation import NAVIGATION, NavItem

LABELS = {
    "forms.answer.begun": _("Form begun"),
    "forms.answer.pdf_handed_in": _("Filled PDF handed in"),
    "forms.answer.pdf_gone_through": _("Filled PDF gone through"),
    "forms.answer.pdf_put_away": _("Filled PDF put away"),
    "forms.answer.carried_over": _("Carried over to the version in use"),
    "forms.answer.saved": _("Written in"),
    "forms.answer.kept_beside": _("Written after it was submitted, and kept beside"),
    "forms.set_aside.used": _("What was set aside put in its place"),
    "forms.set_aside.dropped": _("What was set aside put away"),
    "forms.version.loaded": _("Version taken in"),
    "forms.version.begun": _("Draft begun"),
    "forms.version.changed": _("Draft changed"),
    "forms.version.published": _("Version put to use"),
    "forms.version.dropped": _("Draft thrown away"),
    "forms.definition.ended": _("Form ended"),
    "forms.definition.shown": _("Shown in public, or no longer"),
    "forms.definition.deleted": _("Form taken away"),
    "forms.definition.used": _("Taken into use by something"),
    "forms.definition.released": _("No longer used by something"),
}


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(LABELS)
    NAVIGATION.add("forms.public", NavItem(_("Blank forms"), "forms:public_list", order=45))
    for name, source in SOURCES.items():
        prefill_sources.add(name, source)
    gate.tables.add("forms", permissions.TABLE, order=45)
    gate.role_names.add("forms", permissions.PARTICIPANT_NAMES, order=45)
