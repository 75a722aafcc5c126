"""Documents: those of a case file, the one of a number, and where something came from."""

from __future__ import annotations

from django.db.models import QuerySet

from samspel.casefiles.models import CaseFile, Document
from samspel.registry.models import Organizer


def of_case_file(case_file: CaseFile) -> QuerySet[Document]:
    """All documents of a case file with whom they are from or to, in the order of their numbers."""
    return with_counterparts(Document.objects.filter(case_file=case_file)).order_by("number")


def with_counterparts(found: QuerySet[Document]) -> QuerySet[Document]:
    """With person, organizer, university and file."""
    return found.select_related("case_file__series", "person", "organizer", "university", "file")


def of_origin(origin: str) -> Document | None:
    """The document that something became, as "registry.authorization:<key>"."""
    return Document.objects.select_related("case_file__series").filter(origin=origin).first()


def of_organizer(organizer: Organizer) -> QuerySet[Document]:
    """Documents from or to an organizer, the newest first."""
    return with_counterparts(Document.objects.filter(organizer=organizer)).order_by("-on", "-pk")
