"""Who can see and do what: the reader's own first, every app's table, to filter and to take away."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspel.accounts.queries import allowances as queries
from samspel.accounts.rules.allowances import Allowance, Who, as_csv, filtered, gathered
from samspel.kernel.permissions import Level, holdings_of, tables
from samspel.registry.models import Appointment, StandIn

PAGE = "/arbete/behorigheter/"


@pytest.fixture
def officer(add_person, appoint):
    """An education officer at the agency."""
    person = add_person(email="ofelia@myndigheten.example", name="Ofelia Officer")
    appoint(person, "education_officer")
    return person


@pytest.fixture
def coordinator(astrid, appoint, organization):
    """A coordinator at Ekviken."""
    appoint(astrid, "coordinator", organization())
    return astrid


def mine(person):
    """(app, deed) to by what, for what a person may."""
    person.__dict__.pop("_holdings_by_day", None)
    found = {}
    for one in queries.allowances_of(person, timezone.now()):
        found.setdefault((one.allowance.app, one.allowance.deed), set()).update(one.by_what)
    return found


def test_what_one_may_is_what_the_tables_allow_there_where_one_holds_the_role(officer, coordinator):
    for person in (officer, coordinator):
        told = set(mine(person))
        at = timezone.now()
        held = {one.place for one in holdings_of(person, at)} | {None}
        allowed = {
            (app, deed)
            for app, table in tables.items()
            for deed in table.deeds
            for place in held
            if table.allows_in_some_state(person, deed, at, place=place, whose=person)
        }
        assert told == allowed


def test_it_says_by_which_role_and_where(officer, coordinator):
    assert mine(officer)["selection", "propose"] == {"Undervisningsråd"}
    assert ("selection", "propose") not in mine(coordinator)
    assert mine(coordinator)["registry", "see_own_organizer"] == {"Samordnare, Ekvikens kommun"}


def test_a_role_elsewhere_says_nothing(coordinator, appoint, organization):
    appoint(coordinator, "administrator", organization("Annan kommun"))

    theirs = mine(coordinator)

    assert theirs["registry", "see_own_organizer"] == {
        "Samordnare, Ekvikens kommun",
        "Administratör, Annan kommun",
    }
    assert ("registry", "appoint_at_agency") not in theirs
    assert ("accounts", "look_as") not in theirs


def test_a_deputy_sees_what_she_may_in_place_of_another(officer, add_person):
    deputy = add_person(email="disa@myndigheten.example", name="Disa Deputy")
    today = timezone.localdate()
    held = Appointment.objects.get(person=officer)
    StandIn.objects.create(appointment=held, deputy=deputy, from_on=today, to_on=today, set_at=timezone.now())

    assert mine(deputy)["selection", "propose"] == {"Undervisningsråd, i stället för Ofelia Officer"}


def test_what_is_over_or_has_not_begun_gives_nothing(officer, add_person, appoint):
    person = add_person(email="former@myndigheten.example", name="Förr")
    appoint(person, "education_officer", to_on=date(2025, 1, 1))
    appoint(person, "decision_maker", from_on=date(2090, 1, 1))

    assert ("selection", "see") not in mine(person)


def test_the_page_shows_ones_own_first_and_then_every_part(client, officer):
    client.force_login(officer)

    page = client.get(PAGE)

    main = page.content.decode().partition("<main")[2]
    assert main.index("Det du får") < main.index("Det varje roll får")
    assert "Föreslå en omgång" in main
    assert [part.app for part in page.context["parts"]] == [app for app, _table in tables.items()]
    assert "Aldrig det hon själv har föreslagit" in main


def test_a_login_that_falls_short_is_told_beside_each_deed(client, officer):
    client.force_login(officer, level=Level.READ)
    assert "skicka in: logga in säkrare" in client.get(PAGE).content.decode()

    client.force_login(officer, level=Level.SUBMIT)
    assert "skicka in: logga in säkrare" not in client.get(PAGE).content.decode()


def test_the_page_in_english(client, officer):
    client.force_login(officer)

    text = client.get("/en" + PAGE).content.decode()

    assert "Who can see and do what here" in text
    assert "Propose a round" in text


def test_it_is_filtered_by_role_and_part(client, officer):
    client.force_login(officer)

    by_part = client.get(PAGE, {"app": "selection"})
    by_both = client.get(PAGE, {"app": "selection", "role": "registrar"})

    assert [part.app for part in by_part.context["parts"]] == ["selection"]
    deeds = {one.deed for one in by_both.context["parts"][0].table.rows}
    assert deeds == {"see", "see_figures", "see_seed"}
    assert "selected" in by_both.content.decode()


@pytest.mark.parametrize(
    "query", [{"role": "x"}, {"app": "x"}, {"role": "\x00", "app": "\x00"}, {"role": ["a", "b"]},
              {"mine-page": "99999"}, {"selection-page": "-1"}, {"role": "x" * 5000}],
)  # fmt: skip
def test_odd_questions_are_as_nothing_asked(client, officer, query):
    client.force_login(officer)

    assert len(client.get(PAGE, query).context["parts"]) == len(tables.items())
    assert client.get(PAGE + "behorigheter.json", query).status_code == 200


def test_a_role_without_a_deed_in_a_part_is_told_so(client, officer):
    client.force_login(officer)

    assert "Det finns inget sådant." in client.get(PAGE, {"app": "post", "role": "evaluator"}).content.decode()


def test_the_files_hold_a_row_for_each_deed_role_and_state(client, officer):
    client.force_login(officer)
    expected = {
        (app, deed, role, state)
        for app, table in tables.items()
        for deed, row in table.deeds.items()
        for state, roles in row.by.items()
        for role in roles
    }

    told = json.loads(client.get(PAGE + "behorigheter.json").content)
    answer = client.get("/en" + PAGE + "behorigheter.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    assert {(row["app"], row["deed"], row["role"], row["state"]) for row in told["rows"]} == expected
    assert len(told["rows"]) == len(rows) - 1 == len(expected)
    assert {(row[0], row[2], row[4], row[7]) for row in rows[1:]} == expected
    assert ["selection", "Selection rounds", "propose", "Propose a round", "education_officer"] in [r[:5] for r in rows]
    assert "attachment" in answer["Content-Disposition"]


def test_the_files_are_filtered_as_the_page_is(client, officer):
    client.force_login(officer)
    query = {"app": "selection", "role": "evaluator"}

    page = client.get(PAGE, query)
    address = page.context["downloads"][1].url
    told = json.loads(client.get(address).content)["rows"]

    assert {row["deed"] for row in told} == {"see", "see_figures", "see_seed"}
    assert client.get(PAGE + "behorigheter.exe").status_code == 404


def test_it_is_for_all_who_are_logged_in(client, astrid):
    assert client.get(PAGE).status_code == 302
    client.force_login(astrid, level=Level.READ)

    page = client.get(PAGE)

    assert page.status_code == 200
    assert PAGE in {link.url for link in page.context["shell"].account_menu}


def test_more_roles_ask_no_more_of_the_database(client, coordinator, appoint, organization):
    client.force_login(coordinator)
    counts = []
    for name in ("A kommun", "B kommun", "C kommun"):
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
        appoint(coordinator, "coordinator", organization(name))
    assert len(set(counts)) == 1


# Rules.

states = st.sampled_from(["", "draft", "sent", "closed"])
roles = st.frozensets(st.sampled_from(["a", "b", "c"]), min_size=1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(states, roles, max_size=4))
def test_gathering_keeps_every_state_and_role_and_joins_alike_ones(by):
    rows = gathered(by, ["draft", "sent", "closed"])

    spread = {(state, role) for roles, found in rows for state in found for role in roles}
    assert spread == {(state, role) for state, roles in by.items() for role in roles if state}
    assert len(rows) == len(set(by.values()))


def test_filtering_takes_what_is_asked_for():
    one = Allowance("a", "see", "See", (Who("officer"), Who("registrar")), (), 1)
    other = Allowance("b", "do", "Do", (Who("officer"),), (), 2)

    assert filtered([one, other]) == [one, other]
    assert filtered([one, other], app="b") == [other]
    assert filtered([one, other], role="registrar") == [one]
    assert filtered([one, other], app="b", role="registrar") == []


def test_a_cell_is_never_a_formula():
    assert b"'=1+1" in as_csv([("a", "A")], [{"a": "=1+1"}])


def test_words_are_in_the_language_being_read(officer):
    with translation.override("en"):
        assert mine(officer)["selection", "propose"] == {"Education officer"}
