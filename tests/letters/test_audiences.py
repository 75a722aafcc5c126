"""Whom an audience is: by task, official address and list, each address once."""

from datetime import timedelta

import pytest

from samspel.accounts.models import Person
from samspel.letters.models import ListRow, NamedList
from samspel.letters.queries import audiences
from samspel.letters.rules import audiences as rules
from samspel.letters.rules.audiences import AudienceRefused
from samspel.post.models import AddressTrouble
from samspel.registry.models import Appointment, County, Organizer, Role
from tests.letters.audience_world import stand_in
from tests.letters.conftest import AT, TO_COORDINATORS, at_organizer, make_letter

OFFICIAL = {"to": ["organizer"]}


def make_list(**row):
    """A named list with one on it."""
    named = NamedList.objects.create(name="Referensgruppen", purpose="Prov", review_on=AT.date(), made_at=AT)
    ListRow.objects.create(list=named, added_at=AT, **row)
    return named


def addresses(audience, **more):
    return [one.address for one in audiences.recipients(audience, AT, **more)]


def test_those_with_the_task_get_it(coordinators):
    assert addresses(TO_COORDINATORS) == [one.email for one in coordinators]


def test_nobody_is_asked_for_by_nothing(coordinators):
    assert audiences.recipients({}, AT) == []
    assert audiences.described({}, "sv") == "Ingen är vald."


@pytest.mark.parametrize("from_days, to_days, is_there", [(0, 0, True), (1, None, False), (-9, -1, False)])
def test_an_appointment_counts_on_its_days(organizers, from_days, to_days, is_there):
    person = at_organizer(organizers[2], "coordinator", "Dag Samordnare")
    day = AT.date()
    person.appointments.update(
        from_on=day + timedelta(days=from_days), to_on=None if to_days is None else day + timedelta(days=to_days)
    )

    assert (person.email in addresses(TO_COORDINATORS)) is is_there


def test_a_deputy_gets_it_beside_the_one_she_stands_in_for(coordinator, principal):
    stand_in(coordinator.appointments.get(), principal)

    found = {one.address: one for one in audiences.recipients(TO_COORDINATORS, AT)}

    assert coordinator.email in found
    assert audiences.whys([found[principal.email]], "sv") == [["Vikarie: Samordnare hos Påhittade 01 kommun"]]


def test_one_address_gets_one_letter_with_every_reason(organizer, coordinator):
    Appointment.objects.create(person=coordinator, role=Role.PRINCIPAL, organizer=organizer, from_on=AT.date())
    Organizer.objects.filter(pk=organizer.pk).update(official_email=coordinator.email.upper())
    named = make_list(person=coordinator)

    found = audiences.recipients(
        {"to": ["role:coordinator", "role:principal", "organizer"], "lists": [str(named.key)]}, AT
    )

    hers = next(one for one in found if one.person == coordinator.pk)
    assert [one.address for one in found].count(coordinator.email) == 1
    assert hers.organizer == organizer.pk
    assert audiences.whys([hers], "sv") == [
        [
            "Samordnare hos Påhittade 01 kommun",
            "Rektor hos Påhittade 01 kommun",
            "Officiell adress till Påhittade 01 kommun",
            "På listan Referensgruppen",
        ]
    ]


def test_who_mail_does_not_reach_gets_paper_where_there_is_an_address(organizer, coordinators):
    Organizer.objects.filter(pk=organizer.pk).update(postal_address="Storgatan 1\n123 45 Orten")
    for person in coordinators:
        AddressTrouble.objects.create(address=person.email, hard_at=AT)

    on_paper, by_mail = audiences.recipients(TO_COORDINATORS, AT)

    assert (on_paper.address, on_paper.postal_address) == ("", "Storgatan 1\n123 45 Orten")
    assert by_mail.address == coordinators[1].email


def test_who_has_no_address_of_any_kind_is_told_apart(organizers):
    Organizer.objects.filter(pk=organizers[0].pk).update(official_email="kommun@example.org")

    assert addresses(OFFICIAL) == ["kommun@example.org"]
    not_reached = [one.organizer for one in audiences.unreached(OFFICIAL, AT)]
    assert [one.pk in not_reached for one in organizers] == [False, True, True]


