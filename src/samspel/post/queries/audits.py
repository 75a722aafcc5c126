"""Audits of mailings: expected against found, in one query however many rows there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from samspel.post.models import Mailing, Message, MessageState
from samspel.post.rules.audits import MailingAudit

_COUNTED = {
    "sent": Q(state=MessageState.SENT),
    "bounced": Q(state=MessageState.BOUNCED),
    "in_doubt": Q(state=MessageState.IN_DOUBT),
    "waiting": Q(state__in=[MessageState.WAITING, MessageState.SENDING]),
    "failed": Q(state=MessageState.FAILED),
    "paper": Q(state=MessageState.PAPER),
    "sent_again": Q(state=MessageState.SENT, settled_at__isnull=False, sent_at__gt=F("settled_at")),
}


def of_mailings(mailings: QuerySet[Mailing] | None = None) -> list[MailingAudit]:
    """Audits, newest first; of all mailings or of those given."""
    asked = list((Mailing.objects.all() if mailings is None else mailings).order_by("-written_at", "-id"))
    return list(_audits(asked))


def wrong(*, since: datetime) -> list[MailingAudit]:
    """Audits of mailings written since then in which somebody is missing or has got two, newest first."""
    return [audit for audit in of_mailings(Mailing.objects.filter(written_at__gte=since)) if not audit.is_right]


def _audits(mailings: Iterable[Mailing]) -> Iterator[MailingAudit]:
    mailings = list(mailings)
    found = {row["mailing_id"]: row for row in _counts(mailings)}
    nothing = dict.fromkeys([*_COUNTED, "rows", "doubled"], 0)
    for mailing in mailings:
        counts = {name: number for name, number in found.get(mailing.pk, nothing).items() if name != "mailing_id"}
        yield MailingAudit(
            key=mailing.key, kind=mailing.kind, title=mailing.title, written_at=mailing.written_at,
            expected=mailing.expected, **counts,
        )  # fmt: skip


def _counts(mailings: list[Mailing]) -> QuerySet[Message, dict[str, int]]:
    addressed = Count("pk", filter=~Q(to_address=""))
    addresses = Count("to_address", filter=~Q(to_address=""), distinct=True)
    return (
        Message.objects.filter(mailing__in=[mailing.pk for mailing in mailings])
        .values("mailing_id")
        .annotate(
            rows=Count("pk"),
            doubled=addressed - addresses,
            **{name: Count("pk", filter=which) for name, which in _COUNTED.items()},
        )
        .order_by()
    )
