"""Selection: rounds, criteria, ranking, draw and offers."""

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    """From official figures to an explained list of offers."""

    name = "samspel.selection"
    label = "selection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.selection import extensions

        extensions.hand_down()
