"""An invented programme as the public meets it: organizers, rounds that are published, and a round truly drawn."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from types import SimpleNamespace

import pytest

from samspel.accounts.models import Person
from samspel.kernel.values.identifiers import has_valid_check_digit
from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry.models import (
    Appointment,
    BatchState,
    ImportBatch,
    ImportedFile,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Organizer,
    OrganizerMember,
    Role,
)
from samspel.schemes.models import Edition
from samspel.schemes.operations import editions
from samspel.selection.models import Offer, Round
from samspel.selection.operations import deciding, drafting, drawing, freezing, proposing

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CLOSES = date(2033, 12, 31)
PAIRS = {"mode": "pairs", "pairs": 3, "further_pairs": 2}


def invented_number(place: int) -> str:
    """An organization number that passes its check digit, by place."""
    stem = f"29998{place:04d}"
    return next(stem + digit for digit in "0123456789" if has_valid_check_digit(stem + digit))


@pytest.fixture
def organizer(db):
    """`organizer("Ängby kommun", areas=["0114"], county="12")`: an invented one."""
    places = count(1)

    def make(name, *, areas=(), county="01", type="municipality"):
        made = Organizer.objects.create(
            organization_number=invented_number(next(places)),
            name=name,
            sort_key=sort_key(name),
            search_key=search_key(name),
            type=type,
            county_id=county,
            is_invented=True,
            source="test",
            as_of=NOW.date(),
        )
        OrganizerMember.objects.bulk_create(
            OrganizerMember(organizer=made, municipality_id=code, source="test") for code in areas
        )
        return made

    return make


@pytest.fixture
def edition(db):
    """Riktade insatser, as shipped."""
    editions.load_shipped(at=NOW)
    return Edition.objects.get(slug="riktade-insatser-2020")


@pytest.fixture
def published(edition):
    """`published("omgang-1", "Omgång 1")`: a published round without a draw behind it."""

    def make(slug, title, *, at=NOW, **changes):
        given = {"edition": edition, "state": "accepted", "published_at": at, "proposed_at": at, "made_at": at}
        return Round.objects.create(slug=slug, title=title, evaluation_closes_on=CLOSES, **{**given, **changes})

    return make


@pytest.fixture
def offer():
    """`offer(round, organizer, "accepted", ended_on=…)`."""

    def make(round, organizer, response="none", ended_on=None):
        order = round.offers.count() + 1
        return Offer.objects.create(
            round=round, organizer=organizer, order=order, made_at=NOW, response=response, ended_on=ended_on
        )

    return make


@pytest.fixture
def programme(organizer, published, offer):
    """Five organizers in two rounds, and two in an exercise: every status, a federation, one without an area."""
    first = published("omgang-1", "Omgång 1", at=datetime(2019, 3, 1, 9, tzinfo=UTC))
    second = published("omgang-2", "Omgång 2", at=datetime(2020, 3, 1, 9, tzinfo=UTC))
    exercise = published("ovning-1", "Övning 1", at=datetime(2021, 3, 1, 9, tzinfo=UTC), is_exercise=True)
    made = SimpleNamespace(
        first=first,
        second=second,
        exercise=exercise,
        angby=organizer("Ängby kommun", areas=["0114"]),
        zinkby=organizer("Zinkby kommun", areas=["1280"], county="12"),
        aby=organizer("Åby kommun", areas=["2480"], county="24"),
        olunda=organizer("Ölunda utbildningsförbund", areas=["2085", "2061"], county="20", type="municipal_federation"),
        skolbolaget="",
        ovad=organizer("Övade kommun", areas=["0180"]),
        nekande=organizer("Nekande kommun", areas=["1480"], county="14"),
    )
    made.skolbolaget = organizer("Skolbolaget i Skåne", county="12", type="private")
    offer(first, made.angby, "accepted", date(2022, 6, 30))
    offer(first, made.olunda, "accepted")
    offer(second, made.angby)
    offer(second, made.zinkby, "accepted")
    offer(second, made.skolbolaget, "accepted")
    offer(second, made.aby)
    offer(second, made.nekande, "declined")
    offer(exercise, made.ovad)
    offer(exercise, made.zinkby)
    return made


def _person(name, *roles):
    person = Person.objects.create(email=f"{name}@example.org", name=name, joined_at=NOW, is_invented=True)
    for role in roles:
        Appointment.objects.create(person=person, role=role, from_on=date(2020, 1, 1))
    return person


def _figures(organizers):
    batch = ImportBatch.objects.create(state=BatchState.APPLIED, started_at=NOW, applied_at=NOW)
    file = ImportedFile.objects.create(
        batch=batch, name="tal.csv", digest="ab" * 32, kind="plain", rows=1, values_read=1, extracted_on=NOW.date()
    )
    names = {"name_sv": "Behov", "name_en": "Need", "unit_of_measure": "percent", "authority": "Testmyndigheten"}
    indicator = Indicator.objects.create(key="need", **names)
    definition = IndicatorDefinition.objects.create(indicator=indicator)
    for place, one in enumerate(organizers, start=1):
        IndicatorValue.objects.create(
            definition=definition,
            subject_kind="organizer",
            subject_code=one.organization_number,
            period_kind="calendar_year",
            period="2024",
            value=Decimal(place * place),
            file=file,
            row=place,
        )


@pytest.fixture
def drawn(organizer, edition):
    """A pair round taken the whole way to publication by the people whose steps they are."""
    officer, second = _person("officer", Role.EDUCATION_OFFICER), _person("second", Role.EDUCATION_OFFICER)
    decider = _person("decider", Role.DECISION_MAKER)
    _figures([organizer(f"Prövade {place:02d} kommun", county="25", type="region") for place in range(1, 13)])
    rules = {
        "federations": "own_row_only",
        "frame": {"organizer_types": ["region"]},
        "criteria": [
            {
                "key": "need",
                "indicator": "need",
                "stand_in": "",
                "slice": "all",
                "year": {"rule": "latest"},
                "direction": "higher_is_greater_need",
                "transform": "z_score",
                "weight": "1",
                "missing": "refuse",
                "lowest": "0",
                "highest": "100",
            }
        ],
        "strata": {"by": [], "size_of": "population", "bounds": []},
        "choice": PAIRS,
    }
    round = drafting.make(
        slug="lottad", title="Lottad omgång", edition=edition, rules=rules, evaluation_closes_on=CLOSES,
        is_invented=True, by=officer, at=NOW,
    )  # fmt: skip
    proposing.propose(round=round, by=officer, at=NOW)
    proposing.confirm(round=round, by=second, at=NOW)
    freezing.freeze(round=round, by=officer, at=NOW)
    drawing.run(round=round, by=officer, at=NOW)
    deciding.accept(round=round, by=decider, at=NOW)
    deciding.publish(round=round, by=officer, at=NOW)
    round.refresh_from_db()
    return round
