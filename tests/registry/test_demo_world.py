"""The demo's organizers and people do not exist, and nobody can take them for somebody who does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.accounts.models import Person
from samspel.accounts.queries import demo_people_by_group
from samspel.accounts.rules.federations import Told
from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.identifiers import is_school_unit_code, parse_organization_number
from samspel.kernel.values.sorting import sort_key
from samspel.post.models import Message
from samspel.registry.demo import organizers, people
from samspel.registry.models import Appointment, County, Organizer, Role, SchoolUnit, StandIn, University
from samspel.registry.operations import invented
from samspel.registry.queries.login_resolver import organizations_told

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def in_a_demo(settings):
    settings.SAMSPEL_IS_DEMO = True


@pytest.fixture
def filled(db, in_a_demo):
    organizers.fill(AT)
    people.fill(AT)


def test_there_are_some_sixty_and_each_number_passes_its_check_digit():
    numbers = [row["organization_number"] for row in organizers.rows()]

    assert 55 <= len(set(numbers)) == len(numbers) <= 65
    assert [parse_organization_number(number) for number in numbers] == numbers


def test_no_legal_form_has_numbers_that_begin_with_four():
    """Group numbers in use are 1, 2, 3, 5, 6, 7, 8 and 9 (Swedish Tax Agency, SKV 709)."""
    assert {row["organization_number"][0] for row in organizers.rows()} == {"4"}


@pytest.mark.official_files
def test_neither_number_nor_name_occurs_in_an_official_file(official_files):
    texts = [
        path.read_text(encoding="utf-8-sig", errors="replace").replace("-", "").casefold()
        for folder in ("school_units", "municipalities", "skolverket_export")
        for path in (official_files / folder).glob("*.csv")
    ]
    assert len(texts) > 20
    for row in organizers.rows():
        for text in texts:
            assert row["organization_number"] not in text
            assert row["name"].casefold() not in text


def test_every_role_has_somebody_to_log_in_as():
    assert {row["role"] for row in people.rows()} == set(Role.values)


def test_addresses_are_of_a_domain_that_no_mail_reaches():
    assert {row["email"].rpartition(".")[2] for row in people.rows()} == {"example"}


def test_everybody_and_everything_is_said_to_be_invented(filled):
    assert not Person.objects.filter(is_invented=False).exists()
    assert Organizer.objects.filter(is_invented=True).count() == len(organizers.rows())
    assert not any(is_school_unit_code(code) for code in SchoolUnit.objects.values_list("code", flat=True))
    assert not Appointment.objects.filter(organizer__is_invented=False).exists()


def test_every_county_is_a_real_one(db):
    assert {row["county"] for row in organizers.rows()} <= set(County.objects.values_list("code", flat=True))


def test_filling_again_adds_nothing(filled):
    before = (
        Organizer.objects.count(),
        SchoolUnit.objects.count(),
        Person.objects.count(),
        Appointment.objects.count(),
    )
    organizers.fill(AT)
    people.fill(AT)

    assert before == (
        Organizer.objects.count(), SchoolUnit.objects.count(), Person.objects.count(), Appointment.objects.count(),
    )  # fmt: skip


def test_the_demos_list_groups_people_by_where_they_work(filled):
    groups = dict(demo_people_by_group(AT))

    assert list(groups) == ["agency", "organizer", "university"]
    # Who left last year, and who has protected identity, are not there to log in as.
    there = [row for row in people.rows() if row["ends"] != "-381" and not row["protected"]]
    assert sum(len(rows) for rows in groups.values()) == len(there)
    where = [one.where for one in groups["organizer"]]
    assert where == sorted(where, key=sort_key)


def _coordinators(name):
    held = Appointment.objects.filter(organizer__name=name, role=Role.COORDINATOR).order_by("from_on", "id")
    return [(one.person.name, one.to_on) for one in held.select_related("person")]


def test_the_demo_has_what_is_ordinary_and_what_is_less_so(filled):
    soon, long_ago = date(2026, 3, 22), date(2025, 2, 14)

    assert len(_coordinators("Björkforsens kommun")) == 2
    assert _coordinators("Norrsjöns kommun") == _coordinators("Lillåsens kommun") == [("Ida Norberg", None)]
    assert _coordinators("Granviks kommun") == [("Rut Sjölin", long_ago), ("Maja Ekvall", None)]
    assert _coordinators("Åkersunda kommun") == [("Oskar Thelin", soon)]
    assert _coordinators("Öjeforsens kommun") == []
    assert Appointment.objects.get(person__name="Maja Ekvall").replaces.person.name == "Rut Sjölin"
    assert {row.role for row in Appointment.objects.filter(person__name="Karin Ahl")} == {"principal", "coordinator"}
    assert Appointment.objects.filter(person__name="Stina Falk", role=Role.ADMINISTRATOR).count() == 2
    assert Person.objects.filter(is_protected=True).count() == 1
    assert StandIn.objects.get().appointment.role == Role.CHIEF_EDUCATION_OFFICER
    assert not Message.objects.exists()


def test_the_demos_universities_are_found_by_their_invented_numbers_when_somebody_logs_in(filled):
    for university in University.objects.all():
        number = parse_organization_number(university.organization_number)
        assert number.startswith("49")
        assert [one.name for one in organizations_told(Told(organization_numbers=(number,)), AT)] == [university.name]
    assert University.objects.count() == 2


def test_filled_months_later_it_has_everybody_once_and_a_deputy_now(filled):
    later = AT + timedelta(days=90)
    people.fill(later)

    assert Appointment.objects.count() == len(people.rows())
    assert StandIn.objects.filter(from_on__lte=later, to_on__gte=later).count() == 1


def test_outside_a_demo_nothing_is_invented(db):
    with pytest.raises(PermissionDenied):
        invented.add_organizer(
            organization_number="4931071379", name="X", type="private", county_code="01", units=[], by=SYSTEM, at=AT
        )
    assert not Organizer.objects.filter(is_invented=True).exists()
