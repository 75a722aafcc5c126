"""The configuration as an app, for its pages of operation and its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, addresses, health."""

    name = "samspel.config"
    label = "config"

    def ready(self) -> None:
        from samspel.config import logs

        logs.configure()
