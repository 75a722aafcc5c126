"""The operations page as tables and facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.kernel import jobs
from samspel.kernel.ui.components import Badge, Fact
from samspel.kernel.ui.dates import moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.post import queries
from samspel.post.models import Mailing, Message
from samspel.post.queries import audits, health
from samspel.post.queries import jobs as job_queries
from samspel.post.queries.messages import state_in_words
from samspel.post.queries.reasons import in_words

MAILINGS_SHOWN = 50
JOBS_SHOWN = 50


def page(params: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Everything on the page; the number of queries does not grow with the rows."""
    return {
        "troubles": health.troubles(at),
        "running": _running(at),
        "in_doubt": _stopped(queries.in_doubt(), params, "in_doubt", _("In doubt"), _("Nothing is in doubt.")),
        "failed": _stopped(queries.failed_unseen(), params, "failed", _("Not sent"), _("Nothing has failed.")),
        "failed_jobs": list(job_queries.failed()[:JOBS_SHOWN]),
        "stalled_jobs": list(job_queries.stalled(at)[:JOBS_SHOWN]),
        "mailings": _mailings(),
    }


def facts_of(message: Message) -> list[Fact]:
    """What is known of one message. The address is shown: whoever decides must know whom it is about."""
    told = [
        Fact(_("To"), message.to_address or _("Forgotten")),
        Fact(_("Subject"), message.subject),
        *_mailing_of(message),
        Fact(_("Stands"), state_in_words(message.state)),
        Fact(_("Why"), in_words(message.failed_because)),
        Fact(_("Tries"), message.attempts),
        Fact(_("Written"), moment_text(message.written_at)),
    ]
    if message.claimed_at:
        told.append(Fact(_("Handed to the mail server"), moment_text(message.claimed_at)))
    return told


def _mailing_of(message: Message) -> list[Fact]:
    """A message of its own is told by its subject: its kind is a code."""
    return [Fact(_("Mailing"), message.mailing.title)] if message.mailing else []


def _running(at: datetime) -> list[Fact]:
    seen = job_queries.workers(at)
    facts = [Fact(_("Workers alive"), seen.alive, note=_seen(seen.seen_at))]
    names = {jobs.URGENT: _("Urgent messages waiting"), jobs.BULK: _("Bulk messages waiting")}
    for lane in health.messages_by_lane(at):
        facts.append(Fact(names[lane.lane], lane.waiting, note=_since(lane.since)))
    names = {jobs.URGENT: _("Urgent jobs ready to start"), jobs.BULK: _("Bulk jobs ready to start")}
    for ready in job_queries.lanes(at):
        facts.append(Fact(names[ready.name], ready.ready, note=_since(ready.ready_since)))
    return facts


def _seen(seen_at: datetime | None) -> str:
    return _("last seen %(moment)s") % {"moment": moment_text(seen_at)} if seen_at else _("none has been seen")


def _since(moment: datetime | None) -> str:
    return _("since %(moment)s") % {"moment": moment_text(moment)} if moment else ""


def _stopped(rows: Any, params: Mapping[str, str], name: str, caption: str, empty: str) -> Table:
    return Table(
        caption=caption,
        columns=[
            Column("to", _("To"), value=lambda message: message.to_address or "–", is_row_header=True),
            Column("what", _("What it is"), value=_what),
            Column("why", _("Why"), value=lambda message: in_words(message.failed_because)),
            Column("written", _("Written"), kind="moment", value="written_at", order_by=("written_at",)),
            Column("decide", _("Decision"), value=lambda message: _("Decide"), url=_address),
        ],
        rows=rows.select_related("mailing"),
        params=params,
        sort="written",
        page_size=20,
        name=name,
        empty=empty,
    )


def _what(message: Message) -> str:
    return message.mailing.title if message.mailing else message.subject


def _address(message: Message) -> str:
    return reverse("post:settle", args=[message.key])


def _mailings() -> Table:
    newest = Mailing.objects.order_by("-written_at", "-id").values("pk")[:MAILINGS_SHOWN]
    counts = {
        "expected": _("Expected"), "rows": _("Rows"), "sent": _("Sent"), "bounced": _("Came back"),
        "in_doubt": _("In doubt"), "waiting": _("Waits"), "failed": pgettext("messages", "Failed"),
        "paper": _("On paper"), "missing": _("Missing"), "doubled": _("Doubled"),
    }  # fmt: skip
    return Table(
        caption=_("Mailings"),
        columns=[
            Column("title", _("Mailing"), is_row_header=True),
            Column("written", _("Written"), kind="moment", value="written_at"),
            Column("is_right", _("Adds up"), kind="badge", value=_badge),
            *(Column(name, label, kind="number") for name, label in counts.items()),
        ],
        rows=audits.of_mailings(Mailing.objects.filter(pk__in=newest)),
        params={},
        page_size=MAILINGS_SHOWN,
        name="mailings",
        empty=_("No mailing has been written."),
    )


def _badge(audit: Any) -> Badge:
    return Badge(_("Yes"), "success") if audit.is_right else Badge(_("No"), "error")
