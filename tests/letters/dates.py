"""Something of every kind of date that reminders are made of."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from samspel.casefiles.models import Question, QuestionState
from samspel.forms.models import ParticipantDeed, SectionMark
from samspel.forms.operations import answers
from samspel.forms.operations.answers import Taking
from samspel.kernel.audit import SYSTEM
from samspel.kernel.files import storing
from samspel.letters.models import NamedList, Promise
from samspel.registry.models import Appointment, AppointmentDraft, Authorization, Interest, Role
from samspel.schemes.models import Edition
from samspel.schemes.operations import editions
from samspel.selection.models import Round
from tests.forms.conftest import make_version
from tests.letters.conftest import at_organizer, person_with

# A Sunday; Swedish noon.
NOW = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
WEEK = TODAY + timedelta(days=7)


def question(owner=None, *, due_on=WEEK, **more):
    """A question of the shared mailbox; hers, or nobody's."""
    return Question.objects.create(
        subject="När börjar nästa nätverk?",
        from_address="siv@example.org",
        owner=owner.key if owner else None,
        state=QuestionState.OWNED if owner else QuestionState.NEW,
        due_on=due_on,
        received_at=NOW,
        **more,
    )


def answer(organizer, *takings, due_on=WEEK, version=None):
    """A form that is being written, with (person, deed, role) who take part."""
    return answers.begin(
        definition=(version or make_version()).definition,
        organizer=organizer,
        participants=[Taking(person, deed, date(2026, 1, 1), role=role) for person, deed, role in takings],
        due_on=due_on,
        by=SYSTEM,
        at=NOW,
    )


def ways_in(organizer):
    """An authorization, an interest and a drafted appointment that wait for an answer."""
    told = {"organizer": organizer, "name": "Siv", "email": "siv@example.org"}
    file = storing.keep(b"%PDF-1.7", name="x.pdf", by=SYSTEM, at=NOW)
    return [
        Authorization.objects.create(signed_by="Bo", file=file, submitted_at=NOW, **told),
        Interest.objects.create(received_at=NOW, **told),
        AppointmentDraft.objects.create(from_on=TODAY, drafted_at=NOW, **told),
    ]


def selection_round(*, due_on=WEEK, **more):
    """A round that is being prepared."""
    editions.load_shipped(at=NOW)
    return Round.objects.create(
        slug="omgang",
        title="Omgång 2027",
        edition=Edition.objects.get(slug="riktade-insatser-2020"),
        evaluation_closes_on=date(2030, 1, 1),
        publish_by=due_on,
        made_at=NOW,
        **more,
    )


def promise(owner, *, due_on=WEEK):
    """Something promised for later."""
    said = {"kind": "link", "words_sv": "Länken kommer", "words_en": "The link comes"}
    return Promise.objects.create(about="letters.letter:1", owner=owner, due_on=due_on, made_at=NOW, **said)


def named_list(owner, *, due_on=WEEK):
    """A list of recipients that is to be looked through."""
    return NamedList.objects.create(
        name="Referensgruppen", purpose="Ge råd", review_on=due_on, made_at=NOW, made_by=owner.key
    )


def one_of_each(organizer):
    """A date of every kind, and the people whose they are."""
    officer = person_with(Role.EDUCATION_OFFICER, name="Ester Handläggare")
    person_with(Role.ADMINISTRATOR, name="Adam Administratör")
    at_organizer(organizer, Role.ADMINISTRATOR, "Alva Administratör")
    coordinator = at_organizer(organizer, Role.COORDINATOR, "Sanna Samordnare", to_on=WEEK)
    lead = at_organizer(organizer, Role.DEVELOPMENT_LEAD, "Didrik Utvecklare")
    section_writer = at_organizer(organizer, Role.AUTHORIZED_SIGNATORY, "Frida Firmatecknare")
    written = answer(
        organizer,
        (coordinator, ParticipantDeed.SUBMIT, "coordinator"),
        (lead, ParticipantDeed.WRITE, ""),
        (section_writer, ParticipantDeed.WRITE, ""),
    )
    section = written.version.body["sections"][0]["key"]
    SectionMark.objects.create(answer=written, section=section, given_to=section_writer, changed_at=NOW)
    question(officer)
    question()
    ways_in(organizer)
    selection_round()
    promise(officer)
    named_list(officer)


def away(person, deputy, *, role):
    """Somebody is away this month, and another does her task."""
    task = Appointment.objects.get(person=person, role=role)
    return task.stand_ins.create(
        deputy=deputy, from_on=TODAY - timedelta(days=7), to_on=TODAY + timedelta(days=21), set_at=NOW
    )
