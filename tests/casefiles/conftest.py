"""People at the agency, an organizer, and a case file to work in."""

from datetime import UTC, date, datetime

import pytest

from samspel.accounts.models import Person
from samspel.casefiles.operations import casefiles, documents
from samspel.kernel.values.identifiers import has_valid_check_digit
from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry.models import Appointment, County, Organizer, Role

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"


def person_with(*roles, name=None, **more):
    """An invented person who holds these roles at the agency."""
    name = name or " ".join(roles) or "nobody in particular"
    email = f"{'-'.join(name.split())}.{Person.objects.count()}@example.org"
    person = Person.objects.create(email=email, name=name, joined_at=NOW, is_invented=True, **more)
    for role in roles:
        Appointment.objects.create(person=person, role=role, from_on=date(2020, 1, 1))
    return person


def make_organizer(place=1, name=None):
    """An invented organizer."""
    stem = f"29999{place:04d}"
    name = name or f"Påhittade {place:02d} kommun"
    return Organizer.objects.create(
        organization_number=next(stem + digit for digit in "0123456789" if has_valid_check_digit(stem + digit)),
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name),
        type="municipality",
        county=County.objects.order_by("code").first(),
        is_invented=True,
        source="test",
        as_of=TODAY,
    )


@pytest.fixture
def registrar(db):
    """Who keeps the diary."""
    return person_with(Role.REGISTRAR, name="Rut Registrator")


@pytest.fixture
def officer(db):
    """Who handles case files."""
    return person_with(Role.EDUCATION_OFFICER, name="Hanna Handläggare")


@pytest.fixture
def outsider(db):
    """Somebody with no role at the agency."""
    return person_with(name="Ulla Utomstående")


@pytest.fixture
def organizer(db):
    """An organizer."""
    return make_organizer()


@pytest.fixture
def case_file(registrar, organizer):
    """An open case file with the organizer as its party and no documents."""
    return casefiles.open_case(series="SAM", title="Samordnare i kommunen", by=registrar, at=NOW, parties=[organizer])


def letter(case_file, by, **changes):
    """Register a letter that came in; `changes` over it."""
    given = {
        "direction": "in",
        "kind": "letter",
        "title": "Brev om samordnarens uppdrag",
        "on": TODAY,
        "words": "Pappret ligger i akten.",
        "counterpart": "Påhittade kommun",
        "at": NOW,
    }
    return documents.register(case_file=case_file, by=by, **(given | changes))
