"""Somebody with protected identity who holds every role and has done everything is named to others on no page at all.

Every address of the program that is read is visited as many sorts of people, on the page and in its files.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import NoReverseMatch
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from samspel.accounts.middleware import LEVEL
from samspel.accounts.models import Person
from samspel.accounts.operations import protecting
from samspel.casefiles.models import CaseFile, Document, Series
from samspel.kernel.permissions import Level
from samspel.registry.models import Appointment, Role, StandIn
from samspel.registry.rules.roles import AGENCY, HELD_AT, ORGANIZER
from tests.house.test_access import ACCESS, _address, given, unit  # noqa: F401 - fixtures
from tests.selection.conftest import *  # noqa: F403 - the small invented programme, whole
from tests.selection.conftest import NOW

NAME, EMAIL, PHONE = "Qvinta Xander", "qvinta.xander@gomd.example", "070-555 44 33"
# What would tell who she is, folded as a page might fold it.
SECRETS = ("qvinta", "xander", "gomd.example", "070-555 44 33")
VISITORS = ("nobody", "outsider", "officer", "decider", "registrar", "evaluator", "administrator", "boss")
# Its own page says who may reach it: her row is shown there to who asks for it, on record.
ASKED_FOR = {"accounts:person_correct"}


@pytest.fixture
def qvinta(people, given, unit):  # noqa: F811
    """She holds every role, was the one who did everything, stands in and is stood in for."""
    qvinta = Person.objects.create(email=EMAIL, name=NAME, phone=PHONE, joined_at=NOW)
    organizer = unit.organizer
    for role in sorted(HELD_AT[AGENCY]):
        Appointment.objects.create(person=qvinta, role=role, from_on=date(2024, 1, 1), appointed_by=qvinta.key)
    for role in sorted(HELD_AT[ORGANIZER]):
        held = Appointment.objects.create(
            person=qvinta, role=role, organizer=organizer, from_on=date(2024, 1, 1), manager=qvinta
        )
    boss = Person.objects.create(email="boss@example.org", name="Boss", joined_at=NOW)
    hers = Appointment.objects.create(
        person=boss, role=Role.ADMINISTRATOR, organizer=organizer, from_on=date(2024, 1, 1), manager=qvinta,
        appointed_by=qvinta.key,
    )  # fmt: skip
    people.boss = boss
    for appointment, deputy in ((held, boss), (hers, qvinta)):
        StandIn.objects.create(
            appointment=appointment, deputy=deputy, from_on=NOW.date(), to_on=date(2030, 1, 1), set_at=NOW
        )
    _in_the_files(qvinta, organizer)
    protecting.protect(person=qvinta, reason="threat", by=people.administrator, at=NOW)
    return qvinta


def _in_the_files(qvinta, organizer):
    """A case file in her hands, with a document from her."""
    series, _made = Series.objects.get_or_create(code="SAM", defaults={"name": "Samspel"})
    case_file = CaseFile.objects.create(
        series=series, year=2026, number=9, title="Ett ärende", opened_at=NOW, opened_by=qvinta.key,
        handler=qvinta.key, last_document_number=1,
    )  # fmt: skip
    Document.objects.create(
        case_file=case_file, number=1, direction="in", kind="letter", title="Ett brev", on=NOW.date(), person=qvinta,
        organizer=organizer, registered_at=NOW, registered_by=qvinta.key,
    )  # fmt: skip


def _told(response) -> str:
    """All that an answer says, in small letters."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"%PDF-"):
        with suppress(PdfReadError):  # a scanned paper of the test is no whole file: its bytes are looked through
            return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).lower()
    return re.sub(r"\s+", " ", content.decode("utf-8", "replace")).lower()


@pytest.mark.parametrize("who", VISITORS)
def test_no_page_and_no_file_names_her_to_others(who, people, given, qvinta):  # noqa: F811
    client, leaks, seen = Client(raise_request_exception=False), [], 0
    if who != "nobody":
        client.force_login(getattr(people, who), backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[LEVEL] = int(Level.SIGN)
        session.save()
    for address in _addresses(who, given | {"person_key": qvinta.key, "one": qvinta.key}):
        response = client.get(address)
        told = _told(response)
        seen += response.status_code == 200
        leaks += [(address, secret) for secret in SECRETS if secret in told]

    assert seen > 10
    assert leaks == []


def _addresses(who, given):  # noqa: F811
    """Every address that lets her in, and the lists again searched for her by name and address.

    What a refusal says is looked at as those whom most addresses refuse, and as one of whom that table knows nothing.
    """
    sees_refusals = who in ("nobody", "outsider", "boss")
    for name in sorted(set(ACCESS) - ASKED_FOR):
        if not sees_refusals and who not in ACCESS[name]:
            continue
        try:
            address = _address(name, given)
        except (AssertionError, NoReverseMatch):
            continue
        yield address
    for address in ("/sok/", "/arbete/personer/", "/arbete/organisationer/", "/arbete/fragor/"):
        for words in ("qvi", "xan", "gom"):
            yield f"{address}?q={words}"
