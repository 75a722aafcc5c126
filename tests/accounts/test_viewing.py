"""Looking at pages as another sees them: who may, what is shown, that nothing can be done, and what stays on record."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.operations import change_language, viewing
from samspel.accounts.queries.histories import history_of_person
from samspel.accounts.rules.viewing import LOOKING, Looking, looking_in
from samspel.config import urls as house
from samspel.kernel.audit import entries_about, record
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.permissions import Level, LevelTooLow, private_zone
from samspel.kernel.ui.pages import permission_denied
from samspel.registry.models import Appointment, StandIn
from samspel.testing.sessions import Client

LOOK = "/arbete/se-som/"
STOP = "/arbete/se-som/sluta/"
DO = "/prov/gor/"


@login_required
@private_zone
def private_page(request):
    return HttpResponse("Det som bara är mitt")


def who_am_i(request):
    request.session.modified = True
    real = getattr(request, "real_user", None)
    return HttpResponse(f"{request.user.pk} {request.user.session_level} {real.pk if real else None}")


def writing_page(request):
    record(action="test.page.opened", on=request.user, by=request.user, at=timezone.now())
    return HttpResponse("Skrivet")


def bare_writing_page(request):
    Person.objects.filter(pk=request.user.pk).update(language="en")
    return HttpResponse("Skrivet")


def doing_page(request):
    if request.method == "POST":
        change_language(person=request.user, language=request.POST["language"], by=request.user, at=timezone.now())
    return HttpResponse("Gjort")


def failing_page(request):
    raise ZeroDivisionError


handler403 = permission_denied
urlpatterns = [
    path("prov/privat/", private_page),
    path("prov/vem/", who_am_i),
    path("prov/skriver/", writing_page),
    path("prov/skriver-rakt/", bare_writing_page),
    path("prov/gor/", doing_page),
    path("prov/fel/", failing_page),
    *house.urlpatterns,
]


@pytest.fixture
def administrator(add_person, appoint):
    """Somebody who administers the system."""
    person = add_person(email="ada@myndigheten.example", name="Ada Administratör")
    appoint(person, "administrator")
    return person


@pytest.fixture
def coordinator(astrid, appoint, organization):
    """A coordinator at an organizer, who administers that organizer too."""
    organizer = organization()
    appoint(astrid, "coordinator", organizer)
    appoint(astrid, "administrator", organizer)
    return astrid


@pytest.fixture
def probing(settings):
    """The house with some pages more."""
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def looking(client, administrator, coordinator, probing):
    """The administrator's browser, from when she began to look as the coordinator."""
    client.force_login(administrator)
    begun = client.post(LOOK, {"person": str(coordinator.key), "reason": "help"})
    assert begun.url == "/arbete/"
    return client


def fresh(person):
    """The same person without a session, as the command line would have her."""
    return Person.objects.get(pk=person.pk)


def noted(person):
    """What stands in the audit of looks at a person: action, by whom, and the facts beside the person's key."""
    rows = entries_about(person).filter(action__startswith="accounts.look.")
    assert {row.facts["person"] for row in rows} <= {str(person.key)}
    return [(row.action.rpartition(".")[2], row.by_key, row.facts) for row in rows]


def test_every_page_is_hers_with_a_banner_that_says_so(looking, coordinator, administrator):
    page = looking.get("/arbete/")

    text = page.content.decode()
    assert page.context["user"] == coordinator
    assert "Du ser det som Astrid Bergvall ser." in text
    assert f'action="{STOP}"' in text
    assert "Du är inloggad som Astrid Bergvall." in text
    assert looking.get("/prov/vem/").content.decode() == f"{coordinator.pk} 1 {administrator.pk}"
    assert looking.get("/en/arbete/").status_code == 200


def test_public_pages_and_pages_that_are_not_there_have_the_banner_too(looking):
    for address in ("/", "/huvudman/", "/finns-inte/"):
        assert "Du ser det som Astrid Bergvall ser." in looking.get(address).content.decode()


def test_what_is_hers_to_see_is_seen_and_what_is_not_is_not(looking):
    assert looking.get("/arbete/importer/").status_code == 403
    assert looking.get(LOOK).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("address", ["/konto/", DO, "/arbete/", "/arbete/importer/", LOOK])
