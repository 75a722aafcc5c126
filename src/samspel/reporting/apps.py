"""Reporting: what the public sees of the programme, as list, map and open files."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Front page, rounds, organizers A–Ö, the map and their exports."""

    name = "samspel.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.reporting import extensions

        extensions.hand_down()
