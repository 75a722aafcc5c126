"""Schemes: support schemes and their editions."""

from django.apps import AppConfig


class SchemesConfig(AppConfig):
    """Editions are data, guards are code."""

    name = "samspel.schemes"
    label = "schemes"
    default_auto_field = "django.db.models.BigAutoField"
