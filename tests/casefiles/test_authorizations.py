"""Authorizations become documents: the paper in, and what came of it."""

from __future__ import annotations

import pytest

from samspel.casefiles.models import CaseFile, Document
from samspel.kernel.audit import SYSTEM
from samspel.kernel.files.storing import FileRefused
from samspel.registry.models import University
from samspel.registry.operations import authorizations
from tests.casefiles.conftest import NOW, PDF

pytestmark = pytest.mark.django_db


def hand_in(content=PDF, **place):
    return authorizations.submit(
        content=content,
        file_name="fullmakt.pdf",
        name="Anna Administratör",
        email="anna@example.org",
        signed_by="Firmatecknaren",
        by=SYSTEM,
        at=NOW,
        **place,
    )


def test_an_authorization_becomes_a_document_in_a_case_file_of_its_own(organizer):
    authorization = hand_in(organizer=organizer)

    document = Document.objects.select_related("case_file__series").get()
    assert document.case_file.diary_number == "FUL 2026:1"
    assert (document.number, document.direction, document.kind) == (1, "in", "authorization")
    assert document.file == authorization.file
    assert document.origin == document.case_file.subject == f"registry.authorization:{authorization.key}"
    assert [one.organizer for one in document.case_file.parties.all()] == [organizer]
    assert document.title == "Fullmakt för administratör, Påhittade 01 kommun"


def test_a_university_is_a_party_just_as_well():
    university = University.objects.create(slug="hogskolan", name="Högskolan", sort_key="hogskolan")

    hand_in(university=university)

    assert CaseFile.objects.get().parties.get().university == university


@pytest.mark.parametrize("is_accepted", [True, False])
def test_what_came_of_it_is_a_document_too_and_closes_the_case_file(organizer, officer, is_accepted):
    authorization = hand_in(organizer=organizer)

    if is_accepted:
        authorizations.accept(authorization=authorization, by=officer, at=NOW)
    else:
        authorizations.refuse(authorization=authorization, reason="Underskriften saknas.", by=officer, at=NOW)

    document = Document.objects.select_related("case_file").get(number=2)
    assert (document.direction, document.kind) == ("drawn_up", "decision")
    assert document.title == ("Fullmakten är godkänd" if is_accepted else "Fullmakten är inte godkänd")
    assert ("Underskriften saknas." in document.words) is not is_accepted
    assert officer.name in document.words
    assert document.case_file.state == "closed"


def test_an_authorization_that_is_refused_takes_no_number(organizer):
    with pytest.raises(FileRefused):
        hand_in(content=b"MZ" + b"\x00" * 90, organizer=organizer)

    assert CaseFile.objects.count() == 0
    assert hand_in(organizer=organizer)
    assert CaseFile.objects.get().number == 1
