"""Somebody who got protected identity after she came in is named by none of the ways in, once they are dealt with."""

from __future__ import annotations

import pytest

from samspel.accounts.models import Person
from samspel.kernel.audit import SYSTEM
from samspel.kernel.files import storing
from samspel.registry.models import AppointmentDraft, Authorization, Interest, Invitation, Role
from tests.registry.people import NOW, TODAY, holds, person, world
from tests.registry.test_authorizations import PAPER, enter

TYPED = {"name": "Qvinta Xander", "email": "qvinta@xander.example", "title": "Kanslist"}
PLACES = {
    "authorization": "/arbete/fullmakter/",
    "invitation": "/arbete/inbjudningar/",
    "interest": "/arbete/intresse/",
    "draft": "/arbete/utkast/",
}


@pytest.fixture
def w(db):
    """The small world, and Qvinta with a task at Ekviken."""
    made = world()
    made.qvinta = person(TYPED["email"], TYPED["name"])
    made.task = holds(made.qvinta, Role.DEVELOPMENT_LEAD, organizer=made.ekviken)
    return made


def made(w, what, *, is_open):
    """One row of a way in that tells of her."""
    state = {"authorization": "accepted", "invitation": "accepted", "interest": "answered", "draft": "confirmed"}[what]
    begun = {"authorization": "submitted", "invitation": "open", "interest": "new", "draft": "waiting"}[what]
    facts = {**TYPED, "organizer": w.ekviken, "state": begun if is_open else state}
    if what == "authorization":
        file = storing.keep(PAPER, name="a.pdf", by=SYSTEM, at=NOW)
        return Authorization.objects.create(**facts, file=file, submitted_at=NOW, signed_by="Bo Ek")
    if what == "invitation":
        return Invitation.objects.create(
            **facts, role=Role.COORDINATOR, invited_at=NOW, invited_by=w.head.key, expires_at=NOW, token_digest="x"
        )
    if what == "interest":
        return Interest.objects.create(**facts, received_at=NOW, words="Qvinta heter jag")
    return AppointmentDraft.objects.create(
        **facts, from_on=TODAY, drafted_at=NOW, drafted_by=w.officer.key, appointment=w.task
    )


def pages(w, client, what, one) -> str:
    """The list, and the page of its own if it has one."""
    enter(client, w.head if what == "invitation" else w.officer)
    addresses = [PLACES[what]] + ([f"{PLACES[what]}{one.key}/"] if what != "invitation" else [])
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    return " ".join(answer.content.decode() for answer in answers).lower()


@pytest.mark.parametrize("what", PLACES)
def test_dealt_with_it_names_her_no_more(w, client, what):
    one = made(w, what, is_open=False)
    assert "qvinta" in pages(w, client, what, one)

    Person.objects.filter(pk=w.qvinta.pk).update(is_protected=True)

    text = pages(w, client, what, one)
    assert "skyddad identitet" in text
    assert "qvinta" not in text
    assert "xander.example" not in text


@pytest.mark.parametrize("what", PLACES)
def test_until_then_who_deals_with_it_sees_who_it_is(w, client, what):
    Person.objects.filter(pk=w.qvinta.pk).update(is_protected=True)

    assert "qvinta xander" in pages(w, client, what, made(w, what, is_open=True))


def test_her_new_address_does_not_bring_the_old_one_out(w, client):
    one = made(w, "draft", is_open=False)
    Person.objects.filter(pk=w.qvinta.pk).update(is_protected=True, email="ny@xander.example")

    assert "qvinta" not in pages(w, client, "draft", one)


def test_the_paper_of_an_authorization_is_not_shown_here(w, client):
    one = made(w, "authorization", is_open=False)
    enter(client, w.officer)
    assert client.get(f"{PLACES['authorization']}{one.key}/papper/").status_code == 200

    Person.objects.filter(pk=w.qvinta.pk).update(is_protected=True)

    assert client.get(f"{PLACES['authorization']}{one.key}/papper/").status_code == 404
