"""Ways in, at every stage: papers waiting and refused, invitations open, expired and accepted, interests, a draft."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from samspel.accounts.models import Person
from samspel.accounts.operations import add_person
from samspel.kernel.audit import SYSTEM
from samspel.kernel.documents import pdf
from samspel.kernel.values.working_days import working_day_from, working_day_until
from samspel.registry.models import AppointmentDraft, Authorization, Interest, Invitation, Organizer, Role
from samspel.registry.operations import authorizations, drafts, interests, invitations
from samspel.registry.views.entry import blanks

OFFICER = "majken.ostlund@myndigheten.example"
INVITER = "vera.holm@bjorkforsen.example"
INVITING = "Björkforsens kommun"


def fill(at: datetime) -> None:
    """Add what is not there; each stage once."""
    officer = Person.objects.get(email=OFFICER)
    _authorizations(officer, at)
    _invitations(at)
    _interests(officer, at)
    _draft(officer, at)


def _worked(at: datetime, days_ago: int, hour: int, minute: int) -> datetime:
    """A time of day in offices so many days ago, or on the working day before."""
    day = working_day_until(timezone.localdate(at) - timedelta(days=days_ago))
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())


def _organizer(name: str) -> Organizer:
    return Organizer.objects.get(name=name, is_invented=True)


def _authorizations(officer: Any, at: datetime) -> None:
    waiting = {"name": "Ebba Roos", "email": "ebba.roos@trekanalen.example", "title": "Förbundssekreterare"}
    refused = {"name": "Folke Lindh", "email": "folke.lindh@glantan.example", "title": "Rektor"}
    if not Authorization.objects.filter(email=refused["email"]).exists():
        one = _paper("Gläntans skolor AB", "Folke Lindh, rektor", _worked(at, 30, 14, 25), **refused)
        reason = "Fullmakten är undertecknad av samma person som den utser. Låt firmatecknaren skriva under."
        authorizations.refuse(authorization=one, reason=reason, by=officer, at=_worked(at, 27, 15, 40))
    if not Authorization.objects.filter(email=waiting["email"]).exists():
        _paper("Trekanalens utbildningsförbund", "Ulla Kvist, förbundschef", _worked(at, 2, 10, 50), **waiting)


def _paper(where: str, signed_by: str, at: datetime, **typed: str) -> Authorization:
    organizer = _organizer(where)
    with override("sv"):
        content = pdf(
            "registry/documents/authorization.typ", blanks.authorization(where, organizer.written_number), "sv"
        )
    return authorizations.submit(
        content=content,
        file_name="fullmakt.pdf",
        organizer=organizer,
        signed_by=signed_by,
        by=SYSTEM,
        at=at,
        **typed,
    )


def _invitations(at: datetime) -> None:
    organizer, inviter = _organizer(INVITING), Person.objects.get(email=INVITER)
    for name, mail, role, days in (
        ("Tora Blad", "tora.blad@bjorkforsen.example", Role.DEVELOPMENT_LEAD, 3),
        ("Ivar Sten", "ivar.sten@bjorkforsen.example", Role.COORDINATOR, 20),
        ("Alma Gren", "alma.gren@bjorkforsen.example", Role.DEVELOPMENT_LEAD, 40),
    ):
        if Invitation.objects.filter(email=mail).exists():
            continue
        sent = _worked(at, days, 11, 5)
        one = invitations.invite(role=role, name=name, email=mail, organizer=organizer, by=inviter, at=sent)
        if mail.startswith("alma"):
            add_person(email=mail, name=name, is_invented=True, by=SYSTEM, at=sent)
            invitations.accept(token=invitations.token_of(one), by=SYSTEM, at=sent + timedelta(days=1))


def _interests(officer: Any, at: datetime) -> None:
    for organizer, name, mail, words, days in (
        (0, "Disa Wik", "disa.wik", "Vi tar emot fler nyanlända elever och vill arbeta mer samlat.", 1),
        (1, "Gösta Rydell", "gosta.rydell", "", 21),
    ):
        place = _without_coordinator()[organizer]
        address = f"{mail}@huvudmannen.example"
        if Interest.objects.filter(email=address).exists():
            continue
        came = _worked(at, days, 15, 20)
        one = interests.register(
            organizer=place, name=name, email=address, title="Skolchef", words=words, by=SYSTEM, at=came
        )
        if days > 7:
            interests.ask_for_authorization(interest=one, by=officer, at=_worked(at, days - 3, 16, 5))


def _without_coordinator() -> list[Organizer]:
    """Invented organizers that never had anybody, by name."""
    return list(Organizer.objects.filter(is_invented=True, appointments=None).order_by("sort_key")[:2])


def _draft(officer: Any, at: datetime) -> None:
    address = "malte.flink@almvik.example"
    if not AppointmentDraft.objects.filter(email=address).exists():
        drafts.draft(
            organizer=_organizer("Almviks kommun"),
            name="Malte Flink",
            email=address,
            title="Utvecklingsledare",
            from_on=working_day_from(timezone.localdate(at) + timedelta(days=21)),
            by=officer,
            at=_worked(at, 1, 13, 15),
        )
