"""The next number of a series or of a case file: taken last, by one statement, and given back by a rollback.

A sequence of the database would leave a gap where a transaction is rolled back. Here the number is a row that the
transaction holds locked until it ends, so whoever comes next waits for the commit and gets the number after it.
"""

from __future__ import annotations

from django.db import connection

from samspel.casefiles.models import CaseFile, CaseFileState
from samspel.casefiles.operations.refusals import CaseFileClosed


def next_in_series(series_id: int, year: int) -> int:
    """The next number of a series in a year, from 1."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casefiles_seriesyear AS held (series_id, year, last_number) VALUES (%s, %s, 1) "
            "ON CONFLICT (series_id, year) DO UPDATE SET last_number = held.last_number + 1 RETURNING last_number",
            [series_id, year],
        )
        return int(cursor.fetchone()[0])


def next_in_case_file(case_file: CaseFile) -> int:
    """The next document number of a case file, from 1. Raises CaseFileClosed unless it is open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casefiles_casefile SET last_document_number = last_document_number + 1 "
            "WHERE id = %s AND state = %s RETURNING last_document_number",
            [case_file.pk, CaseFileState.OPEN],
        )
        given = cursor.fetchone()
    if given is None:
        raise CaseFileClosed
    return int(given[0])
