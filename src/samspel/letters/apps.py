"""Letters: one letter to many, approved, archived and followed; reminders, promises and what is passed on."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """What is written to many at once, and what reminds each of her own dates."""

    name = "samspel.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.letters import extensions

        extensions.hand_down()
