"""Jobs of post: deliver messages; look after those left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from samspel.kernel import jobs
from samspel.post import operations
from samspel.post.operations import bounces, daily_mail, fetching
from samspel.post.rules import failures

log = structlog.get_logger(__name__)


class NotReached(Exception):
    """The mail server was not reached. Holds a reason code, never an address: it ends in a log."""


class UntilItIsUp(BaseRetryStrategy):
    """A mailing waits for its server as long as it takes, and looks ever more seldom: at most every five minutes."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Again after 4, 16, 64 and then 300 seconds; any other error stands as a failed job."""
        if not isinstance(exception, NotReached):
            return None
        seconds = min(4 ** min(job.attempts + 1, 5), 300)
        return RetryDecision(retry_at=timezone.now() + timedelta(seconds=seconds))


@app.task(name=operations.DELIVER, queue="urgent")
def deliver(*, message_key: str) -> None:
    """Deliver one message. What comes of it stands on its row; a later try has a job of its own."""
    tally = operations.deliver(message_key=message_key, clock=timezone.now)
    for reason in tally.reasons:
        log.warning("post.message.not_taken", message_key=message_key, reason=reason)


@app.task(name=operations.DELIVER_MAILING, queue="bulk", retry=UntilItIsUp(), pass_context=True)
def deliver_mailing(context: JobContext, *, mailing_key: str) -> None:
    """Deliver a batch of rows of a mailing over one line. Asked to stop, it ends after the mail that is in the air.

    Raises NotReached if the mail server was not, and the job is tried again; unless an equal one waits already.
    """
    try:
        tally = operations.deliver_mailing(
            mailing_key=mailing_key, clock=timezone.now, is_stopping=context.should_abort
        )
    except OSError as error:
        reason = failures.of(error).reason
        if context.job.queueing_lock and jobs.waits(context.job.queueing_lock):
            # Put back beside its equal it would neither wait nor end.
            log.warning("post.mailing.not_reached", mailing_key=mailing_key, reason=reason)
            return
        raise NotReached(reason) from None
    told: dict[str, Any] = {"mailing_key": mailing_key, "sent": tally.sent}
    if tally.reasons:
        log.warning("post.mailing.not_all_taken", **told, reasons=sorted(set(tally.reasons)))
    else:
        log.info("post.mailing.batch", **told)


@app.periodic(cron="* * * * * */15")
@app.task(name="post.find_doubtful", queue="urgent", queueing_lock="post.find_doubtful")
def find_doubtful(timestamp: int) -> None:
    """Every quarter of a minute: what a dead worker was sending is shown to a person."""
    if found := operations.find_doubtful(at=timezone.now()):
        log.warning("post.messages.in_doubt", number=found)


@app.periodic(cron="* * * * *")
@app.task(name="post.queue_stranded", queue="urgent", queueing_lock="post.queue_stranded")
def queue_stranded(timestamp: int) -> None:
    """Every minute: messages without a job get one."""
    if found := operations.queue_stranded(at=timezone.now()):
        log.warning("post.messages.stranded", number=found)


@app.periodic(cron="15 3 * * *")
@app.task(name="post.forget", queue="bulk", queueing_lock="post.forget")
def forget(timestamp: int) -> None:
    """Every night: addresses whose time is over are deleted."""
    operations.forget(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="post.fetch_bounces", queue="bulk", queueing_lock="post.fetch_bounces")
def fetch_bounces(timestamp: int) -> None:
    """Every five minutes, if there is a mailbox for them: what came back is taken in. Raises MailboxRefused."""
    if not settings.SAMSPEL_BOUNCES_IMAP:
        return
    box = fetching.Mailbox.of(settings.SAMSPEL_BOUNCES_IMAP)
    fetched = fetching.fetch(box, lambda raw: bounces.take_in(raw=raw, at=timezone.now()))
    if fetched.left:
        log.warning("post.bounces.left", number=fetched.left)


@app.periodic(cron="30 5 * * *")
@app.task(name="post.tell_what_is_wrong", queue="urgent", queueing_lock="post.tell_what_is_wrong")
def tell_what_is_wrong(timestamp: int) -> None:
    """Every morning: the administrators are told what is wrong, if anything is."""
    if told := daily_mail.tell_what_is_wrong(at=timezone.now()):
        log.warning("post.told_what_is_wrong", number=told)
