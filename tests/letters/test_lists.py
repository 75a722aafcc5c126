"""Named lists: made, filled by pasting, looked through, and emptied in time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.accounts.models import Person
from samspel.accounts.operations import anonymizing
from samspel.accounts.queries.extracts import parts_of
from samspel.kernel.audit.models import AuditEntry
from samspel.letters.models import ListRow, NamedList
from samspel.letters.operations import listed_people, lists
from samspel.letters.operations.lists import ListRefused
from samspel.letters.queries import audiences
from samspel.letters.queries import lists as queries
from samspel.letters.rules.audiences.pasting import lines
from samspel.registry.models import Organizer
from tests.letters.conftest import AT, TODAY, make_letter, person_with

DAY = timedelta(days=1)


@pytest.fixture
def named(editor):
    """An empty list."""
    return lists.make(name="Referensgruppen", purpose="Läser utkast", review_on=TODAY + 30 * DAY, by=editor, at=AT)


def refused(deed, **given):
    with pytest.raises(ListRefused) as refusal:
        deed(**given, at=AT)
    return refusal.value


def test_addresses_people_and_organizers_are_pasted(named, editor, principal, organizers):
    pasted = f"""
        Utomstående Expert <Expert@Example.org>
        {principal.email}
        {organizers[0].organization_number[:6]}-{organizers[0].organization_number[6:]}
        påhittade 02 kommun
        annan@example.org; Annan Expert
    """

    assert lists.add(named=named, pasted=pasted, by=editor, at=AT) == 5

    found = [(row.person_id, row.organizer_id, row.address, row.name) for row in named.rows.all()]
    assert found == [
        (None, None, "expert@example.org", "Utomstående Expert"),
        (principal.pk, None, "", ""),
        (None, organizers[0].pk, "", ""),
        (None, organizers[1].pk, "", ""),
        (None, None, "annan@example.org", "Annan Expert"),
    ]


def test_who_is_there_already_is_passed_over(named, editor):
    lists.add(named=named, pasted="en@example.org", by=editor, at=AT)

    assert lists.add(named=named, pasted="EN@example.org\ntva@example.org\ntva@example.org", by=editor, at=AT) == 1
    assert named.rows.count() == 2


def test_every_line_that_is_wrong_is_told_and_nothing_is_added(named, editor):
    refusal = refused(lists.add, named=named, pasted="en@example.org\nIngen kommun\nfel@\n\n<a@b>", by=editor)

    assert refusal.told == [
        "Rad 2: ”Ingen kommun” är varken en mejladress eller en huvudman som finns.",
        "Rad 3: ”fel@” är ingen mejladress.",
        "Rad 5: ”<a@b>” är ingen mejladress.",
    ]
    assert named.rows.count() == 0


@pytest.mark.parametrize(
    "pasted, code",
    [
        ("", "nothing"),
        ("\x00 \n\t", "nothing"),
        ("a@example.org\n" * 2_001, "too_many_lines"),
        ("x" * 300_000, "lines"),
        ("a@b@c.se", "lines"),
    ],
)
def test_what_cannot_be_pasted_is_refused_in_words(named, editor, pasted, code):
    assert refused(lists.add, named=named, pasted=pasted, by=editor).code == code


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"name": " \x00"}, "no_name"),
        ({"purpose": ""}, "no_name"),
        ({"name": "x" * 201}, "too_long"),
        ({"name": "referensgruppen"}, "name_taken"),
        ({"review_on": TODAY}, "day"),
        ({"review_on": TODAY + 367 * DAY}, "day"),
    ],
)
def test_a_list_needs_a_name_a_purpose_and_a_day(named, editor, changes, code):
    given = {"name": "Ny", "purpose": "Prov", "review_on": TODAY + DAY, "by": editor} | changes

    assert refused(lists.make, **given).code == code


def test_a_list_that_nobody_looks_through_is_emptied(named, editor):
    lists.add(named=named, pasted="en@example.org", by=editor, at=AT)

    assert lists.run_out(at=AT + 30 * DAY) == 0
    assert lists.run_out(at=AT + 31 * DAY) == 1

    named.refresh_from_db()
    assert named.ended_at is not None
    assert ListRow.objects.count() == 0
    assert AuditEntry.objects.filter(action="letters.list.run_out").count() == 1


def test_a_new_day_keeps_it(named, editor):
    given = {"name": named.name, "purpose": named.purpose, "review_on": TODAY + 200 * DAY}
    lists.change(named=named, **given, by=editor, at=AT)

    assert lists.run_out(at=AT + 31 * DAY) == 0
    assert AuditEntry.objects.filter(action="letters.list.kept").count() == 1


def test_an_ended_list_reaches_nobody_and_is_filled_no_more(named, editor):
    lists.add(named=named, pasted="en@example.org", by=editor, at=AT)
    lists.end(named=named, by=editor, at=AT)

    assert audiences.recipients({"lists": [str(named.key)]}, AT) == []
    assert refused(lists.add, named=named, pasted="tva@example.org", by=editor).code == "ended"


def test_others_keep_no_lists(named, outsider):
    deeds = [
        lambda: lists.make(name="Ny", purpose="P", review_on=TODAY + DAY, by=outsider, at=AT),
        lambda: lists.add(named=named, pasted="en@example.org", by=outsider, at=AT),
        lambda: lists.remove(named=named, rows=[1], by=outsider, at=AT),
        lambda: lists.end(named=named, by=outsider, at=AT),
    ]
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed()


def test_rows_of_other_lists_are_not_taken_off(named, editor):
    other = lists.make(name="Andra", purpose="P", review_on=TODAY + DAY, by=editor, at=AT)
    lists.add(named=other, pasted="en@example.org", by=editor, at=AT)

    assert lists.remove(named=named, rows=[other.rows.get().pk], by=editor, at=AT) == 0
    assert other.rows.count() == 1


def test_those_with_protected_identity_are_neither_named_nor_addressed(named, editor, principal):
    other = person_with(name="Hemlig Person")
    lists.add(named=named, pasted=f"{principal.email}\nex@example.org", by=editor, at=AT)
    ListRow.objects.create(list=named, address=other.email, name="Hemlig Person", added_at=AT)
    Person.objects.filter(pk__in=[principal.pk, other.pk]).update(is_protected=True)

    found = [(row.name, row.address) for row in queries.rows_of(named, AT)]

    assert found == [
        ("Skyddad identitet", ""),
        ("ex@example.org", "ex@example.org"),
        ("Skyddad identitet", ""),
    ]


def test_lists_follow_people(named, editor, principal, coordinator):
    lists.add(named=named, pasted=f"{principal.email}\n{coordinator.email}", by=editor, at=AT)

    assert [part.key for part in parts_of(principal, AT) if part.key == "letter_lists" and len(part.rows) == 1]
    listed_people.move(coordinator, principal, by=editor, at=AT)
    assert [row.person for row in named.rows.all()] == [coordinator]
    listed_people.empty(coordinator, at=AT)
    assert named.rows.count() == 0
    assert "letters.lists" in dict(anonymizing.emptiers.items())


def test_who_keeps_lists_is_told_in_time(named, editor, outsider):
    row = next(iter(queries.to_do(editor, AT)))

    assert (row.title, row.due_on) == ("Gå igenom listan: Referensgruppen", named.review_on)
    assert list(queries.to_do(outsider, AT)) == []
    assert [due.due_on for due in queries.due_between(TODAY, TODAY + 40 * DAY, AT)] == [named.review_on]
    assert [due.people for due in queries.due_now([f"letters.list:{named.key}"], AT)] == [frozenset({editor.pk})]


def test_the_pages_of_a_list(client, editor):
    client.force_login(editor)
    made = client.post(
        "/arbete/brev/listor/ny/", {"name": "Gruppen", "purpose": "Prov", "review_on": "2026-12-24"}, follow=True
    )
    named = NamedList.objects.get()
    letter = make_letter(by=editor, audience={"lists": [str(named.key)]})
    address = f"/arbete/brev/listor/{named.key}/"

    wrong = client.post(address, {"pasted": "ingen", "deed": "add"})
    client.post(address, {"pasted": "en@example.org\ntva@example.org", "deed": "add"})
    client.post(address, {"rows": [named.rows.first().pk], "deed": "remove"})
    page = client.get(address).content.decode()

    assert made.status_code == 200
    assert wrong.status_code == 422
    assert "Rad 1: ”ingen”" in wrong.content.decode()
    assert "ingen</textarea>" in wrong.content.decode()
    assert "tva@example.org" in page
    assert "en@example.org" not in page
    assert f"/arbete/brev/{letter.key}/" in page
    client.post(f"{address}avsluta/")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "data",
    [
        {"deed": "remove"},
        {"deed": "remove", "rows": ["x", "9" * 50]},
        {"deed": "add", "pasted": "\x00"},
        {"deed": "add", "pasted": "x" * 1_000_000},
        {"deed": "nothing"},
    ],
)
def test_bad_input_is_answered_in_words(client, named, editor, data):
    client.force_login(editor)

    assert client.post(f"/arbete/brev/listor/{named.key}/", data).status_code in (302, 422)


@pytest.mark.parametrize(
    "line, address, name",
    [
        ('"Efternamn, Förnamn" <a@x.se>', "a@x.se", "Efternamn, Förnamn"),
        ("Förnamn\tEfternamn\tA@x.se", "a@x.se", "Förnamn Efternamn"),
        ("a@x.se", "a@x.se", ""),
        ("a@x.se,Anna", "a@x.se", "Anna"),
    ],
)
def test_a_line_is_read_as_people_write_it(line, address, name):
    assert [(one.address, one.name) for one in lines(line)] == [(address, name)]


def test_lists_are_asked_for_as_often_however_many_are_on_them(named, editor, django_assert_num_queries):
    Organizer.objects.update(official_email="")
    for number in (1, 50):
        pasted = "\n".join(f"n{place}@example.org" for place in range(number))
        lists.add(named=named, pasted=pasted, by=editor, at=AT)
        with django_assert_num_queries(3):
            queries.rows_of(named, AT)
