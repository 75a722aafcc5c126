"""The people pages: who finds whom, what is done there, and what odd input never does."""

from datetime import date
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.accounts.models import Person
from samspel.accounts.operations import merging
from samspel.accounts.rules.duplicates import Facts, folded_address, folded_phone, pairs
from samspel.kernel.audit import entries_about
from samspel.kernel.permissions import Level
from samspel.post.models import AddressTrouble
from tests.accounts.conftest import NOW

LIST = "/arbete/personer/"


def page_of(person, word=""):
    return f"{LIST}{person.key}/{word}"


def names(answer):
    return [row.name for row in answer.context["table"].page]


@pytest.fixture
def crowd(add_person, administrator):
    """Four people in Swedish order, and the administrator."""
    made = {}
    for number, name in enumerate(["Östen Ek", "Åsa Al", "Zeb Björk", "Ärla Ask"]):
        made[name.split()[0]] = add_person(email=f"{number}@kommunen.example", name=name)
    return made


def test_the_list_stands_in_swedish_order_and_finds_by_name_and_address(enter, crowd, administrator):
    client = enter(administrator)

    assert names(client.get(LIST)) == ["Alva Administratör", "Zeb Björk", "Åsa Al", "Ärla Ask", "Östen Ek"]
    assert names(client.get(LIST, {"q": "asa"})) == ["Åsa Al"]
    assert names(client.get(LIST, {"q": "ÖSTEN"})) == ["Östen Ek"]
    assert names(client.get(LIST, {"q": "0@kommunen"})) == ["Östen Ek"]
    assert "Det finns ingen sådan." in client.get(LIST, {"q": "finns inte"}).content.decode()


def test_the_list_is_filtered(enter, crowd, administrator, appoint):
    appoint(crowd["Zeb"], "editor")
    appoint(crowd["Åsa"], "editor", to_on=date(2025, 1, 1))
    AddressTrouble.objects.create(address=crowd["Östen"].email, hard_at=NOW)
    Person.objects.filter(pk=crowd["Ärla"].pk).update(is_active=False)
    client = enter(administrator)

    def found(which):
        return names(client.get(LIST, {"which": which}))

    assert found("with_role") == ["Alva Administratör", "Zeb Björk"]
    assert found("without_role") == ["Åsa Al", "Ärla Ask", "Östen Ek"]
    assert found("ended") == ["Åsa Al"]
    assert found("bouncing") == ["Östen Ek"]
    assert found("closed") == ["Ärla Ask"]


def test_merged_emptied_and_protected_rows_stand_in_no_list(enter, crowd, administrator):
    merging.merge(keep=crowd["Zeb"], gone=crowd["Åsa"], by=administrator, at=NOW)
    Person.objects.filter(pk=crowd["Ärla"].pk).update(is_protected=True)
    Person.objects.filter(pk=crowd["Östen"].pk).update(anonymized_at=NOW)

    assert names(enter(administrator).get(LIST)) == ["Alva Administratör", "Zeb Björk"]


def test_the_list_asks_no_more_when_there_are_more_people(enter, administrator, add_person, appoint, organization):
    client = enter(administrator)
    asked = []
    for number in (1, 3):
        for place in range(number):
            one = add_person(email=f"{number}{place}@kommunen.example", name="Bo")
            appoint(one, "coordinator", organization(f"{number}{place}"))
            appoint(one, "principal", organization(f"{number}{place} b"))
        client.get(LIST)
        with CaptureQueriesContext(connection) as questions:
            client.get(LIST)
        asked.append(len(questions))

    assert asked[0] == asked[1]


def test_a_persons_page_tells_tasks_ways_in_and_history_of_all_her_rows(
    enter, crowd, administrator, appoint, organization
):
    zeb = crowd["Zeb"]
    appoint(zeb, "coordinator", organization(), appointed_by=administrator.key)
    Authenticator.objects.create(user=zeb, type="totp", data={})
    merging.merge(keep=zeb, gone=crowd["Åsa"], by=administrator, at=NOW)

    page = enter(administrator).get(page_of(zeb)).content.decode()

    for words in ("Zeb Björk", "Ekvikens kommun", "Alva Administratör", "app med koder", "Slogs ihop med en annan rad"):
        assert words in page


def test_a_duplicates_address_leads_to_the_row_that_counts(enter, crowd, administrator):
    merging.merge(keep=crowd["Zeb"], gone=crowd["Åsa"], by=administrator, at=NOW)

    assert enter(administrator).get(page_of(crowd["Åsa"])).url == page_of(crowd["Zeb"])


