"""What reporting hands down to the apps below it."""

from django.utils.translation import gettext_lazy as _

from samspel.kernel.ui.navigation import FOOTER, NAVIGATION, NavItem
from samspel.letters.queries.handed import FigureSource, figure_sources
from samspel.reporting.queries import letter_figures


def hand_down() -> None:
    """Called once, when the app is ready."""
    NAVIGATION.add("reporting.organizers", NavItem(_("Organizers"), "reporting:organizers", order=20))
    NAVIGATION.add("reporting.map", NavItem(_("Map"), "reporting:map", order=25))
    NAVIGATION.add("reporting.rounds", NavItem(_("Selection"), "reporting:rounds", order=30))
    FOOTER.add("reporting.accessibility", NavItem(_("Accessibility"), "reporting:accessibility", order=80))
    FOOTER.add("reporting.personal_data", NavItem(_("Personal data"), "reporting:personal_data", order=90))
    figure_sources.add(
        letter_figures.NAME,
        FigureSource(letter_figures.NAME, _("Organizers with support now"), letter_figures.with_support),
        order=20,
    )
