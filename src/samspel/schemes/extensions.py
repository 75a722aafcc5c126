"""What schemes hands down to the apps below it."""

from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import label_actions
from samspel.kernel.ui.navigation import NAVIGATION, NavItem


def hand_down() -> None:
    """Called once, when the app is ready."""
    label_actions(
        {
            "schemes.edition.loaded": _("Edition loaded"),
            "schemes.edition.frozen": _("Edition frozen at its first use"),
        }
    )
    NAVIGATION.add("schemes", NavItem(label=_("Programmes"), url_name="schemes:list", order=10))
