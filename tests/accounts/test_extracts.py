"""The register extract holds all that is kept about somebody, secrets and other people's names left out."""

import json
from datetime import date, timedelta
from io import BytesIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from samspel.accounts.models import Person
from samspel.accounts.operations import correcting, extracting, merging
from samspel.accounts.queries import extracts
from samspel.casefiles.models import Question
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.permissions import LevelTooLow
from samspel.post import operations as post
from samspel.registry.models import AppointmentDraft, Interest, Invitation, StandIn
from tests.accounts.conftest import NOW

PARTS = [
    "account",
    "ways_to_log_in",
    "sessions",
    "account_history",
    "appointments",
    "stand_ins",
    "managed_appointments",
    "authorizations",
    "invitations",
    "interests",
    "appointment_drafts",
    "letters_received",
    "letters_passed_on",
    "news_unsubscribed",
    "documents",
    "questions",
    "in_your_hands",
    "letter_lists",
    "form_participations",
    "form_comments",
    "form_differing_views",
    "forms_about_you",
    "form_deeds",
    "reminders",
    "reminder_choice",
    "messages",
    "deeds_counted",
    "deeds",
]


@pytest.fixture
def full(astrid, add_person, appoint, organization):
    """Astrid with something of everything, and Bo, whose name must stand nowhere in it."""
    bo, home = add_person(email="bo@kommunen.example", name="Bo Hemlig"), organization()
    appoint(astrid, "coordinator", home, manager=bo, appointed_by=bo.key, title="Utvecklare", mandate="Hela skolan")
    his = appoint(bo, "principal", home, manager=astrid)
    StandIn.objects.create(appointment=his, deputy=astrid, from_on=date(2026, 11, 1), to_on=NOW.date(), set_at=NOW)
    contact = {"organizer": home, "name": astrid.name, "email": astrid.email}
    Interest.objects.create(**contact, words="Vi vill vara med", received_at=NOW)
    AppointmentDraft.objects.create(**contact, from_on=NOW.date(), drafted_at=NOW, drafted_by=bo.key)
    Invitation.objects.create(
        **contact, token_digest="hemligt", role="coordinator", invited_at=NOW, expires_at=NOW, invited_by=bo.key
    )
    Question.objects.create(
        subject="Hur söker vi?", from_address=astrid.email, person=astrid, due_on=NOW.date(), received_at=NOW
    )
    Authenticator.objects.create(user=astrid, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    UserSession.objects.create(
        user=astrid, ip="192.0.2.7", user_agent="Webbläsaren", session_key="sessionsnyckel", data={}
    )
    post.write(
        kind="registry.appointed", to_address=astrid.email, to_key=astrid.key, subject="Bo Hemlig", body="Bo", at=NOW
    )
    correcting.correct(person=astrid, phone="070-123 45 67", by=astrid, at=NOW)
    astrid.refresh_from_db()
    return astrid


def values_of(person, by=None):
    return extracting.make(person=person, kind="json", by=by or person, at=NOW)


def test_every_part_that_is_kept_is_in_it(full):
    values = values_of(full)

    assert list(values["parts"]) == PARTS
    empty = [key for key, rows in values["parts"].items() if not rows]
    above = [part for part in PARTS if part.startswith(("form", "letter", "news", "reminder"))]
    assert set(empty) == {"authorizations", "documents", "in_your_hands", *above}
    assert values["parts"]["account"][0]["phone"] == "070-123 45 67"
    task = {
        "role": "coordinator",
        "where": "Ekvikens kommun",
        "title": "Utvecklare",
        "mandate": "Hela skolan",
        "has_manager": True,
        "appointed_by": "another",
        "from_on": "2024-01-01",
        "to_on": None,
    }
    assert {key: values["parts"]["appointments"][0][key] for key in task} == task
    assert values["parts"]["messages"][0]["kind"] == "registry.appointed"
    assert values["parts"]["questions"][0]["subject"] == "Hur söker vi?"
    assert len(values["parts"]["sessions"]) == 1
    assert {"action": "accounts.person.corrected", "count": 1} in values["parts"]["deeds_counted"]


def test_it_names_nobody_else_and_tells_no_secret(full):
    told = json.dumps(values_of(full), ensure_ascii=False, default=str)

    for secret in ("Bo Hemlig", "Hemlig", "bo@kommunen.example", "JBSWY3DPEHPK3PXP", "sessionsnyckel", "hemligt"):
        assert secret not in told


def test_it_says_why_on_what_ground_how_long_and_whom_to_ask(full, settings):
    settings.SAMSPEL_KEEP_PEOPLE_MONTHS = 24

    told = values_of(full)["information"]

    assert list(told) == ["purpose", "legal_ground", "kept_for", "sources", "receivers", "rights", "contact"]
    assert "artikel 6.1 e" in told["legal_ground"]
    assert "24 månader" in told["kept_for"]


def test_what_a_duplicate_had_and_did_is_in_it(full, add_person, administrator):
    twin = add_person(email="gammal@kommunen.example", name="Astrid B")
    correcting.correct(person=twin, phone="070-9", by=twin, at=NOW)
    merging.merge(keep=full, gone=twin, by=administrator, at=NOW)

    parts = values_of(full)["parts"]

    assert [row["email"] for row in parts["account"]] == [full.email, "gammal@kommunen.example"]
    assert {"action": "accounts.person.corrected", "count": 2} in parts["deeds_counted"]


def test_deeds_are_counted_for_ever_and_listed_for_a_year(full):
    correcting.correct(person=full, phone="070-1", by=full, at=NOW - timedelta(days=400))

    parts = values_of(full)["parts"]

    assert {"action": "accounts.person.corrected", "count": 2} in parts["deeds_counted"]
    assert len([row for row in parts["deeds"] if row["action"] == "accounts.person.corrected"]) == 1


@pytest.mark.parametrize(("language", "title"), [("sv", "Registerutdrag"), ("en", "Register extract")])
def test_the_pdf_is_tagged_and_in_the_language_being_read(client, full, language, title):
    client.force_login(full)
    prefix = "" if language == "sv" else f"/{language}"

    answer = client.get(f"{prefix}/konto/registerutdrag.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    file = PdfReader(BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in file.pages)
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert file.trailer["/Root"]["/Lang"] == language
    assert title in text
    assert "Hela skolan" in text
    assert "Bo Hemlig" not in text


def test_the_pdf_of_somebody_with_thousands_of_deeds_says_that_the_rest_stands_in_the_json(full, monkeypatch):
    monkeypatch.setattr(extracts, "MOST_ROWS", 2)
    for number in range(5):
        correcting.correct(person=full, phone=f"070-{number}", by=full, at=NOW)

    document = extracts.as_document(full, NOW, name=full.name)

    deeds = next(part for part in document["sections"] if "tolv månaderna" in part["heading"])
    assert len(deeds["rows"]) == 2
    assert deeds["note"] == "De senaste 2 visas; alla 6 står i filen i JSON."
    assert len([one for one in values_of(full)["parts"]["deeds"] if one["action"].endswith("corrected")]) == 6


def test_each_takes_out_her_own_and_it_is_on_record(client, full):
    client.force_login(full)

    answer = client.get("/konto/registerutdrag.json")

    assert json.loads(answer.content)["person"] == str(full.key)
    entry = entries_about(full).last()
    assert (entry.action, entry.by_key, entry.facts) == (
        "accounts.person.extract_made",
        full.key,
        {"kind": "json"},
    )
    assert client.get("/konto/registerutdrag.exe").status_code == 404


def test_registrar_and_administrator_take_it_out_for_her_and_it_is_on_record(enter, full, registrar, administrator):
    for by in (registrar, administrator):
        answer = enter(by).post(f"/arbete/personer/{full.key}/registerutdrag.json")
        assert json.loads(answer.content)["person"] == str(full.key)
        assert entries_about(full).last().by_key == by.key


def test_nobody_else_takes_it_out(full, add_person, appoint, organization, administrator):
    boss = add_person(email="chef@kommunen.example", name="Chef")
    appoint(boss, "administrator", organization("Björken"))
    entries = entries_about(full).count()
    for by in (boss, SYSTEM, add_person(email="c@kommunen.example", name="C")):
        with pytest.raises(PermissionDenied):
            values_of(full, by)
    administrator.session_level = 1
    with pytest.raises(LevelTooLow):
        values_of(full, administrator)

    assert entries_about(full).count() == entries


def test_that_of_somebody_protected_is_for_who_may_see_her_and_the_look_is_on_record(full, registrar, administrator):
    Person.objects.filter(pk=full.pk).update(is_protected=True)
    with pytest.raises(PermissionDenied):
        values_of(full, registrar)

    values_of(full, administrator)

    actions = [entry.action for entry in entries_about(full)]
    assert actions[-2:] == ["accounts.person.name_seen", "accounts.person.extract_made"]


def test_an_extract_asks_no_more_of_the_database_when_there_is_more(full, appoint, organization):
    asked = []
    for number in (1, 3):
        for place in range(number):
            appoint(full, "principal", organization(f"Skola {number} {place}"))
        with CaptureQueriesContext(connection) as questions:
            values_of(full)
        asked.append(len(questions))

    assert asked[0] == asked[1]
