"""Add a person and change her account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from samspel.accounts import permissions
from samspel.accounts.models import Person
from samspel.accounts.queries.people import standing_for
from samspel.kernel.audit import record


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str,
    by: Any,
    at: datetime,
    language: str = "sv",
    is_invented: bool = False,
    phone: str = "",
) -> Person:
    """A person who can log in with a code sent to her address.

    Somebody with that address is returned as she is, so that what is added twice is there once; the address of a
    duplicate gives the person it was merged into. Whether `by` may give her the task she is added for is judged by
    the operation that gives it. Raises PermissionDenied unless `by` is the system or an active person.
    """
    permissions.require(permissions.may_add_person(by))
    person, is_new = Person.objects.get_or_create(
        email=email.strip().lower(),
        defaults={"name": name, "language": language, "is_invented": is_invented, "joined_at": at, "phone": phone},
    )
    if is_new:
        record(action="accounts.person.added", on=person, by=by, at=at, invented=is_invented)
    return standing_for(person)


@transaction.atomic
def change_language(*, person: Person, language: str, by: Any, at: datetime) -> Person:
    """The language a person gets her mail in. Raises ValueError for one that the program does not speak."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    permissions.require(permissions.may_change_account(by, person))
    if language not in dict(settings.LANGUAGES):
        raise ValueError(language)
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        record(action="accounts.person.language_changed", on=person, by=by, at=at, language=language)
    return person
