"""Which version of the data a public page shows: one query that changes with every committed change of what it reads.

`xmin` is the transaction that last wrote a row, as this reader sees it. Numbers of transactions only grow, so an insert
or an update raises the sum and a delete lowers the count: no two states that follow each other have the same pair, and
a change that commits late is seen when it commits, which a greatest id or a clock would miss.
"""

from __future__ import annotations

from functools import cache

from django.db import connection

from samspel.registry.models import County, ImportedFile, Indicator, Municipality, Organizer, OrganizerMember
from samspel.schemes.models import Edition, Scheme
from samspel.selection.models import Exclusion, Offer, Round

# Every table that a public page or file of reporting reads.
READ = (
    *(Offer, Round, Exclusion),
    *(Scheme, Edition),
    *(Organizer, OrganizerMember, Municipality, County, ImportedFile, Indicator),
)


def data_version() -> str:
    """A short text, the same as long as nothing that the public pages read has changed."""
    with connection.cursor() as cursor:
        cursor.execute(_question())
        return cursor.fetchone()[0]


@cache
def _question() -> str:
    parts = [
        f"(SELECT count(*) || '.' || coalesce(sum(xmin::text::bigint), 0) FROM {connection.ops.quote_name(table)})"
        for table in (model._meta.db_table for model in READ)
    ]
    return "SELECT " + " || '-' || ".join(parts)
