"""The usual way of a mailing in one statement: the last row has left, the next is ours, and its domain has a turn.

One round trip and one commit for each mail. What is unusual (a try that failed, an address that bounces, a domain
without a turn) is left to `claims`, which asks step by step; this statement then claims nothing.
"""

from __future__ import annotations

from datetime import datetime

from samspel.post.models import Message
from samspel.post.operations import turns

_TAKE = """
WITH told AS (
    UPDATE post_message SET state = 'sent', sent_at = %(at)s, claim = NULL, failed_because = '',
        body = CASE WHEN good_until IS NULL THEN body ELSE '' END,
        body_html = CASE WHEN good_until IS NULL THEN body_html ELSE '' END
    WHERE id = %(done)s AND claim = %(claim)s AND state IN ('sending', 'in_doubt')
), first AS (
    SELECT id, domain, good_until, to_address FROM post_message
    WHERE mailing_id = %(mailing)s AND state = 'waiting' AND due_at <= %(at)s
    ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
), usual AS (
    SELECT id, domain, CASE WHEN domain = ANY(%(domains)s::text[])
        THEN (%(intervals)s::interval[])[array_position(%(domains)s::text[], domain::text)] ELSE %(others)s::interval
        END AS pace_interval
    FROM first
    WHERE CASE WHEN good_until IS NOT NULL THEN good_until >= %(at)s ELSE NOT EXISTS (
        SELECT FROM post_addresstrouble trouble WHERE trouble.address = to_address AND hard_at IS NOT NULL
    ) END
), turn AS (
    INSERT INTO post_domainpace AS pace (domain, next_at)
    SELECT domain, %(at)s + pace_interval FROM usual WHERE pace_interval IS NOT NULL
    ON CONFLICT (domain) DO UPDATE SET next_at = GREATEST(pace.next_at, %(at)s) + (EXCLUDED.next_at - %(at)s)
    WHERE pace.next_at + (EXCLUDED.next_at - %(at)s) <= %(at)s + GREATEST(%(at_once)s, EXCLUDED.next_at - %(at)s)
    RETURNING domain
)
UPDATE post_message row SET state = 'sending', claim = %(claim)s, claimed_at = %(at)s, attempts = attempts + 1
FROM usual WHERE row.id = usual.id AND (pace_interval IS NULL OR EXISTS (SELECT FROM turn))
RETURNING row.*
"""


def take(*, mailing: int, claim: int, done: int | None, at: datetime) -> Message | None:
    """Write that `done` was sent and claim the next due row of a mailing; None if there is none, or none is usual."""
    domains, intervals, others = turns.intervals()
    facts = {
        "mailing": mailing, "claim": claim, "done": done, "at": at, "domains": domains, "intervals": intervals,
        "others": others, "at_once": turns.AT_ONCE,
    }  # fmt: skip
    return next(iter(Message.objects.raw(_TAKE, facts)), None)
