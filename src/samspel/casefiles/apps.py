"""Case files: diary numbers, documents in, out and drawn up, file notes, and the shared mailbox."""

from django.apps import AppConfig


class CaseFilesConfig(AppConfig):
    """What comes in, goes out and is drawn up is registered here."""

    name = "samspel.casefiles"
    label = "casefiles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.casefiles import extensions

        extensions.hand_down()