def test_the_agency_corrects_name_telephone_and_address(enter, crowd, administrator):
    zeb = crowd["Zeb"]
    given = {"name": "Zebulon Björk", "phone": "08-12 34 56", "email": "zeb@ny.example"}

    assert enter(administrator).post(page_of(zeb, "ratta/"), given).url == page_of(zeb)

    zeb.refresh_from_db()
    assert (zeb.name, zeb.phone, zeb.email) == tuple(given.values())


def test_an_address_that_is_taken_is_refused_at_its_field_and_nothing_is_saved(enter, crowd, administrator):
    zeb = crowd["Zeb"]
    given = {"name": "Z", "phone": "", "email": crowd["Åsa"].email}

    page = enter(administrator).post(page_of(zeb, "ratta/"), given)

    assert list(page.context["form"].errors) == ["email"]
    zeb.refresh_from_db()
    assert zeb.name == "Zeb Björk"


def test_an_organizations_administrator_corrects_her_own_people_there_but_not_their_address(
    enter, crowd, add_person, appoint, organization
):
    home, zeb = organization(), crowd["Zeb"]
    boss = add_person(email="chef@kommunen.example", name="Chef")
    appoint(boss, "administrator", home)
    appoint(zeb, "coordinator", home)
    client = enter(boss)

    client.post(page_of(zeb, "ratta/"), {"name": "Zebulon", "phone": "", "email": "kapad@kommunen.example"})

    zeb.refresh_from_db()
    assert (zeb.name, zeb.email) == ("Zebulon", "2@kommunen.example")
    assert client.get(page_of(crowd["Åsa"], "ratta/")).status_code == 403
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(zeb)).status_code == 403


def test_an_account_is_closed_and_opened_again(enter, crowd, administrator):
    zeb, client = crowd["Zeb"], enter(administrator)

    for is_open in (False, True):
        assert "Zeb Björk" in client.get(page_of(zeb, "konto/")).content.decode()
        assert client.post(page_of(zeb, "konto/")).url == page_of(zeb)
        zeb.refresh_from_db()
        assert zeb.is_active is is_open


def test_data_are_removed_there_when_nothing_holds_them(enter, crowd, administrator, appoint):
    zeb, asa, client = crowd["Zeb"], crowd["Åsa"], enter(administrator)
    appoint(asa, "editor")

    held = client.get(page_of(asa, "rensa/")).content.decode()
    refused = client.post(page_of(asa, "rensa/"), follow=True).content.decode()
    client.post(page_of(zeb, "rensa/"))

    assert "Personen har ett uppdrag, eller ska få ett." in held
    assert "Personen har ett uppdrag, eller ska få ett." in refused
    zeb.refresh_from_db()
    assert zeb.anonymized_at
    assert "Uppgifterna borttagna" in client.get(page_of(zeb)).content.decode()


DEEDS = ["ratta/", "skydd/", "konto/", "rensa/"]


@pytest.mark.parametrize("word", DEEDS)
def test_a_login_that_is_not_sure_enough_does_nothing(enter, crowd, administrator, word):
    zeb, client = crowd["Zeb"], enter(administrator, Level.READ)
    entries = entries_about(zeb).count()
    given = {"name": "Z", "phone": "", "email": "z@z.example", "reason": "threat"}

    answer = client.post(page_of(zeb, word), given)

    assert answer.status_code in (302, 403)
    assert entries_about(zeb).count() == entries


@pytest.mark.parametrize("word", ["", *DEEDS])
def test_registrars_see_and_others_do_not_and_neither_changes_anything(enter, crowd, registrar, word):
    zeb = crowd["Zeb"]
    entries = entries_about(zeb).count()

    assert enter(registrar).get(page_of(zeb, word)).status_code == (403 if word else 200)
    assert enter(registrar).post(page_of(zeb, word)).status_code in (403, 405, 200 if not word else 403)
    assert enter(crowd["Åsa"]).get(page_of(zeb, word)).status_code == 403
    assert entries_about(zeb).count() == entries


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"q": "%_'\""},
        {"q": "x" * 5000},
        {"which": "påhittad"},
        {"page": "99999999999999999999"},
        {"sort": "-;drop"},
        {"q": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")},
    ],
)
def test_odd_questions_are_answered(enter, crowd, administrator, query):
    assert enter(administrator).get(LIST, query).status_code == 200


def test_odd_keys_and_words_are_not_found_or_refused_at_their_field(enter, crowd, administrator):
    client, zeb = enter(administrator), crowd["Zeb"]

    assert client.get(f"{LIST}{uuid4()}/").status_code == 404
    assert client.get(f"{LIST}0/").status_code == 404
    assert client.post(page_of(zeb, "ratta/"), {"name": "\x00", "phone": "9" * 10**4, "email": "@"}).status_code == 200
    assert client.post(page_of(zeb, "skydd/"), {"reason": "påhittat"}).status_code == 200
    assert client.post(page_of(zeb, "dubblett/"), {"other": "\x00"}).status_code == 302
    assert client.get(f"{LIST}dubbletter/{zeb.key}/{uuid4()}/").status_code == 404
    assert client.post(f"{LIST}dubbletter/{zeb.key}/{zeb.key}/", {"keep": "x", "address": "y"}).status_code == 200


