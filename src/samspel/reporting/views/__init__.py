"""The public pages of reporting."""

from samspel.reporting.views.atlas import map_export, map_page
from samspel.reporting.views.front import front
from samspel.reporting.views.organizers import organizer_export, organizer_list
from samspel.reporting.views.rounds import round_export, round_list, round_page
from samspel.reporting.views.statements import accessibility, personal_data

__all__ = [
    "accessibility",
    "front",
    "map_export",
    "map_page",
    "organizer_export",
    "organizer_list",
    "personal_data",
    "round_export",
    "round_list",
    "round_page",
]
