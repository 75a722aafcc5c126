"""People that can be looked at as: found by name or address, nobody protected, closed, merged or emptied."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from samspel.accounts.models import Person
from samspel.kernel.values.sorting import search_key

MOST = 20


def people_to_look_at() -> QuerySet[Person]:
    """Everybody whose pages could be looked at, by name. Whether she administers the system is asked of her roles."""
    ordinary = Person.objects.filter(is_active=True, is_protected=False)
    return ordinary.filter(anonymized_at__isnull=True, merged_into__isnull=True).order_by("sort_key", "id")


def people_found(sought: str) -> list[Person]:
    """At most MOST people whose name or address holds the words sought; none for no words."""
    found = people_to_look_at()
    for word in sought.split():
        found = found.filter(Q(search_key__contains=search_key(word)) | Q(email__icontains=word))
    return list(found[:MOST]) if sought.strip() else []


def person_looked_at(key: UUID) -> Person | None:
    """The person of a key, if she can be looked at as."""
    return people_to_look_at().filter(key=key).first()