# Duplicates.


def test_duplicates_are_found_by_name_and_place_by_telephone_and_by_what_stands_before_the_at():
    people = [
        Facts(1, "astrid bergvall", "070-123 45 67", "astrid.bergvall@kommunen.example", frozenset({1})),
        Facts(2, "astrid bergvall", "", "registrator@kommunen.example", frozenset({1, 2})),
        Facts(3, "a bergvall", "+46 (0)70 123 45 67", "x@kommunen.example", frozenset({2})),
        Facts(4, "astrid bergvall", "", "AstridBergvall@gammal.example".lower(), frozenset({3})),
        Facts(5, "bo ek", "", "registrator@annan.example", frozenset({3})),
    ]

    found = {(pair.one, pair.other): pair.reasons for pair in pairs(people)}

    assert found == {(1, 2): ("same_name",), (1, 3): ("same_phone",), (1, 4): ("same_address",)}


def test_a_number_or_a_name_that_many_share_tells_nothing():
    switchboard = [Facts(number, f"person {number}", "08-12 34 56 78", f"p{number}@k.example") for number in range(6)]

    assert pairs(switchboard) == []
    assert (folded_phone("08-12"), folded_phone("ring"), folded_address("info@k.example")) == ("", "", "")


def test_those_most_alike_stand_first():
    people = [
        Facts(1, "bo ek", "070-1234567", "1@k.example", frozenset({1})),
        Facts(2, "bo ek", "", "2@k.example", frozenset({1})),
        Facts(3, "bo ek", "0701234567", "3@k.example", frozenset({1})),
    ]

    assert [(pair.one, pair.other) for pair in pairs(people)] == [(1, 3), (1, 2), (2, 3)]


@pytest.fixture
def twins(add_person, appoint, organization):
    """Astrid twice, in the same organization."""
    home = organization()
    two = [add_person(email=f"astrid@{place}.example", name="Astrid Bergvall") for place in ("ny", "gammal")]
    for one in two:
        appoint(one, "coordinator", home)
    return two


def test_two_rows_are_looked_at_side_by_side_and_merged_by_hand(enter, twins, administrator):
    client, (new, old) = enter(administrator), twins
    page = client.get(f"{LIST}dubbletter/")
    assert "samma namn, i samma organisation" in page.content.decode()
    address = page.context["rows"][0]["url"]
    assert client.get(address).content.decode().count("Astrid Bergvall") >= 4

    done = client.post(address, {"keep": str(old.key), "address": str(new.key)}, follow=True)

    assert done.redirect_chain == [(page_of(old), 302)]
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.email, new.merged_into) == ("astrid@ny.example", old)
    assert "Inga rader ser ut att vara samma person." in client.get(f"{LIST}dubbletter/").content.decode()


def test_a_merge_that_may_not_be_is_refused_in_words_on_the_page(enter, twins, administrator):
    new, old = twins
    Person.objects.filter(pk=old.pk).update(is_protected=True)

    page = enter(administrator).post(
        f"{LIST}dubbletter/{new.key}/{old.key}/", {"keep": str(new.key), "address": str(new.key)}
    )

    assert "Skydda båda först, eller häv skyddet" in page.content.decode()
    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_from_a_persons_page_the_other_row_is_found_by_its_address(enter, twins, administrator):
    client, (new, old) = enter(administrator), twins

    assert client.post(page_of(new, "dubblett/"), {"other": old.email.upper()}).url == (
        f"{LIST}dubbletter/{new.key}/{old.key}/"
    )
    missing = client.post(page_of(new, "dubblett/"), {"other": "ingen@kommunen.example"}, follow=True)
    assert "Ingen annan rad har den adressen." in missing.content.decode()


def test_duplicates_ask_no_more_when_there_are_more(enter, administrator, add_person):
    client, asked = enter(administrator), []
    for number in (1, 3):
        for place in range(number):
            for side in "ab":
                add_person(email=f"berit.{number}{place}@{side}.example", name=f"Bo {number}{place}{side}")
        client.get(f"{LIST}dubbletter/")
        with CaptureQueriesContext(connection) as questions:
            assert len(client.get(f"{LIST}dubbletter/").context["rows"]) == {1: 1, 3: 4}[number]
        asked.append(len(questions))

    assert asked[0] == asked[1]
