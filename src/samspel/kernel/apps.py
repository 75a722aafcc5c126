"""The kernel knows no app; apps know it."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Values, audit, jobs, documents, files and the page shell."""

    name = "samspel.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
