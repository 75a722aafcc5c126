"""Staged values against those the registry holds: what is new, changed, gone and unchanged, in a few statements.

All of it works on the temporary tables `staged` and `series`; `file` is a file's place in the import, from 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from samspel.registry.rules.official import Kind

EXAMPLES = 5
# Whether the registry has anything that the staged values could meet.
HAS_ANY = """
SELECT EXISTS (SELECT 1 FROM series r JOIN registry_indicatorvalue v ON v.definition_id = r.definition_id)
"""

# A value is the same when figure, mark and note are; where it stood in the file does not matter.
MEET = """
CREATE TEMPORARY TABLE met ON COMMIT DROP AS
SELECT s.ctid AS line, v.id AS old,
       v.value IS NOT DISTINCT FROM s.value AND v.mark = s.mark AND v.note = s.note AS is_same
FROM staged s
JOIN series r ON r.place = s.series
JOIN registry_indicatorvalue v
  ON v.subject_code = s.subject_code AND v.definition_id = r.definition_id AND v.period = r.period
 AND v.slice = r.slice AND v.sex = r.sex AND v.subject_kind = r.subject_kind AND v.superseded_by_id IS NULL
"""
MEET_NOTHING = "CREATE TEMPORARY TABLE met (line tid, old bigint, is_same boolean) ON COMMIT DROP"

COUNT = """
SELECT s.file, count(*) FILTER (WHERE m.old IS NULL), count(*) FILTER (WHERE NOT m.is_same),
       count(*) FILTER (WHERE m.is_same)
FROM staged s LEFT JOIN met m ON m.line = s.ctid GROUP BY s.file
"""

# What files of the same kind said of the same indicators, periods and slices, and these do not say any more. A plain
# table only adds. A file that names less than half of the subjects a scope has is a part of it, and takes nothing away.
GONE = """
WITH scope AS (
    SELECT s.series, (%(kinds)s::text[])[s.file] AS kind, count(*) AS named
    FROM staged s WHERE (%(kinds)s::text[])[s.file] <> %(plain)s
    GROUP BY 1, 2
), held AS (
    SELECT v.id, scope.named, count(*) OVER (PARTITION BY scope.series, scope.kind) AS held
    FROM scope
    JOIN series r ON r.place = scope.series
    JOIN registry_indicatorvalue v ON v.definition_id = r.definition_id AND v.period = r.period
     AND v.slice = r.slice AND v.sex = r.sex AND v.subject_kind = r.subject_kind AND v.superseded_by_id IS NULL
    JOIN registry_importedfile f ON f.id = v.file_id AND f.kind = scope.kind
)
SELECT held.id FROM held LEFT JOIN met m ON m.old = held.id
WHERE m.old IS NULL AND held.named * 2 >= held.held
"""

SUPERSEDE = """
UPDATE registry_indicatorvalue SET superseded_by_id = %s WHERE id IN (SELECT old FROM met WHERE NOT is_same)
"""

INSERT = """
INSERT INTO registry_indicatorvalue (definition_id, subject_kind, subject_code, slice, sex, period_kind, period, value,
                                     mark, file_id, row, note)
SELECT r.definition_id, r.subject_kind, s.subject_code, r.slice, r.sex, r.period_kind, r.period, s.value,
       s.mark, (%s::bigint[])[s.file], s.row, s.note
FROM staged s JOIN series r ON r.place = s.series {unless_same}
"""
UNLESS_SAME = "LEFT JOIN met m ON m.line = s.ctid WHERE m.is_same IS NOT TRUE"

IS_SHARED = "SELECT EXISTS (SELECT 1 FROM staged GROUP BY series HAVING min(file) <> max(file))"
TWICE = """
SELECT min(file), max(file), subject_code, min(row), max(row), max(series)
FROM staged
GROUP BY subject_code, series
HAVING count(*) > 1 AND count(DISTINCT (value, mark)) > 1
ORDER BY 1, 4 LIMIT 200
"""
ONCE = """
DELETE FROM staged WHERE ctid IN (
    SELECT ctid FROM (
        SELECT ctid, row_number() OVER (PARTITION BY subject_code, series ORDER BY file, row) AS nth
        FROM staged) AS numbered
    WHERE nth > 1)
