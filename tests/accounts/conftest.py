"""People and what logging in leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from samspel.accounts import operations
from samspel.accounts.middleware import LEVEL
from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import Level
from samspel.kernel.values.sorting import search_key, sort_key
from samspel.post.models import Message
from samspel.registry.models import Appointment, Organizer

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


NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def organization(db: None) -> Callable[..., Organizer]:
    """An invented organizer of that name."""

    def make(name: str = "Ekvikens kommun") -> Organizer:
        number = f"29999{Organizer.objects.count():05d}"
        keys = {"sort_key": sort_key(name), "search_key": search_key(name)}
        facts = {"type": "municipality", "is_invented": True, "source": "test", "as_of": NOW.date()}
        return Organizer.objects.create(organization_number=number, name=name, **keys, **facts)

    return make


@pytest.fixture
def appoint(db: None) -> Callable[..., Appointment]:
    """`appoint(person, "coordinator", organizer)`: from 2024 on, unless other days are given."""

    def make(person: Person, role: str, organizer: Organizer | None = None, **facts) -> Appointment:
        given = {"from_on": date(2024, 1, 1), **facts}
        return Appointment.objects.create(person=person, role=role, organizer=organizer, **given)

    return make


@pytest.fixture
def administrator(add_person: Callable[..., Person], appoint: Callable[..., Appointment]) -> Person:
    """An administrator at the agency."""
    person = add_person(email="adm@myndigheten.example", name="Alva Administratör")
    appoint(person, "administrator")
    return person


@pytest.fixture
def registrar(add_person: Callable[..., Person], appoint: Callable[..., Appointment]) -> Person:
    """A registrar at the agency."""
    person = add_person(email="reg@myndigheten.example", name="Rut Registrator")
    appoint(person, "registrar")
    return person


@pytest.fixture
def enter(client: Client) -> Callable[..., Client]:
    """`enter(person)`: logged in so surely that she may do all that her roles allow."""

    def go_in(person: Person, level: Level = Level.SIGN) -> Client:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[LEVEL] = int(level)
        session.save()
        return client

    return go_in


@pytest.fixture
def municipality(organization: Callable[..., Organizer]) -> Organizer:
    """The organizer that the invented logins speak for."""
    made = organization()
    made.organization_number = "2999990001"
    made.save()
    return made


@pytest.fixture
def coordinator(astrid: Person, appoint: Callable[..., Appointment], municipality: Organizer) -> Person:
    """Astrid, who coordinates there."""
    appoint(astrid, "coordinator", municipality)
    return astrid
