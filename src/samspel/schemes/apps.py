"""Schemes: support schemes and their editions."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _load_shipped(using, **_signal) -> None:
    """Once the tables stand, the shipped editions are there: also in a database made for tests."""
    from django.db import connections
    from django.utils import timezone

    from samspel.schemes.models import Edition
    from samspel.schemes.operations import editions

    # Migrated backwards, or not this far yet, there is nothing to load into.
    if Edition._meta.db_table in connections[using].introspection.table_names():
        editions.load_shipped(at=timezone.now())


class SchemesConfig(AppConfig):
    """Editions are data, guards are code."""

    name = "samspel.schemes"
    label = "schemes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.schemes import extensions

        extensions.hand_down()
        post_migrate.connect(_load_shipped, sender=self, dispatch_uid="schemes.load_shipped")
