"""A form with every type of question, an answer to it, and people who take part, or do not."""

from datetime import UTC, date, datetime

import pytest

from samspel.forms.models import Definition, Version, VersionState
from samspel.forms.operations import answers
from samspel.forms.operations.participants import Taking
from samspel.forms.rules import definitions as rules
from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.sorting import sort_key
from samspel.registry.models import Appointment, Role
from tests.casefiles.conftest import make_organizer
from tests.casefiles.conftest import person_with as _person_with

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)

OPTIONS = [
    {"key": "low", "label": {"sv": "Låg", "en": "Low"}},
    {"key": "high", "label": {"sv": "Hög", "en": "High"}},
]
BODY = {
    "format": "samspel.form/1",
    "slug": "liten-analys",
    "name": {"sv": "Liten analys", "en": "A small analysis"},
    "purpose": {"sv": "Visar hur det står till.", "en": "Shows how things are."},
    "subject": "organizer",
    "writers": ["coordinator", "principal", "development_lead"],
    "submitters": ["coordinator"],
    "personal_data": {"purpose": {"sv": "Kontakt i ärendet.", "en": "Contact."}, "keep_months": 24},
    "sections": [
        {
            "key": "background",
            "title": {"sv": "Bakgrund", "en": "Background"},
            "questions": [
                {
                    "key": "summary",
                    "type": "long_text",
                    "label": {"sv": "Sammanfattning", "en": "Summary"},
                    "is_required": True,
                    "max_words": 200,
                },
                {"key": "contact", "type": "short_text", "label": {"sv": "Kontakt", "en": "Contact"}},
                {
                    "key": "pupils",
                    "type": "number",
                    "label": {"sv": "Elever", "en": "Pupils"},
                    "unit": {"sv": "elever", "en": "pupils"},
                    "least": 0,
                },
                {"key": "decided", "type": "date", "label": {"sv": "Beslutad", "en": "Decided"}},
                {"key": "begins", "type": "term", "label": {"sv": "Börjar", "en": "Begins"}},
                {"key": "need", "type": "one_of", "label": {"sv": "Behov", "en": "Need"}, "options": OPTIONS},
                {
                    "key": "why_high",
                    "type": "long_text",
                    "label": {"sv": "Varför högt", "en": "Why high"},
                    "asked_when": {"question": "need", "is": "high"},
                },
                {
                    "key": "areas",
                    "type": "several_of",
                    "label": {"sv": "Områden", "en": "Areas"},
                    "options": [
                        {"key": "reading", "label": {"sv": "Läsning", "en": "Reading"}},
                        {"key": "calm", "label": {"sv": "Studiero", "en": "Calm"}},
                    ],
                },
                {"key": "trust", "type": "scale", "label": {"sv": "Tillit", "en": "Trust"}, "least": 1, "most": 5},
            ],
        },
        {
            "key": "plan",
            "title": {"sv": "Plan", "en": "Plan"},
            "questions": [
                {"key": "ceiling", "type": "money", "label": {"sv": "Ram", "en": "Ceiling"}},
                {
                    "key": "measures",
                    "type": "rows",
                    "label": {"sv": "Insatser", "en": "Measures"},
                    "most_rows": 20,
                    "sum_at_most": ["cost", "ceiling"],
                    "columns": [
                        {
                            "key": "what",
                            "type": "short_text",
                            "label": {"sv": "Vad", "en": "What"},
                            "is_required": True,
                            "width": 3,
                        },
                        {
                            "key": "cost",
                            "type": "money",
                            "label": {"sv": "Kostnad", "en": "Cost"},
                            "has_sum": True,
                        },
                    ],
                },
                {
                    "key": "municipality",
                    "type": "registry_value",
                    "of": "municipality",
                    "label": {"sv": "Kommun", "en": "Municipality"},
                },
                {"key": "unit", "type": "school_unit", "label": {"sv": "Skola", "en": "School"}},
                {
                    "key": "merit",
                    "type": "indicator_series",
                    "indicator": "merit_value",
                    "label": {"sv": "Meritvärde", "en": "Merit value"},
                },
                {"key": "minutes", "type": "file", "label": {"sv": "Protokoll", "en": "Minutes"}},
            ],
        },
    ],
}
SUMMARY = "Skolorna har kommit olika långt."


def person_with(*roles, name):
    """An invented person who holds these roles at the agency, with an address that mail can go to."""
    person = _person_with(*roles, name=name)
    person.email = f"person.{person.pk}@example.org"
    person.save()
    return person


def make_version(body=BODY, *, number=1, state=VersionState.PUBLISHED, **more):
    """A version of a definition, in use if nothing else is said."""
    read = rules.read(body)
    definition, _ = Definition.objects.get_or_create(
        slug=read.slug,
        defaults={"name_sv": read.name.sv, "name_en": read.name.en, "sort_key": sort_key(read.name.sv)},
    )
    published = {} if state == VersionState.DRAFT else {"published_at": AT}
    return Version.objects.create(
        definition=definition,
        number=number,
        state=state,
        body=rules.as_data(read),
        digest=rules.digest_of(read),
        created_at=AT,
        **published,
        **more,
    )


def at_organizer(organizer, role, name, **more):
    """Somebody who holds a role at an organizer."""
    person = person_with(name=name)
    Appointment.objects.create(person=person, role=role, organizer=organizer, from_on=date(2020, 1, 1), **more)
    return person


def handed_out(version, organizer, *takings, **more):
    """An answer of an organizer, as handed out, with (person, deed) who take part."""
    return answers.begin(
        definition=version.definition,
        organizer=organizer,
        participants=[Taking(person, deed, TODAY) for person, deed in takings],
        by=SYSTEM,
        at=AT,
        **more,
    )


@pytest.fixture
def version(db):
    """The small form, in use."""
    return make_version()


@pytest.fixture
def definition(version):
    """The small form's definition, as kept."""
    return version.definition


@pytest.fixture
def organizer(db):
    """Whom the answer is about."""
    return make_organizer()


@pytest.fixture
def writer(organizer):
    """A principal who writes."""
    return at_organizer(organizer, Role.PRINCIPAL, "Wilma Rektor")


@pytest.fixture
def second_writer(organizer):
    """A development lead who writes in the same answer."""
    return at_organizer(organizer, Role.DEVELOPMENT_LEAD, "Didrik Utvecklare")


@pytest.fixture
def submitter(organizer):
    """The coordinator, who writes and submits."""
    return at_organizer(organizer, Role.COORDINATOR, "Sara Samordnare")


@pytest.fixture
def commenter(db):
    """A process supporter, who comments."""
    return person_with(Role.PROCESS_SUPPORTER, name="Petra Processtöd")


@pytest.fixture
def outsider(db):
    """Somebody who takes no part and holds no role."""
    return person_with(name="Ulla Utomstående")


@pytest.fixture
def officer(db):
    """Who hands out forms at the agency."""
    return person_with(Role.EDUCATION_OFFICER, name="Hanna Handläggare")


@pytest.fixture
def editor(db):
    """Who writes definitions."""
    return person_with(Role.EDITOR, name="Edit Redaktör")


@pytest.fixture
def answer(version, organizer, writer, second_writer, submitter, commenter):
    """An answer that is being written by two, submitted by a third, and commented by a fourth."""
    return handed_out(
        version,
        organizer,
        (writer, "write"),
        (second_writer, "write"),
        (submitter, "submit"),
        (commenter, "comment"),
    )
