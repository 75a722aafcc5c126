"""Invitations: into the own organization alone, a link that works once, and ends that are told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samspel.accounts.models import Person
from samspel.accounts.queries import todo_of
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.permissions import Level, LevelTooLow
from samspel.post.models import Message
from samspel.registry.models import Appointment, Invitation, Role
from samspel.registry.operations import invitations
from samspel.registry.operations.appointments import AppointmentRefused
from samspel.registry.operations.entrants import EntrantRefused
from samspel.registry.operations.invitations import InvitationClosed, InvitationRefused, WrongPerson
from tests.registry.people import NOW, TODAY, world
from tests.registry.test_authorizations import enter, mails
from tests.registry.test_importing_at_once import at_once

MAIL = "kim@ekviken.example"
LINK = re.compile(r"/inbjudan/([\w-]+)/")


@pytest.fixture
def w(db):
    """The small world."""
    return world()


def invite(w, by=None, **facts):
    """Kim as coordinator of Ekviken, by its administrator, unless something else is said."""
    given = {"role": Role.COORDINATOR, "name": "Kim Ny", "email": MAIL, "organizer": w.ekviken}
    return invitations.invite(by=by or w.head, at=NOW, **{**given, **facts})


def link(kind="registry.invited") -> str:
    """The token of the last mail of a kind."""
    return LINK.search(Message.objects.filter(kind=kind).latest("pk").body)[1]


def code_of(call, **facts) -> str:
    with pytest.raises((InvitationClosed, InvitationRefused)) as refusal:
        call(**facts)
    return refusal.value.code


# --- inviting


def test_the_mail_carries_a_link_of_which_only_the_digest_is_kept(w):
    one = invite(w)

    assert len(link()) >= 40
    assert one.token_digest == invitations.digest_of(link()) and link() not in str(Invitation.objects.values())
    assert mails() == [("registry.invited", MAIL)]
    assert [entry.action for entry in entries_about(one)] == ["registry.invitation.sent"]


@pytest.mark.parametrize(
    ("who", "role"),
    [("head", Role.ADMINISTRATOR), ("head", Role.CHIEF_EDUCATION_OFFICER), ("chief", Role.COORDINATOR)],
)
def test_who_runs_an_organizer_invites_to_it(w, who, role):
    assert invite(w, getattr(w, who), role=role).role == role


@pytest.mark.parametrize(
    ("who", "facts"),
    [
        ("chief", {"role": Role.ADMINISTRATOR}),
        ("their_head", {}),
        ("coordinator", {}),
        ("dean", {}),
        ("officer", {}),
        ("outsider", {}),
        ("head", {"organizer": None}),
    ],
)
def test_nobody_invites_elsewhere_or_to_what_she_may_not_give(w, who, facts):
    with pytest.raises(PermissionDenied):
        invite(w, getattr(w, who), **facts)

    assert (Invitation.objects.count(), mails()) == (0, [])


def test_a_university_invites_its_own(w):
    assert (
        invite(w, w.dean, organizer=None, university=w.university, role=Role.NETWORK_LEADER).university == w.university
    )


def test_a_login_that_is_not_sure_enough_sends_nothing(w):
    w.head.session_level = Level.READ
    with pytest.raises(LevelTooLow):
        invite(w)


@pytest.mark.parametrize(
    ("field", "value"), [("email", "kim@x.se\nBcc: all@x.se"), ("name", "<i>Kim</i>"), ("name", "Kim\r\nX: y")]
)
def test_header_injection_and_markup_are_refused(w, field, value):
    with pytest.raises(EntrantRefused):
        invite(w, **{field: value})

    assert mails() == []


def test_nobody_invites_herself_to_what_decides_over_others(w):
    assert code_of(invite, w=w, email=w.head.email.upper(), role=Role.AUTHORIZED_SIGNATORY) == "to_herself"

    asked = invite(w, role=Role.AUTHORIZED_SIGNATORY)
    # Nor does she by taking the invited address afterwards.
    Person.objects.filter(pk=w.head.pk).update(email=MAIL)
    with pytest.raises(AppointmentRefused) as refused:
        invitations.accept(token=invitations.token_of(asked), by=SYSTEM, at=NOW)
    assert refused.value.codes == ("to_herself",)


def test_a_principal_is_invited_to_a_unit_of_the_organizer(w):
    own, other = w.ekviken.school_units.get(), w.sjoby.school_units.get()

    assert code_of(invite, w=w, role=Role.PRINCIPAL) == "unit"
    assert code_of(invite, w=w, school_unit=own) == "unit"
    assert code_of(invite, w=w, role=Role.PRINCIPAL, school_unit=other) == "unit_of_another"
    assert invite(w, role=Role.PRINCIPAL, school_unit=own).school_unit == own


def test_the_same_is_not_asked_twice(w):
    invite(w)

    assert code_of(invite, w=w) == "invited_already"


# --- answering


def test_accepted_she_holds_the_role_from_today_in_the_inviters_name(w):
    invite(w, title="Utvecklare")
    one = invitations.accept(token=link(), by=SYSTEM, at=NOW)

    person = Person.objects.get(email=MAIL)
    made = Appointment.objects.get(person=person)
    assert (made.role, made.organizer, made.from_on, made.appointed_by, made.title) == (
        Role.COORDINATOR, w.ekviken, TODAY, w.head.key, "Utvecklare",
    )  # fmt: skip
    assert one.appointment == made
    assert ("registry.invitation_accepted", w.head.email) in mails()


def test_a_known_address_is_that_very_person(w):
    invite(w, email=w.new.email)
    invitations.accept(token=link(), by=w.new, at=NOW)

    assert Appointment.objects.get(person=w.new).organizer == w.ekviken


def test_a_link_works_once(w):
    invite(w)
    token = link()
    invitations.accept(token=token, by=SYSTEM, at=NOW)

    assert code_of(invitations.accept, token=token, by=SYSTEM, at=NOW) == "used"
    assert Appointment.objects.filter(person__email=MAIL).count() == 1


def test_expired_withdrawn_and_made_up_links_open_nothing(w):
    one = invite(w)
    token = link()
    assert code_of(invitations.accept, token=token, by=SYSTEM, at=NOW + timedelta(days=14)) == "expired"
    assert code_of(invitations.accept, token="made-up", by=SYSTEM, at=NOW) == "unknown"
    invitations.withdraw(invitation=one, by=w.head, at=NOW)
    assert code_of(invitations.accept, token=token, by=SYSTEM, at=NOW) == "withdrawn"
    assert not Person.objects.filter(email=MAIL).exists()


def test_an_inviter_who_no_longer_may_has_invited_to_nothing(w):
    invite(w)
    w.head_task.to_on = TODAY - timedelta(days=1)
    w.head_task.save()

    assert code_of(invitations.accept, token=link(), by=SYSTEM, at=NOW) == "inviter_gone"


def test_somebody_logged_in_with_another_address_is_not_the_invited(w):
    invite(w)
    with pytest.raises(WrongPerson):
        invitations.accept(token=link(), by=w.outsider, at=NOW)


def test_sent_anew_the_old_link_is_dead(w):
    one = invite(w)
    old = link()
    invitations.renew(invitation=one, by=w.chief, at=NOW + timedelta(days=20))

    assert code_of(invitations.opened, token=old, at=NOW + timedelta(days=20)) == "unknown"
    assert invitations.opened(link(), NOW + timedelta(days=33)).pk == one.pk


def test_reminded_the_link_is_the_same(w):
    one = invite(w)
    invitations.remind(invitation=one, by=w.head, at=NOW + timedelta(days=2))

    assert link("registry.invitation_reminder") == link()
    assert code_of(invitations.remind, invitation=one, by=w.head, at=NOW + timedelta(days=15)) == "expired"


@pytest.mark.parametrize("who", ["their_head", "officer", "outsider"])
@pytest.mark.parametrize("deed", ["remind", "renew", "withdraw"])
def test_others_neither_remind_nor_withdraw(w, who, deed):
    one = invite(w)
    with pytest.raises(PermissionDenied):
        getattr(invitations, deed)(invitation=one, by=getattr(w, who), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_accept_once():
    w = world()
    invite(w)
    token = link()

    given = at_once(*[lambda: invitations.accept(token=token, by=SYSTEM, at=NOW)] * 3)

    assert sorted(type(one).__name__ for one in given) == ["Invitation", "InvitationClosed", "InvitationClosed"]
    assert Appointment.objects.filter(person__email=MAIL).count() == 1


# --- ends


def test_the_end_is_told_before_to_the_invited_and_after_to_the_inviter_once_each(w):
    invite(w)
    days = [10, 11, 12, 13, 14, 15]
    told = [invitations.announce(at=NOW + timedelta(days=day, hours=1)) for day in days]

    assert told == [0, 1, 0, 0, 1, 0]
    assert mails()[1:] == [("registry.invitation_reminder", MAIL), ("registry.invited", MAIL)]
    assert mails()[0] == ("registry.invitation_expired", w.head.email)
    assert link("registry.invitation_reminder") == link()


def test_the_inviter_sees_in_att_gora_what_waits_and_what_expired(w):
    invite(w)
    [waiting] = [row for row in todo_of(w.head, NOW) if row.address == reverse("registry:invitations")]
    [expired] = [
        row for row in todo_of(w.head, NOW + timedelta(days=15)) if row.address == reverse("registry:invitations")
    ]

    assert (waiting.is_waiting_for_others, expired.is_waiting_for_others) == (True, False)


# --- pages


def freeze(monkeypatch, at=NOW):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: at)


def test_looking_at_the_link_does_nothing_and_the_button_accepts(w, client, monkeypatch):
    freeze(monkeypatch)
    one = invite(w)
    address = reverse("registry:invited", args=[link()])

    for _time in range(2):
        text = client.get(address).content.decode()
        assert "Ekvikens kommun" in text and "Samordnare" in text and w.head.name in text
    one.refresh_from_db()
    assert one.state == "open"

    assert "antagen" in client.post(address).content.decode()
    assert Appointment.objects.filter(person__email=MAIL).count() == 1
    again = client.post(address)
    assert again.status_code == 410 and "redan antagen" in again.content.decode()


@pytest.mark.parametrize("token", ["x", "a" * 200, "A-_" * 20])
def test_a_made_up_link_is_answered_in_words(db, client, token):
    for answer in (client.get(f"/inbjudan/{token}/"), client.post(f"/inbjudan/{token}/")):
        assert answer.status_code == 410
        assert "leder inte till någon inbjudan" in answer.content.decode()


def test_no_log_line_holds_the_link(w, client, caplog):
    from samspel.config.logs import render

    one = invite(w)
    token = link()
    invitations.withdraw(invitation=one, by=w.head, at=NOW)
    client.get(f"/inbjudan/{token}/")

    lines = [render(None, "", {"event": record.getMessage(), "_record": record}) for record in caplog.records]
    assert any("registry.invitation.not_open" in line for line in lines)
    assert any("/inbjudan/…" in line for line in lines)
    assert not any(token in line for line in lines)


def test_somebody_else_logged_in_is_told_so(w, client, monkeypatch):
    freeze(monkeypatch)
    invite(w)
    enter(client, w.outsider)
    address = reverse("registry:invited", args=[link()])

    assert "inloggad som någon annan" in client.get(address).content.decode()
    assert client.post(address).status_code == 403
    assert not Person.objects.filter(email=MAIL).exists()


def test_a_head_invites_reminds_sends_anew_and_withdraws_on_the_pages(w, client):
    enter(client, w.head)
    typed = {"role": "coordinator", "name": "Kim Ny", "email": MAIL, "title": ""}
    client.post(reverse("registry:invite"), typed)
    one = Invitation.objects.get()
    assert one.organizer == w.ekviken

    for word in ("paminn", "fornya", "aterkalla"):
        answer = client.post(reverse("registry:invitation_change", args=[one.key, word]))
        assert answer.status_code == 302
    one.refresh_from_db()
    assert one.state == "withdrawn"
    late = client.post(reverse("registry:invitation_change", args=[one.key, "paminn"]))
    assert late.status_code == 409 and "redan besvarad" in late.content.decode()


@pytest.mark.parametrize(
    "facts",
    [{"role": "administrator\x00"}, {"role": "evaluator"}, {"school_unit": "00000012"}, {"email": "x"}, {"name": ""}],
)
def test_odd_input_is_refused_in_words(w, client, facts):
    enter(client, w.head)
    typed = {"role": "coordinator", "name": "Kim", "email": MAIL, **facts}

    assert client.post(reverse("registry:invite"), typed).status_code == 422
    assert not Invitation.objects.exists()


def test_anothers_invitations_are_not_there(w, client):
    one = invite(w)
    enter(client, w.their_head)

    assert MAIL not in client.get(reverse("registry:invitations")).content.decode()
    assert client.post(reverse("registry:invitation_change", args=[one.key, "aterkalla"])).status_code == 404
    assert client.get(f"{reverse('registry:invite')}?till={w.ekviken.organization_number}").status_code == 404


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_for_any_number(w, client, rows, django_assert_max_num_queries):
    for number in range(rows):
        invite(w, email=f"k{number}@x.se")
    enter(client, w.head)
    client.get(reverse("registry:invitations"))

    with django_assert_max_num_queries(12):
        client.get(reverse("registry:invitations"))
