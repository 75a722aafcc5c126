"""Long after the last role a person's row is emptied, never in the middle of one, and she is told before."""

import json
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.core.serializers import serialize
from django.utils import timezone
from procrastinate.contrib.django import app

from samspel.accounts import queries
from samspel.accounts.models import AddressChange, Person
from samspel.accounts.operations import anonymizing, merging
from samspel.accounts.queries import emptying
from samspel.casefiles.models import Question
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.models import AuditEntry
from samspel.post import operations as post
from samspel.post.models import AddressTrouble, Message
from samspel.registry.models import Appointment, AppointmentDraft, Interest, Invitation, StandIn
from tests.accounts.conftest import NOW

LONG_AGO = date(2024, 6, 30)
BEFORE = NOW - timedelta(days=31)


@pytest.fixture
def gone(astrid, appoint, organization):
    """Astrid, whose last role ended more than two years ago."""
    Person.objects.filter(pk=astrid.pk).update(joined_at=NOW - timedelta(days=2000), phone="070-123 45 67")
    appoint(astrid, "coordinator", organization(), from_on=date(2021, 1, 1), to_on=LONG_AGO, mandate="Astrid får allt")
    astrid.refresh_from_db()
    return astrid


def night(at=NOW):
    return anonymizing.empty_those_due(at=at)


def is_emptied(person):
    return Person.objects.get(pk=person.pk).anonymized_at is not None


def test_she_is_told_a_month_before_and_emptied_when_it_is_over(gone):
    first = night(BEFORE)
    early = night(NOW - timedelta(days=2))
    due = night(NOW)

    assert [(one.told, one.emptied, one.failed) for one in (first, early, due)] == [(1, 0, []), (0, 0, []), (0, 1, [])]
    told = Message.objects.get(kind="accounts.will_be_removed")
    assert "19 november 2026" in told.subject
    actions = [entry.action for entry in entries_about(gone)]
    assert actions[-2:] == ["accounts.person.emptying_told", "accounts.person.emptied"]


def test_nothing_says_who_she_was_and_the_audit_keeps_her_key(gone, organization, administrator):
    Authenticator.objects.create(user=gone, type="totp", data={})
    SocialAccount.objects.create(user=gone, provider="oidc", uid="astrid@kommunen.example")
    AddressChange.objects.create(
        person=gone, new_email="a@ny.example", code_digest="0", asked_at=BEFORE, good_until=BEFORE
    )
    AddressTrouble.objects.create(address=gone.email, hard_at=BEFORE)
    home = Appointment.objects.get(person=gone).organizer
    contact = {"organizer": home, "name": gone.name, "email": gone.email}
    Interest.objects.create(**contact, phone="070-123 45 67", words="Jag heter Astrid Bergvall", received_at=BEFORE)
    AppointmentDraft.objects.create(**contact, from_on=LONG_AGO, drafted_at=BEFORE)
    Invitation.objects.create(
        **contact, token_digest="x", role="coordinator", invited_at=BEFORE, expires_at=BEFORE, state="accepted"
    )
    sent = post.write(
        kind="x", to_address=gone.email, to_key=gone.key, subject="x", body="Hej Astrid Bergvall", at=BEFORE
    )
    Message.objects.filter(pk=sent.pk).update(state="sent")

    anonymizing.empty(person=gone, by=administrator, at=NOW)

    rows = [Person.objects.filter(pk=gone.pk), Interest.objects.all(), AppointmentDraft.objects.all()]
    rows += [Invitation.objects.all(), Message.objects.filter(kind="x"), Appointment.objects.all()]
    kept = " ".join(serialize("json", each) for each in rows)
    for secret in ("Astrid", "Bergvall", "bergvall", "kommunen.example", "123 45 67"):
        assert secret not in kept
    assert json.loads(serialize("json", rows[0]))[0]["fields"]["email"] == f"{gone.key}@borttagen.invalid"
    assert not (Authenticator.objects.exists() or SocialAccount.objects.exists() or AddressChange.objects.exists())
    assert not AddressTrouble.objects.exists()
    assert queries.names_of([gone.key]) == {gone.key: "Person vars uppgifter är borttagna"}
    assert entries_about(gone).exists()


def test_she_is_not_let_in_afterwards_and_her_address_is_free_for_another(gone, add_person):
    night(BEFORE)
    night(NOW)

    assert queries.person_by_email("astrid.bergvall@kommunen.example") is None
    assert add_person(name="En annan Astrid") != gone


@pytest.mark.parametrize("to_on", [None, date(2026, 12, 31), NOW.date()])
def test_never_in_the_middle_of_a_role_nor_before_one_that_comes(gone, appoint, administrator, to_on):
    appoint(gone, "principal", from_on=date(2026, 1, 1), to_on=to_on)

    night(BEFORE)
    night(NOW)
    with pytest.raises(anonymizing.NotEmptied) as refusal:
        anonymizing.empty(person=gone, by=administrator, at=NOW)

    assert str(refusal.value) == "Personen har ett uppdrag, eller ska få ett."
    assert not is_emptied(gone)
    assert not Message.objects.exists()