def test_nothing_can_be_done(looking, coordinator, method, address):
    before = AuditEntry.objects.count()

    refused = getattr(looking, method)(address, {"language": "en"})

    assert refused.status_code == 403
    assert "Ingenting blev gjort" in refused.content.decode()
    coordinator.refresh_from_db()
    assert coordinator.language == "sv"
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("address", ["/prov/skriver/", "/prov/skriver-rakt/"])
def test_a_page_that_writes_when_it_is_read_is_refused_by_the_database_and_in_words(looking, coordinator, address):
    refused = looking.get(address)

    assert refused.status_code == 403
    assert "går inte att se som en annan person" in refused.content.decode()
    coordinator.refresh_from_db()
    assert coordinator.language == "sv"
    assert not AuditEntry.objects.filter(action="test.page.opened").exists()
    assert looking.get("/arbete/").status_code == 200


def test_a_page_that_fails_fails_as_hers_would_and_leaves_nothing_behind(looking):
    looking.raise_request_exception = False

    assert looking.get("/prov/fel/").status_code == 500
    assert looking.get("/arbete/").status_code == 200
    looking.post(STOP)
    assert looking.post(DO, {"language": "en"}).status_code == 200


def test_what_is_private_is_refused_in_words(looking, coordinator, client):
    for address in ("/prov/privat/", "/konto/", "/en/konto/", "/konto/demo/"):
        refused = looking.get(address)
        assert refused.status_code == 403
        assert {"Den här sidan är privat", "This page is private"} & {refused.context["denied"].title}
        assert "mejladress" not in refused.content.decode().partition("<main")[2]

    looking.post(STOP)
    client.force_login(coordinator)
    assert client.get("/prov/privat/").content.decode() == "Det som bara är mitt"


def test_nothing_that_was_made_for_the_look_is_kept_anywhere(looking):
    for address in ("/", "/arbete/", "/huvudman/"):
        page = looking.get(address)
        assert {"no-store", "private"} <= {part.strip() for part in page["Cache-Control"].split(",")}
        assert "ETag" not in page

    stranger = looking.__class__()
    assert "Du ser det som" not in stranger.get("/huvudman/").content.decode()


def test_start_pages_and_stop_stand_in_the_audit_in_the_administrators_name(looking, coordinator, administrator):
    looking.get("/huvudman/?q=Bergvall")
    looking.head("/arbete/")
    looking.get("/konto/")
    assert looking.post(STOP).url == LOOK

    rows = noted(coordinator)
    assert [row[0] for row in rows] == ["started", "page_seen", "page_seen", "page_seen", "stopped"]
    assert {row[1] for row in rows} == {administrator.key}
    assert rows[0][2]["reason"] == "help"
    assert [row[2].get("path") for row in rows[1:4]] == ["/huvudman/", "/arbete/", "/konto/"]
    assert rows[4][2]["why"] == "stopped"
    assert "Bergvall" not in json.dumps([row[2] for row in rows])


def test_after_the_stop_she_is_herself(looking, administrator, coordinator):
    looking.post(STOP)

    page = looking.get("/arbete/")
    assert page.context["user"] == administrator
    assert "Du ser det som" not in page.content.decode()
    assert looking.post(DO, {"language": "en"}).status_code == 200
    coordinator.refresh_from_db()
    assert coordinator.language == "sv"


def test_a_form_that_stood_open_during_the_look_is_not_taken_after_it(administrator, coordinator, probing):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(administrator)

    def send(address, token, **given):
        return browser.post(address, {**given, "csrfmiddlewaretoken": token})

    def token():
        return browser.get("/tillganglighet/").context["csrf_token"]

    assert send(LOOK, token(), person=str(coordinator.key), reason="help").status_code == 302
    while_looking = str(token())
    assert send(STOP, while_looking).status_code == 302
    assert send(DO, while_looking, language="en").status_code == 403
    assert send(DO, token(), language="en").status_code == 200


def test_logging_out_ends_it_and_logs_the_administrator_out(looking, coordinator, administrator):
    assert looking.get("/konto/logga-ut/").status_code == 200
    assert looking.post("/konto/logga-ut/").status_code == 302

    assert looking.get("/arbete/").status_code == 302
    assert noted(coordinator)[-1][0] == "stopped"
    assert entries_about(administrator).last().action == "accounts.person.logged_out"
    assert not entries_about(coordinator).filter(action="accounts.person.logged_out").exists()


def late(client, minutes):
    """As if the look had begun so many minutes ago."""
    session = client.session
    kept = session[LOOKING]
    session[LOOKING] = {**kept, "until": (timezone.now() + timedelta(minutes=30 - minutes)).isoformat()}
    session.save()


