"""Take out all that is kept about a person (article 15 of the General Data Protection Regulation)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import get_language

from samspel.accounts import permissions
from samspel.accounts.models import Person
from samspel.accounts.operations.protecting import see_name
from samspel.accounts.queries import extracts
from samspel.kernel.audit import record
from samspel.kernel.documents import pdf

TEMPLATE: Final = "accounts/documents/extract.typ"
KINDS: Final = ("pdf", "json")


@transaction.atomic
def make(*, person: Person, kind: str, by: Any, at: datetime) -> bytes | dict[str, Any]:
    """The extract as a tagged PDF ("pdf", bytes) or as plain values ("json"), in the language being read.

    By herself, or at her request by an administrator or registrar of the agency; of somebody with protected identity
    only by who may see who she is. Each is on record. Raises ValueError for another kind, PermissionDenied.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    person = Person.objects.get(pk=person.pk)
    deed = permissions.OWN_EXTRACT if by == person else permissions.EXTRACT
    permissions.TABLE.require(by, deed, at, whose=person)
    see_name(person=person, by=by, at=at)
    record(action="accounts.person.extract_made", on=person, by=by, at=at, kind=kind)
    if kind == "json":
        return extracts.as_values(person, at)
    return pdf(TEMPLATE, extracts.as_document(person, at, name=person.name), get_language() or "sv", at=at)
