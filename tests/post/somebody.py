"""People who have to do with post, and one who has not."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from samspel.accounts.models import Person
from samspel.registry.models import Appointment, University

from .conftest import NOW


def person_with(*roles: str, name: str = "", **place: object) -> Person:
    """An invented person who holds these roles, at the agency if nothing else is said."""
    name = name or " ".join(roles) or "outsider"
    email = f"{name.replace(' ', '-')}.{Person.objects.count()}@example.org"
    person = Person.objects.create(email=email, name=name, joined_at=NOW, is_invented=True)
    for role in roles:
        Appointment.objects.create(person=person, role=role, from_on=date(2020, 1, 1), **place)
    return person


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    """The agency's administrator, a university's, that university, another one's, and an outsider."""
    own, other = (
        University.objects.create(slug=slug, name=slug, sort_key=slug, sender_slug=slug) for slug in ("ekbo", "lindo")
    )
    return SimpleNamespace(
        administrator=person_with("administrator"),
        university=own,
        other_university=other,
        of_university=person_with("administrator", name="ekbo", university=own),
        of_other_university=person_with("administrator", name="lindo", university=other),
        outsider=person_with(),
    )
