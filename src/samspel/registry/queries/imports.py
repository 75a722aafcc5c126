"""Imports, for those who may make them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspel.accounts.queries import ToDo
from samspel.registry import permissions
from samspel.registry.models import BatchState, ImportBatch


def visible_to(person: Any, at: datetime) -> QuerySet[ImportBatch]:
    """All imports for those who may import, none for others; newest first."""
    if not permissions.may_import(person, at):
        return ImportBatch.objects.none()
    return ImportBatch.objects.select_related("started_by").defer("cleaned", "undo")


def with_counts(batches: QuerySet[ImportBatch]) -> QuerySet[ImportBatch]:
    """With how many files each has."""
    return batches.annotate(file_count=Count("files"))


def waiting(person: Any, at: datetime) -> Iterable[ToDo]:
    """Rows of Att göra: dry runs that wait for a decision."""
    count = visible_to(person, at).filter(state=BatchState.PROPOSED).count()
    if not count:
        return []
    title = ngettext("%(count)d import waits for a decision", "%(count)d imports wait for a decision", count) % {
        "count": count
    }
    return [ToDo(title=title, address=reverse("registry:imports"), because=_("Looked at, but not yet imported."))]
