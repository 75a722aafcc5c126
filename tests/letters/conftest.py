"""A letter in two languages, three organizers with people, and those at the agency who write, approve and send."""

from datetime import UTC, date, datetime, timedelta

import pytest

from samspel.letters.models import KeyDate, Letter, Promise
from samspel.letters.operations import approving
from samspel.letters.queries import approvals
from samspel.letters.rules import documents
from samspel.registry.models import Appointment, Role
from tests.casefiles.conftest import make_organizer
from tests.casefiles.conftest import person_with as _person_with

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)

BODY = {
    "format": "samspel.letter/1",
    "subject": {"sv": "Brev till samordnarna 2026", "en": "Letter to the coordinators 2026"},
    "lead": {"sv": "Vad som händer i år", "en": "What happens this year"},
    "blocks": [
        {
            "key": "a1",
            "kind": "text",
            "words": {
                "sv": "## Tio år\n\nArbetet har gett **resultat**.\n\n- Fler nätverk\n- Tydligare uppdrag",
                "en": "## Ten years\n\nThe work has brought **results**.\n\n- More networks\n- A clearer task",
            },
        },
        {
            "key": "b2",
            "kind": "text",
            "words": {"sv": "Hälsa gärna rektorerna.", "en": "Please greet the principals."},
            "is_for_passing_on": True,
        },
    ],
    "signers": [{"name": "Ester Handläggare", "title": {"sv": "Undervisningsråd", "en": "Director of education"}}],
    "contact": "samordnare@samspel.example",
}
TO_COORDINATORS = {"to": ["role:coordinator"]}


def person_with(*roles, name):
    """An invented person who holds these roles at the agency, with an address that mail can go to."""
    person = _person_with(*roles, name=name)
    person.email = f"person.{person.pk}@example.org"
    person.save()
    return person


def at_organizer(organizer, role, name, **more):
    """Somebody who holds a role at an organizer."""
    person = person_with(name=name)
    Appointment.objects.create(person=person, role=role, organizer=organizer, from_on=date(2020, 1, 1), **more)
    return person


def make_letter(body=BODY, *, by=None, state="draft", audience=TO_COORDINATORS, **more):
    """A letter as it is kept; a draft if nothing else is said."""
    document = documents.read(body)
    key = by.key if by else None
    return Letter.objects.create(
        body=documents.as_data(document),
        audience=audience,
        state=state,
        begun_at=AT,
        begun_by=key,
        changed_at=AT,
        changed_by=key,
        revision=1,
        **more,
    )


@pytest.fixture
def editor(db):
    """Who writes, and does not send."""
    return person_with(Role.EDITOR, name="Edit Redaktör")


@pytest.fixture
def officer(db):
    """Who writes and sends."""
    return person_with(Role.EDUCATION_OFFICER, name="Ester Handläggare")


@pytest.fixture
def second_officer(db):
    """Another who writes and sends."""
    return person_with(Role.EDUCATION_OFFICER, name="Love Handläggare")


@pytest.fixture
def decision_maker(db):
    """Who approves what goes to all."""
    return person_with(Role.DECISION_MAKER, name="Bodil Beslutsfattare")


@pytest.fixture
def organizers(db):
    """Three organizers."""
    return [make_organizer(place) for place in (1, 2, 3)]


@pytest.fixture
def organizer(organizers):
    """The first of them."""
    return organizers[0]


@pytest.fixture
def coordinators(organizers):
    """The coordinators of the first two; the third organizer has none."""
    names = ("Sanna Samordnare", "Sixten Samordnare")
    return [at_organizer(one, Role.COORDINATOR, name) for one, name in zip(organizers, names, strict=False)]


@pytest.fixture
def coordinator(coordinators):
    """The coordinator of the first organizer."""
    return coordinators[0]


@pytest.fixture
def principal(organizer):
    """A principal of the first organizer."""
    return at_organizer(organizer, Role.PRINCIPAL, "Petra Rektor")


@pytest.fixture
def outsider(db):
    """Somebody who is logged in and holds no task."""
    return person_with(name="Otto Utomstående")


@pytest.fixture
def letter(editor):
    """A letter that is being written, to all coordinators."""
    return make_letter(by=editor)


def approved(letter, *, asker, approver, at=AT):
    """The same letter, asked for by one and approved by another."""
    letter = approving.ask(letter=letter, by=asker, at=at)
    return approving.approve(letter=letter, digest=approvals.digest(letter), by=approver, at=at)


def text_block(key, sv, en="", **more):
    """A text of a letter."""
    return {"key": key, "kind": "text", "words": {"sv": sv, "en": en}, **more}


@pytest.fixture
def seminar(officer):
    """A seminar whose time is settled."""
    return KeyDate.objects.create(
        title_sv="Temaseminarium",
        title_en="Theme seminar",
        starts_at=AT + timedelta(days=30),
        place_sv="På nätet",
        link="https://mote.example/1",
        owner=officer,
        made_at=AT,
        changed_at=AT,
    )


@pytest.fixture
def coming(officer):
    """A programme that is promised for later."""
    return Promise.objects.create(
        about="letters.letter:x",
        kind="programme",
        words_sv="Programmet kommer i mars.",
        words_en="In March.",
        owner=officer,
        due_on=date(2027, 3, 1),
        made_at=AT,
    )


@pytest.fixture
def full_letter(editor, seminar, coming):
    """A letter that was sent, with all sorts of text, a figure, a date and a promise, in Swedish and English."""
    text = "## År\n\nI dag har {{huvudman}}, {{huvudman|over}} huvudmän utsett."
    rest = "| År | Antal |\n|---|---|\n| 2021 | tolv |\n\n> Ett citat\n\n1. Först"
    blocks = [
        text_block("a", text, "## Years\n\nOf {{huvudman|over}}."),
        text_block("b", rest, "- List"),
        {"key": "c", "kind": "live", "ref": f"letters.date:{seminar.key}"},
        {"key": "d", "kind": "promise", "ref": str(coming.key)},
    ]
    return make_letter({**BODY, "blocks": blocks}, by=editor, slug="brevet", sent_at=AT, state="sent")
