"""Audits of letters: who was to have each, against the mails that were written; few queries however many letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from samspel.letters.models import Letter, LetterState, PassedTo, PassingOn, Recipient
from samspel.letters.queries.letters import title_of
from samspel.letters.rules.audits import COUNTS, LETTER, PASSED_ON, LetterAudit
from samspel.post.models import Mailing, Message
from samspel.post.queries import audits
from samspel.post.rules.audits import MailingAudit


def all_sent() -> list[LetterAudit]:
    """Every letter that was sent and everything passed on, newest first."""
    return sorted([*_of_letters(), *_of_passed_on()], key=lambda audit: audit.sent_at, reverse=True)


def _of_letters() -> Iterator[LetterAudit]:
    sent = list(Letter.objects.filter(state=LetterState.SENT))
    rows = _rows(Recipient.objects.filter(letter__in=sent), "letter_id")
    mailings = _mailings(letter.mailing_key for letter in sent)
    for letter in sent:
        yield _audit(
            rows.get(letter.pk, {}), mailings.get(letter.mailing_key),
            key=letter.key, what=LETTER, title=title_of(letter, "sv"), sent_at=letter.sent_at,
            expected=letter.expected or 0,
        )  # fmt: skip


def _of_passed_on() -> Iterator[LetterAudit]:
    passed = list(PassingOn.objects.exclude(mailing_key=None).select_related("letter"))
    rows = _rows(PassedTo.objects.filter(passing_on__in=passed), "passing_on_id")
    mailings = _mailings(one.mailing_key for one in passed)
    for one in passed:
        yield _audit(
            rows.get(one.pk, {}), mailings.get(one.mailing_key),
            key=one.key, what=PASSED_ON, title=title_of(one.letter, "sv"), sent_at=one.at, expected=one.expected,
        )  # fmt: skip


def _rows(recipients: QuerySet[Any], by: str) -> dict[int, dict[str, int]]:
    """How many recipients each has, and how many of them no mail was written to."""
    has_mail = Exists(Message.objects.filter(key=OuterRef("message_key")))
    counted = recipients.annotate(has_mail=has_mail).order_by().values(by)
    counted = counted.annotate(rows=Count("pk"), without_mail=Count("pk", filter=Q(has_mail=False)))
    return {row[by]: {"rows": row["rows"], "without_mail": row["without_mail"]} for row in counted}


def _mailings(keys: Iterator[UUID | None] | Any) -> Mapping[UUID | None, MailingAudit]:
    wanted = [key for key in keys if key]
    return {audit.key: audit for audit in audits.of_mailings(Mailing.objects.filter(key__in=wanted))}


def _audit(rows: Mapping[str, int], mailing: MailingAudit | None, **facts: Any) -> LetterAudit:
    counts = {name: getattr(mailing, name) if mailing else 0 for name in COUNTS}
    found = rows.get("rows", 0)
    mails = mailing.rows if mailing else 0
    # A mail that no recipient of ours has is one too many.
    strangers = max(mails - (found - rows.get("without_mail", 0)), 0)
    return LetterAudit(
        **facts,
        **counts,
        rows=found,
        mails=mails,
        without_mail=rows.get("without_mail", 0),
        doubled=(mailing.doubled if mailing else 0) + strangers,
    )
