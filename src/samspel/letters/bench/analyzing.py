"""Rows written for a measuring are known to the database's planner, as rows are that have been there a while."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model


def analyzed(*tables: type[Model]) -> None:
    """Have the planner look at these tables as they now stand in the transaction."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table._meta.db_table)}")
