"""People by address and key, and their names for those who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from samspel.accounts.models import Person

if TYPE_CHECKING:
    from samspel.post.operations.notices import Addressee


def person_by_email(email: str) -> Person | None:
    """The active person with that address, whatever its capitals."""
    return Person.objects.filter(email=email.strip().lower(), is_active=True).first()


def standing_for(person: Person) -> Person:
    """The row that counts: the one a duplicate was merged into, else the person herself."""
    return person.merged_into or person


def names_of(keys: Iterable[UUID | None], *, seen_by: Any = None) -> dict[UUID, str]:
    """Person key to name, in one query, for those who may see who did what.

    A key that was merged gives the name of the person it turned out to be. Somebody with protected identity is named
    to herself (`seen_by`) alone; to everybody else she is "Protected identity".
    """
    wanted = {key for key in keys if key is not None}
    own = getattr(seen_by, "key", None)
    found = Person.objects.filter(key__in=wanted).select_related("merged_into")
    return {one.key: name_for(standing_for(one), own) for one in found}


def name_for(person: Person, own_key: UUID | None) -> str:
    """What a person is called when she who has this key looks: her own name, or what others see."""
    return person.name if person.key == own_key and person.name else person.shown_name


def keys_of(person: Person) -> list[UUID]:
    """Her key, and those of the rows that were merged into hers: what the audit and the post know her by."""
    return [person.key, *person.merged.order_by("pk").values_list("key", flat=True)]


def addressee(person: Person) -> Addressee:
    """A person as the post writes to her. Protected identity hides her from people, never from her mail."""
    from samspel.post.operations.notices import Addressee

    return Addressee(address=person.email, name=person.name, key=person.key, language=person.language)
