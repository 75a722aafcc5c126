"""Jobs of case files: the shared mailbox is fetched."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from procrastinate.contrib.django import app

from samspel.casefiles.operations import questions
from samspel.casefiles.queries import health
from samspel.kernel.files.scanning import ScannerAway
from samspel.post.operations import fetching

log = structlog.get_logger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="casefiles.fetch_questions", queue="urgent", queueing_lock="casefiles.fetch_questions")
def fetch_questions(timestamp: int) -> None:
    """Every minute: what came to the shared mailbox becomes questions.

    A mailbox that cannot be read is told of by `queries.health` after an hour, and tried again in a minute.
    """
    if not settings.SAMSPEL_MAILBOX_IMAP:
        return
    box = fetching.Mailbox.of(settings.SAMSPEL_MAILBOX_IMAP)
    try:
        fetched = fetching.fetch(box, _take)
    except fetching.MailboxRefused as refused:
        log.warning("casefiles.mailbox.not_read", reason=refused.code)
        return
    if not fetched.is_cut_short:
        cache.set(health.READ_AT, timezone.now(), timeout=None)
        cache.set(health.LEFT, fetched.flagged, timeout=None)
    if fetched.left:
        log.warning("casefiles.mails.left", number=fetched.left)


def _take(raw: bytes) -> None:
    """While the virus check is away mail waits unread in the mailbox: an original is never let go for that."""
    try:
        questions.receive(raw, at=timezone.now())
    except ScannerAway as away:
        raise fetching.TryLater from away
