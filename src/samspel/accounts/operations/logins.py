"""Put on record that somebody came, showed once more who she is, and went; and that a code was guessed at."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from samspel.accounts.models import AssertionSeen, Person
from samspel.kernel.audit import SYSTEM, record

# How somebody got in, when it was one way alone; `code+totp` is two.
BY_CODE = "code"
BY_DEMO = "demo"


@transaction.atomic
def note_login(*, person: Person, at: datetime, method: str, level: int | None = None, login: str = "") -> None:
    """On record: she logged in. method: the ways in the order of rules.levels.WAYS; level: how sure that is.

    login: the id of the organization's login she came by, if any.
    """
    facts = {"method": method, "level": level, "login": login}
    told = {name: value for name, value in facts.items() if value not in (None, "") or name == "method"}
    record(action="accounts.person.logged_in", on=person, by=person, at=at, **told)


@transaction.atomic
def note_confirmation(*, person: Person, at: datetime, method: str, level: int) -> None:
    """On record: within her session she showed once more who she is, and how sure that makes it."""
    record(action="accounts.person.confirmed", on=person, by=person, at=at, method=method, level=level)


@transaction.atomic
def note_logout(*, person: Person, at: datetime) -> None:
    """On record: she logged out."""
    record(action="accounts.person.logged_out", on=person, by=person, at=at)


@transaction.atomic
def note_guesses(*, person: Person, at: datetime, tries: int) -> None:
    """On record: somebody wrote so many wrong codes for her that the code was made worthless."""
    record(action="accounts.person.code_guessed", on=person, by=SYSTEM, at=at, tries=tries)


@transaction.atomic
def take_assertion(*, login: str, assertion: str, good_until: datetime) -> bool:
    """Whether this SAML answer comes for the first time: it is remembered in the same statement that asks."""
    digest = hashlib.sha256(f"{login}\n{assertion}".encode()).hexdigest()
    return AssertionSeen.objects.get_or_create(digest=digest, defaults={"good_until": good_until})[1]


@transaction.atomic
def forget_assertions(*, at: datetime) -> int:
    """Delete what is too old to be taken again anyway; how many."""
    return AssertionSeen.objects.filter(good_until__lt=at).delete()[0]
