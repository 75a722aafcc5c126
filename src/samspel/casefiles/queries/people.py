"""People in case files: who can handle them, and what those who sent or got a document are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.accounts.queries import names_of
from samspel.casefiles.models import Document
from samspel.casefiles.permissions import HANDLE, TABLE
from samspel.registry.models import Appointment
from samspel.registry.queries.holdings import in_force


def handlers(at: datetime) -> QuerySet[Person]:
    """Who can handle case files on a day, by name: those at the agency whose role has a desk. One query."""
    roles = [role for role in TABLE.deeds[HANDLE].roles if role != "the_system"]
    held = Appointment.objects.filter(
        in_force(timezone.localdate(at)), role__in=roles, organizer__isnull=True, university__isnull=True
    )
    return Person.objects.filter(pk__in=held.values("person"), is_active=True).order_by("sort_key", "pk")


def names_in(keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """Person key to the name that everybody may see: protected people are masked."""
    return names_of(keys)


def counterparts(documents: Iterable[Document]) -> dict[int, str]:
    """Document pk to who sent it or got it, in words; read the documents with person, organizer and university.

    One query for all people, in which protected ones are masked.
    """
    documents = list(documents)
    names = names_of(one.person.key for one in documents if one.person_id)
    return {one.pk: _counterpart(one, names) for one in documents}


def _counterpart(document: Document, names: dict[Any, str]) -> str:
    person = names.get(document.person.key, "") if document.person_id else ""
    place = document.organizer or document.university
    said = [person or document.counterpart, place.name if place else ""]
    return ", ".join(part for part in said if part)
