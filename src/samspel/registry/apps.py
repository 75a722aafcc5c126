"""The registry: organizers, school units, municipalities, appointments and indicators by year."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Who is responsible for education where, and what official statistics say."""

    name = "samspel.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.registry import extensions

        extensions.hand_down()
