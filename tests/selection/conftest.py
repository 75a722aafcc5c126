"""A small invented programme to select in: people, an edition, organizers with figures, and a round in every state."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation

from samspel.accounts.models import Person
from samspel.kernel.values.identifiers import has_valid_check_digit
from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry.models import (
    Appointment,
    BatchState,
    County,
    ImportBatch,
    ImportedFile,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Organizer,
    Role,
)
from samspel.schemes.models import Edition
from samspel.schemes.operations import editions
from samspel.selection.operations import deciding, drafting, drawing, freezing, proposing

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CLOSES = date(2033, 12, 31)
PUBLISH_BY = date(2027, 1, 31)


@pytest.fixture(autouse=True)
def swedish():
    """Every test begins in Swedish, whatever language the page before it was read in."""
    with translation.override("sv"):
        yield


def person_with(*roles, name=None):
    """An invented person who holds these roles at the agency."""
    name = name or " ".join(roles) or "nobody in particular"
    email = f"{'-'.join(name.split())}.{Person.objects.count()}@example.org"
    person = Person.objects.create(email=email, name=name, joined_at=NOW, is_invented=True)
    for role in roles:
        Appointment.objects.create(person=person, role=role, from_on=date(2020, 1, 1))
    return person


@pytest.fixture
def people(db):
    """Somebody for every role that has to do with selection, by role; `second` is another officer."""
    roles = [
        Role.EDUCATION_OFFICER,
        Role.DECISION_MAKER,
        Role.REGISTRAR,
        Role.EVALUATOR,
        Role.PROCESS_SUPPORTER,
        Role.ADMINISTRATOR,
        Role.COORDINATOR,
    ]
    named = {role.value: person_with(role) for role in roles}
    return SimpleNamespace(
        **named,
        officer=named["education_officer"],
        decider=named["decision_maker"],
        second=person_with(Role.EDUCATION_OFFICER, name="second officer"),
        supporting_officer=person_with(Role.EDUCATION_OFFICER, Role.PROCESS_SUPPORTER),
        editor=person_with(Role.EDITOR, name="editor"),
        outsider=person_with(name="outsider"),
    )


@pytest.fixture
def edition(db):
    """Riktade insatser, as shipped."""
    editions.load_shipped(at=NOW)
    return Edition.objects.get(slug="riktade-insatser-2020")


def invented_number(place: int) -> str:
    """An organization number that passes its check digit, by place."""
    stem = f"29999{place:04d}"
    return next(stem + digit for digit in "0123456789" if has_valid_check_digit(stem + digit))


def make_organizer(place: int, **changes) -> Organizer:
    """An invented municipal organizer."""
    name = changes.pop("name", f"Påhittade {place:02d} kommun")
    return Organizer.objects.create(
        organization_number=invented_number(place),
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name),
        type=changes.pop("type", "municipality"),
        county=County.objects.order_by("code")[place % 3],
        is_invented=True,
        source="test",
        as_of=NOW.date(),
        **changes,
    )


@pytest.fixture
def source_file(db):
    """The file that all figures here come from."""
    batch = ImportBatch.objects.create(state=BatchState.APPLIED, started_at=NOW, applied_at=NOW)
    return ImportedFile.objects.create(
        batch=batch, name="figures.csv", digest="ab" * 32, kind="plain", rows=1, values_read=1, extracted_on=NOW.date()
    )


@pytest.fixture
def give(source_file):
    """`give("poverty", "organizer", "2999900010", "2024", 12.5)`: a figure, or a mark when the value is None."""

    def give_figure(key, kind, code, period, value, *, slice="all", mark=None, row=1):
        indicator, _made = Indicator.objects.get_or_create(
            key=key,
            defaults={"name_sv": key, "name_en": key, "unit_of_measure": "percent", "authority": "test"},
        )
        definition, _made = IndicatorDefinition.objects.get_or_create(indicator=indicator)
        return IndicatorValue.objects.create(
            definition=definition,
            subject_kind=kind,
            subject_code=code,
            slice=slice,
            period_kind="calendar_year",
            period=period,
            value=None if value is None else Decimal(str(value)),
            mark=mark or ("exact" if value is not None else "suppressed"),
            file=source_file,
            row=row,
        )

    return give_figure


@pytest.fixture
def organizers(give):
    """Twelve invented organizers; the higher the place, the greater the need."""
    made = [make_organizer(place) for place in range(1, 13)]
    for place, organizer in enumerate(made, start=1):
        give("poverty", "organizer", organizer.organization_number, "2024", place, row=place)
        give("new_pupils", "organizer", organizer.organization_number, "2024", place * 2 % 7, row=place)
    return made


def criterion(key, **changes):
    return {
        "key": key,
        "indicator": key,
        "stand_in": "",
        "slice": "all",
        "year": {"rule": "latest"},
        "direction": "higher_is_greater_need",
        "transform": "z_score",
        "weight": "1",
        "missing": "refuse",
        "lowest": "0",
        "highest": "100",
        **changes,
    }


def rules_document(*, choice=None, criteria=None, **frame):
    return {
        "federations": "own_row_only",
        "frame": {"organizer_types": ["municipality"], **frame},
        "criteria": [criterion("poverty"), criterion("new_pupils", weight="0.5")] if criteria is None else criteria,
        "strata": {"by": [], "size_of": "population", "bounds": []},
        "choice": choice or {"mode": "pairs", "pairs": 3, "further_pairs": 2},
    }


GREATEST_NEED = {"mode": "greatest_need", "offers": 3, "reserves": 2}


@pytest.fixture
def draft(people, edition, organizers):
    """A pair round in draft: three pairs and two further ones among twelve."""
    return make_draft(people, edition)


def make_draft(people, edition, slug="ri-test", **changes):
    rules = changes.pop("rules", None) or rules_document()
    given = {"title": "Testomgång", "evaluation_closes_on": CLOSES, "publish_by": PUBLISH_BY, "is_invented": True}
    given |= changes
    return drafting.make(slug=slug, edition=edition, rules=rules, by=people.officer, at=NOW, **given)


def bring(round, people, state):
    """Take a round along its road to a state (or `published`), by the people whose steps they are."""
    for reached, step in STEPS:
        step(round, people)
        if reached == state:
            break
    round.refresh_from_db()
    return round


STEPS = [
    ("proposed", lambda round, people: proposing.propose(round=round, by=people.officer, at=NOW)),
    ("confirmed", lambda round, people: proposing.confirm(round=round, by=people.second, at=NOW)),
    ("frozen", lambda round, people: freezing.freeze(round=round, by=people.officer, at=NOW)),
    ("drawn", lambda round, people: drawing.run(round=round, by=people.officer, at=NOW)),
    ("accepted", lambda round, people: deciding.accept(round=round, by=people.decider, at=NOW)),
    ("published", lambda round, people: deciding.publish(round=round, by=people.officer, at=NOW)),
]


@pytest.fixture
def proposed(draft, people):
    return bring(draft, people, "proposed")


@pytest.fixture
def confirmed(draft, people):
    return bring(draft, people, "confirmed")


@pytest.fixture
def frozen(draft, people):
    return bring(draft, people, "frozen")


@pytest.fixture
def drawn(draft, people):
    return bring(draft, people, "drawn")


@pytest.fixture
def accepted(draft, people):
    return bring(draft, people, "accepted")


@pytest.fixture
def published(draft, people):
    return bring(draft, people, "published")