def test_it_is_to_all_where_nothing_leaves_anybody_out(organizers, coordinators):
    everywhere = {"to": ["role:coordinator"], "filters": {"kind": ["municipality", "region"]}}
    somewhere = {"to": ["role:coordinator"], "filters": {"school_form": ["GR"]}}

    said = [audiences.is_to_all(one, AT) for one in (TO_COORDINATORS, everywhere, somewhere, {})]
    assert said == [True, True, False, False]


def test_an_audience_is_told_in_both_languages(organizers):
    county = County.objects.get(code="25")
    audience = {
        "to": ["role:coordinator", "organizer"],
        "filters": {"county": ["25"], "appointed_since": ["2026-08-01"]},
        "without": {"filters": {"no_coordinator": ["1"]}},
    }

    assert audiences.described(audience, "sv") == (
        f"Till: Samordnare, Huvudmäns officiella adresser. Län: {county.name}. Utsedda sedan: 1 augusti 2026. "
        "Undantagna: Huvudmän utan samordnare."
    )
    assert audiences.described(audience, "en") == (
        f"To: Coordinator, Official addresses of organizers. County: {county.name}. Appointed since: 1 August 2026. "
        "Left out: Organizers without coordinator."
    )


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"to": "role:coordinator"},
        {"to": ["role:king"]},
        {"to": ["role:coordinator"] * 400},
        {"filters": {"kind": "private"}},
        {"filters": {"Kind\x00": ["private"]}},
        {"filters": {"kind": ["\x00"]}},
        {"filters": {"kind": ["x" * 101]}},
        {"lists": ["not a key"]},
        {"without": []},
    ],
)
def test_what_is_no_audience_is_refused(data):
    with pytest.raises(AudienceRefused):
        rules.read(data)


def test_an_audience_comes_back_from_its_data():
    data = {
        "to": ["role:coordinator"],
        "filters": {"county": ["25", "24"]},
        "lists": ["00000000-0000-4000-8000-000000000001"],
        "without": {"filters": {"kind": ["private"]}, "lists": ["00000000-0000-4000-8000-000000000002"]},
    }

    assert rules.as_data(rules.read(data)) == data
    assert rules.as_data(rules.read({"filters": {"county": []}})) == {}


@pytest.mark.parametrize("number", [1, 1_000])
def test_picking_asks_as_often_whether_they_are_one_or_a_thousand(db, number, django_assert_num_queries):
    _write_many(number)
    named = make_list(address="utifran@example.org")
    audience = {
        "to": ["role:coordinator", "organizer"],
        "filters": {"kind": ["abroad"]},
        "lists": [str(named.key)],
        "without": {"filters": {"no_coordinator": ["1"]}},
    }
    news = make_letter(kind="news")

    with django_assert_num_queries(7):
        found = audiences.recipients(audience, AT, letter=news)
    with django_assert_num_queries(2):
        counted = audiences.count(audience, AT, letter=news)
    with django_assert_num_queries(3):
        shown = audiences.shown(found, "sv")

    assert len(found) == counted == len(shown.rows) == 2 * number + 1


def _write_many(number):
    rows = [
        Organizer(
            organization_number=f"99{place:08d}",
            name=f"Många {place}",
            sort_key=f"manga {place}",
            search_key=f"manga {place}",
            type="abroad",
            official_email=f"manga.{place}@example.org",
            source="test",
            as_of=AT.date(),
        )
        for place in range(number)
    ]
    organizers = Organizer.objects.bulk_create(rows)
    people = Person.objects.bulk_create(
        Person(email=f"person.{place}@example.org", name=f"P {place}", joined_at=AT) for place in range(number)
    )
    Appointment.objects.bulk_create(
        Appointment(person=person, role=Role.COORDINATOR, organizer=organizer, from_on=AT.date())
        for person, organizer in zip(people, organizers, strict=True)
    )
