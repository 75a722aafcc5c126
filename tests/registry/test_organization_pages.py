"""An organization's page, its forms and the agency's list: who sees them, what they tell, what they never tell."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.kernel.audit import entries_about
from samspel.post.models import AddressTrouble
from samspel.registry.models import Appointment, Role, StandIn
from samspel.registry.operations import organizations
from tests.registry.people import BACKEND, holds, person, world

EKVIKEN = "/arbete/huvudman/4931071379/"
SJOBY = "/arbete/huvudman/4941142749/"
UNIVERSITY = "/arbete/larosate/ekviks-universitet/"
AGENCY = "/arbete/myndigheten/"


@pytest.fixture
def w(db):
    """The small world."""
    made = world()
    made.at = timezone.now()
    made.today = timezone.localdate(made.at)
    return made


@pytest.fixture
def enter(client, w):
    """`enter("head")`: the client, logged in as her."""

    def as_whom(who):
        client.force_login(Person.objects.get(pk=getattr(w, who).pk), backend=BACKEND)
        return client

    return as_whom


def content(answer) -> str:
    """What stands on a page."""
    return answer.content.decode().partition("<main")[2]


# --- who sees which


@pytest.mark.parametrize(
    ("address", "seeing"),
    [
        (EKVIKEN, {"chief", "head", "coordinator", "admin", "officer"}),
        (SJOBY, {"their_head", "their_coordinator", "admin", "officer"}),
        (UNIVERSITY, {"dean", "leader", "admin", "officer"}),
        (AGENCY, {"admin", "officer", "payer"}),
    ],
)
def test_its_own_people_and_those_who_need_it_see_it(enter, w, address, seeing):
    everybody = ("chief", "head", "coordinator", "their_head", "their_coordinator", "dean", "leader", "admin",
                 "officer", "payer", "outsider")  # fmt: skip

    found = {who for who in everybody if enter(who).get(address).status_code == 200}

    assert found == seeing


@pytest.mark.parametrize("deed", ["", "ersatt/", "avsluta/", "forlang/", "aterta/", "ratta/", "vikarie/"])
def test_the_ids_of_another_organizer_are_not_found(enter, w, deed):
    address = f"/arbete/uppdrag/{w.their_coordinator_task.pk}/{deed}"

    for who in ("head", "chief", "coordinator", "dean"):
        client = enter(who)
        assert client.get(address).status_code == 404
        if deed:
            assert client.post(address, {"to_on": "2030-01-01", "reason": "x"}).status_code == 404
    w.their_coordinator_task.refresh_from_db()
    assert w.their_coordinator_task.to_on is None


@pytest.mark.parametrize("deed", ["ersatt/", "avsluta/", "forlang/", "aterta/", "ratta/"])
def test_a_coordinator_sees_no_button_and_reaches_no_form(enter, w, deed):
    client = enter("coordinator")

    assert client.get(f"/arbete/uppdrag/{w.chief_task.pk}/{deed}").status_code == 403
    assert deed not in content(client.get(f"/arbete/uppdrag/{w.chief_task.pk}/"))
    assert "tillsatt" not in content(client.get(EKVIKEN))
    assert client.get(f"{EKVIKEN}tillsatt/").status_code == 403


def test_a_person_of_another_organizer_is_not_among_those_to_choose(enter, w):
    client = enter("head")
    form = {"role": "coordinator", "from_on": "2030-01-01", "person": str(w.their_coordinator.key)}

    answer = client.post(f"{EKVIKEN}tillsatt/", form)

    assert answer.status_code == 200 and "Välj någon i listan" in content(answer)
    assert not w.their_coordinator.appointments.filter(organizer=w.ekviken).exists()


def test_a_unit_of_another_organizer_is_not_among_those_to_choose(enter, w):
    unit = w.sjoby.school_units.get()
    form = {"role": "principal", "school_unit": unit.code, "from_on": "2030-01-01", "person": str(w.chief.key)}

    assert enter("head").post(f"{EKVIKEN}tillsatt/", form).status_code == 200
    assert not Appointment.objects.filter(role=Role.PRINCIPAL).exists()


def test_roles_that_she_may_not_give_are_not_offered(enter, w):
    offered = {}
    for who in ("chief", "head"):
        choice = content(enter(who).get(f"{EKVIKEN}tillsatt/")).partition("</select>")[0]
        offered[who] = set(re.findall(r'<option value="(\w+)"', choice))

    assert offered["chief"] == {"coordinator", "principal", "development_lead"}
    assert offered["head"] == offered["chief"] | {
        "administrator", "authorized_signatory", "board_chair", "chief_education_officer",
    }  # fmt: skip


# --- the way to one's own


def test_mine_leads_to_the_one_and_lets_choose_among_several(enter, w):
    assert enter("head").get("/arbete/organisation/").headers["Location"] == EKVIKEN
    assert "inget uppdrag" in content(enter("outsider").get("/arbete/organisation/"))
    holds(w.head, Role.ADMINISTRATOR, organizer=w.sjoby)

    page = content(enter("head").get("/arbete/organisation/"))

    assert EKVIKEN in page and SJOBY in page


# --- what it tells


def test_it_tells_now_coming_and_former(enter, w):
    day = timedelta(days=1)
    holds(person("before@people.example", "Fia Förr"), "coordinator", organizer=w.ekviken, to_on=w.today - day)
    holds(person("after@people.example", "Siv Sedan"), "coordinator", organizer=w.ekviken, from_on=w.today + day)

    page = content(enter("head").get(EKVIKEN))

    now, coming, former = (page.index(f'id="table-{name}"') for name in ("now", "coming", "former"))
    assert now < coming < former
    assert coming < page.index("Siv Sedan") < former < page.index("Fia Förr")


def test_who_may_act_for_it_with_who_stands_in(enter, w):
    StandIn.objects.create(appointment=w.chief_task, deputy=w.coordinator, from_on=w.today, to_on=w.today, set_at=w.at)

    page = content(enter("head").get(EKVIKEN))

    assert "Chief (borta, Coordinator är vikarie till och med" in page


def test_it_warns_when_nobody_coordinates_or_administers(enter, w):
    Appointment.objects.filter(organizer=w.ekviken).exclude(pk=w.chief_task.pk).update(
        to_on=w.today - timedelta(days=1)
    )

    page = content(enter("officer").get(EKVIKEN))

    assert "Ingen administrerar den här organisationen" in page and "Ingen samordnare nu" in page


def test_an_address_that_bounces_is_told_and_asked_to_be_corrected(enter, w):
    AddressTrouble.objects.create(address="coordinator@people.example", hard_at=w.at, because="smtp-5.1.1")

    page = content(enter("head").get(EKVIKEN))

    assert "Studsar" in page and "Rätta mejladressen för Coordinator" in page


def test_who_knows_that_an_address_works_says_so(enter, w):
    address = f"/arbete/uppdrag/{w.coordinator_task.pk}/adressen-fungerar/"
    AddressTrouble.objects.create(address="coordinator@people.example", hard_at=w.at, because="smtp-5.1.1")

    assert {who: enter(who).post(address).status_code for who in ("their_head", "chief")} == {
        "their_head": 404, "chief": 403,
    }  # fmt: skip
    assert "Adressen fungerar" in content(enter("head").get(f"/arbete/uppdrag/{w.coordinator_task.pk}/"))
    enter("head").post(address)

    assert not AddressTrouble.objects.exists()


def test_a_protected_person_is_neither_named_nor_addressed_anywhere(enter, w):
    Person.objects.filter(pk=w.coordinator.pk).update(is_protected=True, name="Hemliga Hilda")
    addresses = [EKVIKEN, f"/arbete/uppdrag/{w.coordinator_task.pk}/", "/arbete/organisationer/lista.csv",
                 f"{EKVIKEN}tillsatt/", f"/arbete/uppdrag/{w.chief_task.pk}/vikarie/"]  # fmt: skip

    for address in addresses:
        answer = enter("admin").get(address)
        assert answer.status_code == 200
        text = answer.content.decode().replace("their_coordinator@", "")
        assert "Hilda" not in text and "coordinator@people" not in text, address


def test_the_public_page_names_nobody(client, w):
    page = client.get("/huvudman/4931071379/").content.decode()

    assert not [name for name in ("Chief", "Head<", "people.example") if name in page]


# --- what is done on it


def test_appointing_somebody_new_by_name_and_address(enter, w):
    form = {
        "role": "coordinator", "name": "Ture Ny", "email": "Ture@people.example", "from_on": str(w.today),
        "title": "Utvecklare", "share_percent": "40", "manager": str(w.chief.key), "in_management_group": "no",
    }  # fmt: skip

    answer = enter("head").post(f"{EKVIKEN}tillsatt/", form)

    made = Appointment.objects.get(person__email="ture@people.example")
    assert answer.headers["Location"] == f"/arbete/uppdrag/{made.pk}/"
    assert (made.title, made.share_percent, made.manager, made.in_management_group) == (
        "Utvecklare",
        40,
        w.chief,
        False,
    )


def test_a_refused_appointment_adds_no_person_either(enter, w):
    form = {"role": "principal", "name": "Ture Ny", "email": "ture@people.example", "from_on": str(w.today)}

    page = content(enter("head").post(f"{EKVIKEN}tillsatt/", form))

    assert "En rektor tillsätts vid en skolenhet" in page
    assert not Person.objects.filter(email="ture@people.example").exists()


def test_a_manager_not_known_before_is_added(enter, w):
    form = {"title": "X", "manager_name": "Maja Chef", "manager_email": "maja@people.example"}

    enter("head").post(f"/arbete/uppdrag/{w.coordinator_task.pk}/ratta/", form)

    w.coordinator_task.refresh_from_db()
    assert w.coordinator_task.manager.name == "Maja Chef"


def test_its_addresses_are_put_right_by_its_administrators_alone(enter, w):
    form = {"official_email": "Registrator@ekviken.example", "postal_address": " Storgatan 1 \n\n123 45 Ekviken"}

    statuses = {who: enter(who).post(f"{EKVIKEN}adresser/", form).status_code
                for who in ("coordinator", "chief", "officer", "their_head", "head", "admin")}  # fmt: skip

    assert statuses == {"coordinator": 403, "chief": 403, "officer": 403, "their_head": 404, "head": 302, "admin": 302}
    w.ekviken.refresh_from_db()
    assert w.ekviken.official_email == "registrator@ekviken.example"
    assert w.ekviken.postal_address == "Storgatan 1\n123 45 Ekviken"
    assert entries_about(w.ekviken).get().facts == {"fields": ["official_email", "postal_address"]}


def test_a_universitys_postal_address_is_its_own(enter, w):
    enter("dean").post(f"{UNIVERSITY}adresser/", {"postal_address": "Campus 1"})

    w.university.refresh_from_db()
    assert w.university.postal_address == "Campus 1"


def test_correcting_addresses_to_the_same_writes_nothing(w):
    organizations.correct_organizer(organizer=w.ekviken, official_email="", postal_address="", by=w.head, at=w.at)

    assert not entries_about(w.ekviken).exists()


ODD = [
    "",
    "\x00",
    "a\r\nBcc: x@x.example",
    "<script>",
    "9" * 400,
    "-1",
    "999999999999999999999",
    "9999-99-99",
    "å" * 3000,
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_values_are_refused_in_words_and_never_break(enter, w, odd):
    client = enter("head")
    fields = ("role", "school_unit", "person", "name", "email", "phone", "from_on", "to_on", "title", "share_percent",
              "mandate", "manager", "manager_name", "manager_email", "in_management_group", "reason", "deputy",
              "official_email", "postal_address")  # fmt: skip
    form = dict.fromkeys(fields, odd)
    task = w.coordinator_task.pk
    people = Person.objects.count()

    for address in (f"{EKVIKEN}tillsatt/", f"/arbete/uppdrag/{task}/ersatt/", f"/arbete/uppdrag/{task}/avsluta/",
                    f"/arbete/uppdrag/{task}/aterta/", f"/arbete/uppdrag/{task}/vikarie/"):  # fmt: skip
        assert client.post(address, form).status_code == 200, address
    for address in (f"/arbete/uppdrag/{task}/forlang/", f"/arbete/uppdrag/{task}/ratta/", f"{EKVIKEN}adresser/"):
        assert client.post(address, form).status_code in (200, 302), address
    assert Person.objects.count() == people
    for number in ("0", "999999999999999999999999", str(2**63)):
        assert client.get(f"/arbete/uppdrag/{number}/").status_code == 404
        assert client.post(f"/arbete/uppdrag/{task}/vikarie/{number}/avbryt/").status_code == 404


# --- the agency's list


def test_the_list_counts_and_filters(enter, w):
    Appointment.objects.filter(pk=w.their_head_task.pk).update(to_on=w.today - timedelta(days=1))
    AddressTrouble.objects.create(address="coordinator@people.example", hard_at=w.at)
    client = enter("officer")

    def listed(query):
        page = content(client.get(f"/arbete/organisationer/?{query}"))
        return {name for name in ("Ekvikens kommun", "Sjöby kommun") if name in page}

    assert listed("lacking=with_coordinator") == {"Ekvikens kommun", "Sjöby kommun"}
    assert listed("lacking=bouncing") == listed("q=ekvik") == {"Ekvikens kommun"}
    assert listed("q=sjoby&lacking=administrator") == {"Sjöby kommun"}
    assert listed("lacking=coordinator") == set()
    assert listed("q=%00&lacking=x") == listed("")


def test_the_export_has_a_row_for_each_coordinator_and_no_formula(enter, w):
    Person.objects.filter(pk=w.coordinator.pk).update(name="=HYPERLINK(1)")

    text = (
        enter("officer")
        .get("/arbete/organisationer/lista.csv?q=kommun&lacking=with_coordinator")
        .content.decode("utf-8-sig")
    )

    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["Ekvikens kommun", "Sjöby kommun"]
    assert rows[1][6:8] == ["'=HYPERLINK(1)", "coordinator@people.example"]


def _asked(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", [EKVIKEN, "/arbete/organisationer/?q=kommun", "/arbete/organisationer/lista.csv"])
def test_pages_ask_no_more_with_more_rows(enter, w, address):
    client = enter("admin")
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            whom = person(f"p{rows}{number}@people.example", f"P {rows} {number}")
            for role in (Role.COORDINATOR, Role.DEVELOPMENT_LEAD):
                held = holds(whom, role, organizer=w.ekviken)
                holds(whom, role, organizer=w.sjoby, to_on=w.today - timedelta(days=1))
            StandIn.objects.create(appointment=held, deputy=w.head, from_on=w.today, to_on=w.today, set_at=w.at)
        counts.append(_asked(client, address))

    assert counts[0] == counts[1]