def test_who_stands_in_for_another_or_is_named_as_manager_is_held(gone, add_person, appoint, administrator):
    other = appoint(add_person(email="b@kommunen.example", name="B"), "editor", manager=gone)
    assert not night(BEFORE).told
    other.manager = None
    other.save()
    StandIn.objects.create(
        appointment=other, deputy=gone, from_on=date(2026, 11, 1), to_on=date(2026, 12, 1), set_at=NOW
    )

    assert not night(BEFORE).told
    with pytest.raises(anonymizing.NotEmptied):
        anonymizing.empty(person=gone, by=administrator, at=NOW)


def test_an_open_question_holds_her_until_it_is_closed(gone):
    Person.objects.filter(pk=gone.pk).update(emptying_told_at=BEFORE)
    question = Question.objects.create(
        subject="x", from_address="x@y.example", person=gone, due_on=NOW.date(), received_at=BEFORE
    )
    assert night().emptied == 0
    question.state = "closed"
    question.save()

    assert night().emptied == 1


def test_who_comes_back_after_she_was_told_is_spared_and_told_anew(gone, appoint):
    night(BEFORE)
    back = appoint(gone, "principal", from_on=date(2026, 11, 1))
    night(NOW)
    gone.refresh_from_db()
    assert (gone.emptying_told_at, gone.anonymized_at) == (None, None)
    back.to_on = date(2026, 11, 30)
    back.save()

    later = NOW + timedelta(days=760)
    assert (night(later).told, night(later).told) == (1, 0)


def test_who_left_less_than_two_years_ago_or_has_just_joined_is_let_be(add_person, appoint):
    left = add_person(at=NOW - timedelta(days=2000))
    appoint(left, "principal", to_on=date(2025, 6, 30))
    add_person(email="ny@kommunen.example", at=NOW - timedelta(days=10))

    assert (night().told, night().emptied) == (0, 0)


def test_who_never_had_a_role_is_reckoned_from_the_day_she_joined(add_person):
    add_person(at=NOW - timedelta(days=800))

    assert night(BEFORE).told == 1
    assert night(NOW).emptied == 1


def test_emptied_again_changes_nothing(gone, administrator):
    anonymizing.empty(person=gone, by=administrator, at=NOW)
    entries = AuditEntry.objects.count()

    anonymizing.empty(person=gone, by=administrator, at=NOW)
    assert night().emptied == 0

    assert AuditEntry.objects.count() == entries


def test_duplicates_go_with_the_row_they_were_merged_into(gone, add_person, administrator):
    twin = add_person(email="gammal@kommunen.example", name="Astrid B", at=NOW - timedelta(days=2000))
    merging.merge(keep=gone, gone=twin, by=administrator, at=BEFORE)
    with pytest.raises(anonymizing.NotEmptied):
        anonymizing.empty(person=twin, by=administrator, at=NOW)

    anonymizing.empty(person=gone, by=administrator, at=NOW)

    assert is_emptied(twin)
    assert Person.objects.get(pk=twin.pk).name == ""


def test_one_that_fails_stops_nobody_else(gone, add_person, monkeypatch):
    other = add_person(email="b@kommunen.example", name="B", at=NOW - timedelta(days=2000))
    Person.objects.update(emptying_told_at=BEFORE)

    def fails(person, *, at):
        if person == gone:
            raise RuntimeError

    shelf = HandedDown()
    shelf.add("fails", fails)
    monkeypatch.setattr(anonymizing, "emptiers", shelf)

    assert night().failed == [str(gone.key)]
    assert (is_emptied(gone), is_emptied(other)) == (False, True)
    assert Person.objects.get(pk=gone.pk).name == "Astrid Bergvall"


def test_outsiders_empty_nobody(gone, registrar, add_person):
    bo = add_person(email="bo@kommunen.example", name="Bo")
    for by in (gone, registrar, bo):
        with pytest.raises(PermissionDenied):
            anonymizing.empty(person=gone, by=by, at=NOW)
        with pytest.raises(PermissionDenied):
            anonymizing.tell(person=gone, by=by, at=NOW)

    assert not is_emptied(gone)
    assert anonymizing.tell(person=gone, by=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("last_day", "until"),
    [(date(2024, 2, 29), date(2026, 2, 28)), (date(2024, 12, 31), date(2026, 12, 31))],
)
def test_two_years_are_two_years_whatever_the_length_of_the_month(last_day, until):
    assert emptying.kept_until(last_day) == until


def test_it_is_done_every_night(gone):
    Person.objects.update(emptying_told_at=timezone.now() - timedelta(days=31))

    app.tasks["accounts.empty_people"].func(timestamp=0)

    assert is_emptied(gone)
