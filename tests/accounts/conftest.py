"""People and what logging in leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from samspel.accounts import operations
from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM
from samspel.post.models import Message

CODE = re.compile(r"\b\d{4}-\d{4}\b")


@pytest.fixture
def add_person(db: None) -> Callable[..., Person]:
    """Add a person; the address tells the name unless one is given."""

    def add(email: str = "Astrid.Bergvall@kommunen.example", **facts) -> Person:
        given = {"name": "Astrid Bergvall", "by": SYSTEM, "at": datetime(2026, 9, 1, 8, tzinfo=UTC), **facts}
        return operations.add_person(email=email, **given)

    return add


@pytest.fixture
def astrid(add_person: Callable[..., Person]) -> Person:
    """A person of an organizer."""
    return add_person()


@pytest.fixture(autouse=True)
def nobody_was_counted(db: None) -> None:
    """Rate limits count from zero in every test."""
    cache.clear()


@pytest.fixture
def code_in_mail() -> Callable[[], str]:
    """The code of the mail written last, read from its waiting row."""
    return lambda: CODE.search(Message.objects.latest("id").body)[0]
