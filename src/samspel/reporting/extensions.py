"""What reporting hands down to the apps below it."""

from django.utils.translation import gettext_lazy as _

from samspel.kernel.ui.navigation import FOOTER, NAVIGATION, NavItem


def hand_down() -> None:
    """Called once, when the app is ready."""
    NAVIGATION.add("reporting.organizers", NavItem(_("Organizers"), "reporting:organizers", order=20))
    NAVIGATION.add("reporting.map", NavItem(_("Map"), "reporting:map", order=25))
    NAVIGATION.add("reporting.rounds", NavItem(_("Selection"), "reporting:rounds", order=30))
    FOOTER.add("reporting.accessibility", NavItem(_("Accessibility"), "reporting:accessibility", order=80))
    FOOTER.add("reporting.personal_data", NavItem(_("Personal data"), "reporting:personal_data", order=90))
