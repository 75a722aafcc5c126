"""What every test may ask for; the rest comes from the plugin `samspel.testing.plugin`."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation

from samspel.testing.database import django_db_setup

__all__ = ["django_db_setup"]


@pytest.fixture
def client():
    """Django's, but `force_login(person)` logs in as surely as any deed asks for; `level=Level.READ` for less."""
    from samspel.testing.sessions import Client

    return Client()


@pytest.fixture(autouse=True)
def in_swedish():
    """Every test begins in the language that the program begins in, whatever page the one before it asked for."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def nothing_is_trusted_from_the_test_before(monkeypatch):
    """Public pages ask for the version of their data every time, since the next test has other data."""
    from samspel.kernel.kept import versions

    monkeypatch.setattr(versions, "TRUSTED_FOR", 0)
