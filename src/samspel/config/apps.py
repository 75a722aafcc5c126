"""The configuration as an app, for its pages of operation and its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses, health."""

    name = "samspel.config"
    label = "config"

    def ready(self) -> None:
        from samspel.config import logs

        logs.configure()


class DjangoForms(AppConfig):
    """Django's own `django.forms`, for its templates, under another label: ours is the app about forms."""

    name = "django.forms"
    label = "django_forms"
