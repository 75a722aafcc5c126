"""What somebody has to show who she is with: passkeys, an app with codes, recovery codes, organizations' logins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils.translation import get_language

from samspel.accounts.models import Person


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner sees it."""

    pk: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Methods:
    """All of a person's: her passkeys, when her app was set up and the codes made (None: not), how many are left."""

    passkeys: tuple[Passkey, ...] = ()
    app_since: datetime | None = None
    codes_since: datetime | None = None
    codes_left: int = 0

    @property
    def has_second_factor(self) -> bool:
        """Whether there is more to ask her for than a code by mail."""
        return bool(self.passkeys or self.app_since)


@dataclass(frozen=True)
class Link:
    """An organization's login that lets her in."""

    pk: int
    name: str
    since: datetime
    last_used_at: datetime


def methods_of(person: Person) -> Methods:
    """One query, however many she has."""
    rows = list(Authenticator.objects.filter(user_id=person.pk).order_by("created_at", "pk"))
    app = next((row for row in rows if row.type == Authenticator.Type.TOTP), None)
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return Methods(
        passkeys=tuple(_passkeys(rows)),
        app_since=app.created_at if app else None,
        codes_since=codes.created_at if codes else None,
        codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
    )


def links_of(person: Person) -> list[Link]:
    """The organizations' logins that let her in, oldest first."""
    rows = SocialAccount.objects.filter(user_id=person.pk).order_by("date_joined", "pk")
    return [Link(row.pk, name_of_login(row.provider), row.date_joined, row.last_login) for row in rows]


def name_of_login(login_id: str) -> str:
    """What a way in is called, in the language being read; its id if the settings know it no more."""
    found = next((login for login in settings.SAMSPEL_LOGINS if login.id == login_id), None)
    return name_in_language(found) if found else login_id


def name_in_language(login: Any) -> str:
    """A way in's name in the language being read."""
    return login.name.get((get_language() or "sv")[:2], login.name["sv"])


def _passkeys(rows: list[Authenticator]) -> Iterator[Passkey]:
    for row in rows:
        if row.type == Authenticator.Type.WEBAUTHN:
            yield Passkey(row.pk, row.data.get("name", ""), row.created_at, row.last_used_at)