def test_it_ends_by_itself_after_half_an_hour(looking, coordinator, administrator):
    late(looking, 29)
    assert looking.get("/arbete/").context["user"] == coordinator
    late(looking, 30)

    page = looking.get("/arbete/")

    assert page.context["user"] == administrator
    assert "Du ser inte längre sidorna som en annan person" in page.content.decode()
    assert noted(coordinator)[-1][2]["why"] == "time_out"
    assert "Du ser inte längre" not in looking.get("/arbete/").content.decode()


def test_a_form_sent_when_the_time_is_out_is_done_by_nobody(looking, administrator, coordinator):
    late(looking, 31)

    refused = looking.post(DO, {"language": "en"})

    assert refused.status_code == 403
    assert "Det du skickade blev inte gjort." in refused.content.decode()
    for person in (administrator, coordinator):
        person.refresh_from_db()
        assert person.language == "sv"
    assert looking.post(DO, {"language": "en"}).status_code == 200


@pytest.mark.parametrize("change", ["protected", "closed", "made an administrator", "the role taken", "login lowered"])
def test_it_ends_at_once_when_it_is_no_longer_allowed(looking, administrator, coordinator, appoint, change):
    if change == "protected":
        Person.objects.filter(pk=coordinator.pk).update(is_protected=True)
    elif change == "closed":
        Person.objects.filter(pk=coordinator.pk).update(is_active=False)
    elif change == "made an administrator":
        appoint(coordinator, "administrator")
    elif change == "the role taken":
        Appointment.objects.filter(person=administrator).delete()
    else:
        session = looking.session
        session["samspel_level"] = 1
        session.save()

    assert looking.get("/arbete/").context["user"] == administrator
    assert noted(coordinator)[-1][2]["why"] == "not_allowed"


@pytest.mark.parametrize("kept", ["x", {}, {"by": "x"}, {"by": str(uuid.uuid4()), "person": 1, "until": None}, ["a"]])
def test_a_session_that_keeps_something_odd_looks_at_nobody(client, administrator, kept):
    assert looking_in({LOOKING: kept}) is None
    client.force_login(administrator)
    session = client.session
    session[LOOKING] = kept
    session.save()

    assert client.get("/arbete/").context["user"] == administrator


def test_a_look_that_another_administrator_began_is_not_taken_over(client, administrator, coordinator):
    client.force_login(administrator)
    session = client.session
    kept = Looking(by=uuid.uuid4(), person=coordinator.key, until=timezone.now() + timedelta(minutes=5))
    session[LOOKING] = kept.as_kept()
    session.save()

    assert client.get("/arbete/").context["user"] == administrator


def test_a_look_asks_the_database_no_more_for_more_roles(looking, coordinator, appoint, organization):
    counts = []
    for name in ("A kommun", "B kommun", "C kommun"):
        with CaptureQueriesContext(connection) as asked:
            looking.get("/tillganglighet/")
        counts.append(len(asked))
        appoint(coordinator, "coordinator", organization(name))
    assert len(set(counts)) == 1


# Beginning.


@pytest.mark.parametrize("role", ["education_officer", "registrar", "decision_maker", None])
def test_only_administrators_of_the_system_look(client, add_person, appoint, coordinator, role):
    person = add_person(email="annan@myndigheten.example", name="Annan")
    if role:
        appoint(person, role)
    client.force_login(person)

    assert client.get(LOOK).status_code == 403
    assert client.post(LOOK, {"person": str(coordinator.key), "reason": "help"}).status_code == 403
    with pytest.raises(PermissionDenied):
        viewing.start(person=coordinator, reason="help", by=person, at=timezone.now())


def test_an_organizers_administrator_is_no_administrator_of_the_system(client, coordinator, add_person):
    client.force_login(coordinator)

    assert client.get(LOOK).status_code == 403


def test_a_login_by_code_alone_does_not_do(client, administrator, coordinator):
    client.force_login(administrator, level=Level.READ)

    refused = client.post(LOOK, {"person": str(coordinator.key), "reason": "help"})

    assert refused.status_code == 403
    assert "säkrare inloggning" in refused.content.decode()
    assert LOOKING not in client.session
    administrator.session_level = 1
    with pytest.raises(LevelTooLow):
        viewing.start(person=coordinator, reason="help", by=administrator, at=timezone.now())


