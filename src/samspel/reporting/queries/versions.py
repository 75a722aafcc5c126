"""Which version of the data a public page shows: one query that changes with every change a reader can see.

PostgreSQL keeps with each row the transaction that wrote it (`xmin`) and where it lies (`ctid`). An update writes the row
anew at another place, by another transaction; an insert and a delete change the count. So the count and the two sums
are the same only as long as the rows are, for this very reader: a change that commits late is seen when it commits,
which a greatest id or a clock would miss. Sums over some thousand rows cost less than half a millisecond.
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
    # age() is the cheapest way to a transaction as a number; what it grows by itself is taken off again.
    parts = [
        "(SELECT concat(count(*), '.', sum(hashtid(ctid)::bigint), '.',"
        f" sum(age(xmin)::bigint - age('3'::xid))) FROM {connection.ops.quote_name(table)})"
        for table in (model._meta.db_table for model in READ)
    ]
    return "SELECT concat_ws('-', " + ", ".join(parts) + ")"
