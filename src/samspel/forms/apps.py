"""Forms: definitions with versions, answers written together, fillable PDF out and back."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """One engine for analyses, plans, reports and the questions of events."""

    name = "samspel.forms"
    label = "forms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.forms import extensions

        extensions.hand_down()