@pytest.fixture
def never(add_person, appoint, administrator):
    """People that nobody looks as, by why."""
    named = ["protected", "closed", "merged", "emptied", "other", "standing in"]
    people = {name: add_person(email=f"{name.replace(' ', '')}@exempel.example", name=f"Namn {name}") for name in named}
    Person.objects.filter(pk=people["protected"].pk).update(is_protected=True)
    Person.objects.filter(pk=people["closed"].pk).update(is_active=False)
    Person.objects.filter(pk=people["merged"].pk).update(merged_into=people["other"].pk)
    Person.objects.filter(pk=people["emptied"].pk).update(anonymized_at=timezone.now())
    held = appoint(people["other"], "administrator")
    today = timezone.localdate()
    StandIn.objects.create(
        appointment=held, deputy=people["standing in"], from_on=today, to_on=today, set_at=timezone.now()
    )
    return {**people, "herself": administrator}


def test_nobody_looks_as_who_is_not_to_be_looked_at(client, administrator, never):
    client.force_login(administrator)
    for why, person in never.items():
        answer = client.post(LOOK, {"person": str(person.key), "reason": "help"})
        assert answer.status_code == 422, why
        assert LOOKING not in client.session
        person.refresh_from_db()
        with pytest.raises(viewing.LookRefused):
            viewing.start(person=person, reason="help", by=fresh(administrator), at=timezone.now())

    assert not AuditEntry.objects.filter(action__startswith="accounts.look.").exists()


def test_the_search_finds_by_name_and_address_and_hides_those_it_must(client, administrator, coordinator, never):
    client.force_login(administrator)

    def found(words):
        return [person.email for person in client.get(LOOK, {"q": words}).context["found"]]

    assert found("bergvall") == found("ASTRID berg") == found("kommunen.example") == [coordinator.email]
    assert found("") == found("finns inte") == found("\x00") == found("x" * 5000) == []
    assert set(found("exempel.example")) == {never["other"].email, never["standing in"].email}


def test_a_person_chosen_from_elsewhere_stands_on_the_page_with_the_reasons(client, administrator, coordinator):
    client.force_login(administrator)

    page = client.get(LOOK, {"person": str(coordinator.key)}).content.decode()

    assert "Som Astrid Bergvall" in page
    assert page.count('type="radio"') == 3


@pytest.mark.parametrize(
    "given", [{}, {"person": "x"}, {"person": ""}, {"person": str(uuid.uuid4()), "reason": "help"}, {"reason": "help"},
              {"person": "\x00", "reason": "\x00"}, {"person": "9" * 4000}],
)  # fmt: skip
def test_odd_choices_begin_nothing(client, administrator, given):
    client.force_login(administrator)

    assert client.get(LOOK, given).status_code == 200
    assert client.post(LOOK, given).status_code == 422
    assert LOOKING not in client.session


@pytest.mark.parametrize("reason", ["", "nyfiken", "\x00"])
def test_without_a_reason_nobody_looks(client, administrator, coordinator, reason):
    client.force_login(administrator)

    answer = client.post(LOOK, {"person": str(coordinator.key), "reason": reason})

    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors
    with pytest.raises(viewing.LookRefused):
        viewing.start(person=coordinator, reason=reason, by=fresh(administrator), at=timezone.now())


def test_stopping_when_nothing_was_begun_does_nothing(client, coordinator):
    client.force_login(coordinator)

    assert client.post(STOP).url == "/arbete/"
    assert client.get(STOP).status_code == 405
    assert not AuditEntry.objects.filter(action__startswith="accounts.look.").exists()


def test_the_search_asks_no_more_of_the_database_for_more_people(client, administrator, add_person):
    client.force_login(administrator)
    counts = []
    for number in range(3):
        add_person(email=f"lika{number}@kommunen.example", name="Lika")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(LOOK, {"q": "lika"})
        counts.append(len(asked))
        assert len(page.context["found"]) == number + 1
    assert len(set(counts)) == 1


def test_on_her_page_the_pages_of_a_look_are_one_row(looking, coordinator, administrator, django_assert_num_queries):
    for address in ("/", "/huvudman/", "/arbete/"):
        looking.get(address)
    looking.post(STOP)

    with django_assert_num_queries(3):
        rows = history_of_person(coordinator)

    looked = [
        (row.action.rpartition(".")[2], str(row.label)) for row in rows if row.action.startswith("accounts.look.")
    ]
    assert [action for action, _label in looked] == ["stopped", "page_seen", "started"]
    assert looked[1][1] == "3 sidor visades som den här personen ser dem"
    assert "3 sidor visades" in looking.get(f"/arbete/personer/{coordinator.key}/").content.decode()


def test_what_lets_somebody_in_is_not_written_in_the_audit():
    assert viewing._without_token("/inbjudan/abc-def_123/") == "/inbjudan/…/"
    assert viewing._without_token("/arbete/") == "/arbete/"
    assert viewing._without_token("/finns/inte/") == "/finns/inte/"
