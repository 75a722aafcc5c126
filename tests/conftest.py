"""What every test may ask for; the rest comes from the plugin `samspel.testing.plugin`."""

from samspel.testing.database import django_db_setup

__all__ = ["django_db_setup"]
