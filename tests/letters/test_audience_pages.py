"""The page where recipients are chosen: counted before it is saved, an empty one said in words, nobody hidden shown."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.accounts.models import Person
from samspel.kernel.audit.models import AuditEntry
from samspel.letters.models import Letter
from samspel.registry.models import Organizer
from tests.letters.conftest import TO_COORDINATORS, at_organizer, make_letter


@pytest.fixture
def empty(editor):
    """A letter that nobody gets yet."""
    return make_letter(by=editor, audience={})


def page_of(client, letter, person, data=None):
    client.force_login(person)
    address = f"/arbete/brev/{letter.key}/mottagare/"
    answer = client.get(address) if data is None else client.post(address, data, follow=True)
    return answer, answer.content.decode()


def test_who_gets_it_is_listed_with_why(client, letter, editor, coordinators):
    _answer, page = page_of(client, letter, editor)

    assert "Till: Samordnare." in page
    for person in coordinators:
        assert person.email in page
    assert "Samordnare hos Påhittade 01 kommun" in page


def test_a_choice_is_counted_and_not_kept(client, empty, editor, coordinators):
    _answer, page = page_of(client, empty, editor, {"to": ["role:coordinator"], "deed": "count"})

    assert "inte sparat än" in page
    assert coordinators[0].email in page
    empty.refresh_from_db()
    assert empty.audience == {}


def test_a_choice_is_kept(client, empty, editor, coordinators):
    given = {
        "to": ["role:coordinator", "organizer"],
        "f_county": ["25"],
        "f_no_coordinator": "on",
        "f_appointed_since": "2026-08-01",
        "w_kind": ["private"],
        "f_selection_status": ["declined"],
        "deed": "save",
    }

    _answer, page = page_of(client, empty, editor, given)

    empty.refresh_from_db()
    assert empty.audience == {
        "to": ["role:coordinator", "organizer"],
        "filters": {
            "county": ["25"],
            "no_coordinator": ["1"],
            "appointed_since": ["2026-08-01"],
            "selection.status": ["declined"],
        },
        "without": {"filters": {"kind": ["private"]}},
    }
    assert "Ingen uppfyller allt detta" in page
    assert 'value="2026-08-01"' in page


def test_that_nobody_is_chosen_is_said(client, empty, editor):
    _answer, page = page_of(client, empty, editor)

    assert "Ingen är vald än" in page


def test_those_with_protected_identity_are_counted_and_never_shown(client, letter, officer, coordinators):
    hidden = coordinators[0]
    Person.objects.filter(pk=hidden.pk).update(is_protected=True)

    _answer, page = page_of(client, letter, officer)
    taken = client.get(f"/arbete/brev/{letter.key}/mottagare.csv").content.decode("utf-8-sig")

    for shown in (page, taken):
        assert hidden.email not in shown
        assert hidden.name not in shown
        assert coordinators[1].email in shown
    assert "1 person med skyddad identitet får det också." in page


def test_the_file_is_a_table_and_that_it_was_taken_is_kept(client, letter, officer, coordinators):
    Person.objects.filter(pk=coordinators[0].pk).update(name="=HYPERLINK(1)")
    client.force_login(officer)

    answer = client.get(f"/arbete/brev/{letter.key}/mottagare.csv")

    head, first, second = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert head == ["Namn", "Mejladress", "Språk", "Varför"]
    assert {first[0], second[0]} == {"'=HYPERLINK(1)", coordinators[1].name}
    assert AuditEntry.objects.filter(action="letters.letter.recipients_taken_out").count() == 1


def test_who_may_not_send_takes_no_file(client, letter, editor):
    client.force_login(editor)

    assert client.get(f"/arbete/brev/{letter.key}/mottagare.csv").status_code == 403


def test_those_without_any_address_are_named(client, empty, editor, organizers):
    Organizer.objects.filter(pk=organizers[0].pk).update(type="abroad")

    _answer, page = page_of(client, empty, editor, {"to": ["organizer"], "f_kind": ["abroad"], "deed": "count"})

    assert "varken mejladress eller postadress" in page
    assert "Påhittade 01 kommun" in page


@pytest.mark.parametrize("state", ["for_approval", "approved", "planned", "sent", "withdrawn"])
def test_a_letter_that_is_no_draft_is_not_given_others(client, editor, coordinators, state):
    letter = make_letter(by=editor, state=state)

    _answer, page = page_of(client, letter, editor, {"to": ["organizer"], "deed": "save"})

    assert Letter.objects.get(pk=letter.pk).audience == TO_COORDINATORS
    assert "Mottagarna kan inte ändras nu." in page


@pytest.mark.parametrize(
    "data",
    [
        {"to": ["role:king"]},
        {"to": ["role:coordinator\x00"]},
        {"f_county": ["99999999999999999999"]},
        {"f_appointed_since": "den första"},
        {"f_appointed_since": "9" * 100_000},
        {"lists": ["00000000-0000-4000-8000-000000000001"]},
        {"lists": ["x"]},
        {"w_selection_round": ["no-such"]},
        {"without_lists": ["\x00"]},
    ],
)
def test_what_cannot_be_chosen_is_said_and_changes_nothing(client, empty, editor, data):
    answer, page = page_of(client, empty, editor, {**data, "deed": "save"})

    assert answer.status_code == 422
    assert "Fel:" in page
    empty.refresh_from_db()
    assert empty.audience == {}


def test_fields_that_there_are_not_are_passed_over(client, empty, editor):
    answer, _page = page_of(client, empty, editor, {"to": [], "f_nothing": ["1"], "x" * 500: "y", "deed": "save"})

    assert answer.status_code == 200


@pytest.mark.parametrize("audience", [[], {"to": "x"}, {"filters": {"gone_filter": ["1"]}, "to": ["organizer"]}])
def test_an_audience_that_cannot_be_read_any_more_reaches_nobody_and_can_be_chosen_anew(client, editor, audience):
    letter = make_letter(by=editor, audience=audience)

    answer, page = page_of(client, letter, editor)

    assert answer.status_code == 200
    assert "skulle inte gå till någon" in page


def test_the_page_asks_as_often_however_many_there_are(client, letter, editor, organizers):
    page_of(client, letter, editor)
    asked = []
    for number in (1, 59):
        for place in range(number):
            at_organizer(organizers[0], "coordinator", f"Nummer {place}")
        with CaptureQueriesContext(connection) as queries:
            page_of(client, letter, editor)
        asked.append(len(queries))

    assert asked[0] == asked[1]