"""


@dataclass(frozen=True)
class Conflict:
    """Two files of one import that say different things of the same value. Files by their place from 1."""

    first_file: int
    second_file: int
    subject_code: str
    first_row: int
    second_row: int
    series: int


@dataclass(frozen=True)
class Difference:
    """What the staged values would change. `by_file` is a file's place to its counts; `gone_ids` are rows to end."""

    new: int
    changed: int
    unchanged: int
    gone_ids: tuple[int, ...]
    by_file: Mapping[int, Mapping[str, int]]

    @property
    def counts(self) -> dict[str, int]:
        """For keeping and showing."""
        return {"new": self.new, "changed": self.changed, "gone": len(self.gone_ids), "unchanged": self.unchanged}


def conflicts() -> list[Conflict]:
    """Values that two files of the import tell differently. Equal ones are left once, from the first file."""
    with connection.cursor() as cursor:
        cursor.execute(IS_SHARED)
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(TWICE)
        found = [Conflict(*row) for row in cursor.fetchall()]
        if not found:
            cursor.execute(ONCE)
    return found


def compare(kinds: Sequence[str]) -> Difference:
    """Meet staged values with current ones. `kinds` are the kinds of the files, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(HAS_ANY)
        has_any = cursor.fetchone()[0]
        if has_any:
            # A tenth of what the import costs, so only when there is something to meet.
            cursor.execute("ANALYZE staged (series, subject_code)")
        cursor.execute(MEET if has_any else MEET_NOTHING)
        cursor.execute("ANALYZE met")
        cursor.execute(COUNT)
        by_file = {file: {"new": new, "changed": changed, "unchanged": same} for file, new, changed, same in cursor}
        gone: tuple[int, ...] = ()
        if has_any:
            cursor.execute(GONE, {"kinds": list(kinds), "plain": str(Kind.PLAIN_TABLE)})
            gone = tuple(row[0] for row in cursor)
    totals = {word: sum(counts[word] for counts in by_file.values()) for word in ("new", "changed", "unchanged")}
    return Difference(gone_ids=gone, by_file=by_file, **totals)


def write(difference: Difference, files: Sequence[int], batch_id: int) -> None:
    """End what is changed or gone, and add what is new or changed; rows that stand are never rewritten."""
    has_met = bool(difference.changed or difference.unchanged)
    with connection.cursor() as cursor:
        if difference.changed:
            cursor.execute(SUPERSEDE, [batch_id])
        if difference.gone_ids:
            cursor.execute(
                "UPDATE registry_indicatorvalue SET superseded_by_id = %s WHERE id = ANY(%s)",
                [batch_id, list(difference.gone_ids)],
            )
        if difference.new or difference.changed:
            cursor.execute(INSERT.format(unless_same=UNLESS_SAME if has_met else ""), [list(files)])


def examples(gone_ids: Sequence[int]) -> list[dict[str, Any]]:
    """A few changed and gone values, for a person to see what kind of change it is."""
    with connection.cursor() as cursor:
        cursor.execute(EXAMPLES_SQL, {"gone": list(gone_ids[:EXAMPLES]), "most": EXAMPLES})
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


EXAMPLES_SQL = """
(SELECT 'changed' AS what, d.indicator_id AS indicator, v.subject_kind, v.subject_code, v.slice, v.sex, v.period,
        v.value::text AS old_value, v.mark AS old_mark, s.value::text AS new_value, s.mark AS new_mark, s.file, s.row
 FROM met m JOIN staged s ON s.ctid = m.line JOIN registry_indicatorvalue v ON v.id = m.old
 JOIN registry_indicatordefinition d ON d.id = v.definition_id
 WHERE NOT m.is_same ORDER BY s.file, s.row LIMIT %(most)s)
UNION ALL
(SELECT 'gone', d.indicator_id, v.subject_kind, v.subject_code, v.slice, v.sex, v.period,
        v.value::text, v.mark, NULL, NULL, NULL, NULL
 FROM registry_indicatorvalue v JOIN registry_indicatordefinition d ON d.id = v.definition_id
 WHERE v.id = ANY(%(gone)s) ORDER BY v.id)
"""
