"""Whose person comes by an organization's own login; which organization that is, `registry` hands down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from allauth.socialaccount.providers.base import ProviderException
from django.utils.translation import gettext_lazy as _

from samspel.accounts.models import Person
from samspel.accounts.queries.people import person_by_email
from samspel.accounts.rules import federations
from samspel.accounts.rules.federations import Federation, Told
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.permissions import AGENCY, Place, holdings_of
from samspel.kernel.refusals import Refusal

# Why a login by an organization's own was not taken.
ANSWER: Final = "answer"
UNREACHABLE: Final = "unreachable"
CANCELLED: Final = "cancelled"
REPLAYED: Final = "replayed"
NOT_KNOWN: Final = "not_known"

SENTENCES: Final = {
    ANSWER: _("The answer that came back cannot be trusted: it was altered, too old, or meant for somebody else."),
    REPLAYED: _("The answer that came back has been used before. An answer lets in once."),
    UNREACHABLE: _("The organization's login does not answer just now. Try again in a while, or log in another way."),
    CANCELLED: _("You stopped the login at your organization."),
    NOT_KNOWN: _("Your organization logged you in, but there is no account here that is yours."),
    federations.NO_STABLE_ID: _("Your organization's login did not say who you are. Ask those who run it there."),
    federations.SCOPE: _("Your organization's login spoke for another organization than its own."),
    federations.ORGANIZATION: _("Your organization's login spoke for another organization than its own."),
}


class FederationRefused(Refusal, ProviderException):
    """A login by an organization's own was not taken; `code` is one of SENTENCES. `detail` is for the log alone."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(SENTENCES[code], code=code)
        self.detail = detail


@dataclass(frozen=True)
class OrganizationOfLogin:
    """An organization that an answer leads to: its place in the table of roles, its name and number ("" if none).

    who_invites: names of those who can invite somebody there, without those whose identity is protected.
    """

    place: Place
    name: str
    number: str = ""
    who_invites: tuple[str, ...] = ()


OrganizationResolver = Callable[[Told, datetime], Iterable[OrganizationOfLogin]]

organizations_of_login: HandedDown[OrganizationResolver] = HandedDown()
"""From school-unit codes and organization numbers to organizations; the app that keeps organizations adds its own."""


def organizations(told: Told, agreed: Federation, at: datetime) -> list[OrganizationOfLogin]:
    """Where an answer says somebody belongs, as far as the answerer may say so."""
    found = [one for resolve in organizations_of_login for one in resolve(told, at)]
    return [one for one in found if not one.number or federations.may_speak_for(one.number, agreed)]


def person_told(told: Told, agreed: Federation, at: datetime) -> Person | None:
    """Whose verified address it is, if she holds an appointment where the answer says that she belongs."""
    person = person_by_email(told.mail) if told.mail and told.is_mail_verified else None
    return person if person is not None and belongs(person, told, agreed, at) else None


def belongs(person: Person, told: Told, agreed: Federation, at: datetime) -> bool:
    """Whether a person holds an appointment of her own where an answer says that she belongs."""
    places = {one.place for one in organizations(told, agreed, at)} | ({AGENCY} if agreed.is_agency else set())
    own = {held.place for held in holdings_of(person, at) if held.instead_of is None}
    return bool(own & places)


def login_by_id(logins: Iterable[Any], login_id: str) -> Any | None:
    """The way in of that id among those of the settings."""
    return next((login for login in logins if login.id == login_id), None)
