"""What has happened with a person's row, and with those merged into it."""

from __future__ import annotations

from django.db.models import Q

from samspel.accounts.models import Person
from samspel.kernel.audit import HistoryRow, history_of
from samspel.kernel.audit.models import AuditEntry

MOST = 200


def history_of_person(person: Person) -> list[HistoryRow]:
    """The latest MOST entries of all her rows, newest first, in two queries."""
    rows = [person.pk, *person.merged.values_list("pk", flat=True)]
    about = Q(subject_type=Person._meta.label_lower, subject_key__in=[str(pk) for pk in rows])
    latest = list(AuditEntry.objects.filter(about).order_by("-id")[:MOST])
    return history_of(person, entries=latest[::-1])
