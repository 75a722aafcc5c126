"""Forms: definitions with versions, answers written together, fillable PDF out and back."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _load_shipped(using, **_signal) -> None:
    """Once the tables stand, the shipped definitions are there: also in a database made for tests."""
    from django.db import connections
    from django.utils import timezone

    from samspel.forms.models import Dependency
    from samspel.forms.operations import definitions, editions

    # Migrated backwards, or not this far yet, there is nothing to load into.
    if Dependency._meta.db_table in connections[using].introspection.table_names():
        definitions.load_shipped(at=timezone.now())
        editions.follow_all(at=timezone.now())


class FormsConfig(AppConfig):
    """One engine for analyses, plans, reports and the questions of events."""

    name = "samspel.forms"
    label = "forms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.forms import extensions

        extensions.hand_down()
        post_migrate.connect(_load_shipped, sender=self, dispatch_uid="forms.load_shipped")
