"""How somebody came in, and how sure that is: read from what allauth keeps in the session."""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from samspel.accounts.models import Person
from samspel.accounts.rules import levels
from samspel.kernel.permissions import LEVEL

# Where the session keeps what an organization's own login said of that: {"login": id, "level": number}.
FEDERATED: Final = "samspel_federated"
# Where it keeps the word by which her own page asks for a link to an organization's login.
LINKING: Final = "samspel_linking"

__all__ = [
    "FEDERATED",
    "LEVEL",
    "LINKING",
    "is_fresh",
    "is_let_in_by_federation",
    "is_meant_as_link",
    "level_reached",
    "ways_of",
]

_WAYS: Final = {
    ("code", None): levels.CODE,
    ("socialaccount", None): levels.FEDERATION,
    ("demo", None): levels.DEMO,
    ("mfa", "totp"): levels.TOTP,
    ("mfa", "webauthn"): levels.PASSKEY,
    ("mfa", "recovery_codes"): levels.RECOVERY,
}


def ways_of(request: HttpRequest, person: Person) -> list[str]:
    """The ways she showed in this session who she is, in the order she went them."""
    records = get_authentication_records(request, person)
    ways = [_WAYS.get((record.get("method", ""), record.get("type"))) for record in records]
    return [way for way in ways if way]


def level_reached(request: HttpRequest, person: Person) -> int:
    """The level of this session by the table of the settings, SAMSPEL_LEVELS."""
    federation = request.session.get(FEDERATED) or {}
    return levels.level_of(ways_of(request, person), settings.SAMSPEL_LEVELS, int(federation.get("level", levels.READ)))


def is_fresh(request: HttpRequest) -> bool:
    """Whether she showed who she is within the last minutes (ACCOUNT_REAUTHENTICATION_TIMEOUT, in seconds)."""
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def is_meant_as_link(request: HttpRequest) -> bool:
    """Whether she, just now sure to be herself, asked on her own page that an organization's login shall let her in.

    The word in the address is one that her session alone knows, so that no other page can ask it for her.
    """
    word = request.session.get(LINKING, "")
    is_hers = bool(word) and constant_time_compare(request.GET.get("koppla", ""), word)
    return is_hers and request.user.is_authenticated and is_fresh(request)


def is_let_in_by_federation(request: HttpRequest, person: Person | None) -> bool:
    """Whether her organization's own login already showed two things: then no second one is asked for here."""
    if person is None or levels.FEDERATION not in ways_of(request, person):
        return False
    return int((request.session.get(FEDERATED) or {}).get("level", levels.READ)) >= levels.SUBMIT
