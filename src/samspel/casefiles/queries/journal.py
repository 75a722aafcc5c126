"""The journal (dagboksblad): what was registered in a period, as it may be shown to whoever asks (5 kap. 2 § OSL)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.casefiles.models import Document
from samspel.casefiles.queries.documents import with_counterparts
from samspel.casefiles.queries.people import counterparts


@dataclass(frozen=True)
class Entry:
    """One line: the diary number with the document's own, when it came in or was drawn up, by or to whom, on what."""

    number: str
    document: int
    registered_on: date
    on: date
    direction: str
    kind: str
    counterpart: str
    title: str
    is_masked: bool
    is_misregistered: bool


def entries(first: date, last: date, series: str = "") -> list[Entry]:
    """What was registered from one Swedish day to another, both included, in the order it was. Two queries.

    Of a document that bears a secrecy mark neither sender, receiver nor what it concerns is told, and people with
    protected identity are masked.
    """
    found = Document.objects.filter(
        registered_at__gte=_midnight(first), registered_at__lt=_midnight(last + timedelta(1))
    )
    if series:
        found = found.filter(case_file__series__code=series)
    documents = list(with_counterparts(found).order_by("registered_at", "pk"))
    return list(_entries(documents))


def _entries(documents: list[Document]) -> Iterable[Entry]:
    who = counterparts(documents)
    for one in documents:
        is_masked = one.is_secret or bool(one.case_file.secrecy_ground)
        yield Entry(
            number=one.case_file.diary_number,
            document=one.number,
            registered_on=timezone.localdate(one.registered_at),
            on=one.on,
            direction=str(one.get_direction_display()),
            kind=str(one.get_kind_display()),
            counterpart=_("Secrecy mark") if is_masked else who[one.pk],
            title=_("Secrecy mark") if is_masked else one.title,
            is_masked=is_masked,
            is_misregistered=one.misregistered_at is not None,
        )


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
