"""Values written into an answer that is locked: its fields, their history, its revision, in few statements."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from samspel.forms import permissions
from samspel.forms.models import Answer, Field, FieldChange, SectionStatus
from samspel.forms.operations.saving.reading import rows_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.joining import row_of
from samspel.forms.rules.received import section_at
from samspel.kernel.audit import record


@transaction.atomic
def write(*, answer: Answer, values: Mapping[str, Any], by: Any, at: datetime, way: str) -> int:
    """Kept values put at their paths as they are (prefill, an older version, a PDF), for an operation that has asked.

    values: path to kept value, None to empty it. A cell of a row that is not there makes the row, last in its table.
    way: "prefill", "carried", "pdf", "set_aside", "page". What stands so already is not written again. Returns the
    answer's revision, and sets it on `answer`. Raises PermissionDenied for an answer that does not exist.
    """
    permissions.require(answer.pk is not None)
    locked = Answer.objects.select_for_update(of=("self",)).select_related("version").get(pk=answer.pk)
    before = standing_before(locked, values)
    changed = {text: value for text, value in _with_rows(values, before).items() if before.get(text) != value}
    if changed:
        store(locked, changed, by=by, at=at, way=way)
        record(
            action="forms.answer.saved", on=locked, by=by, at=at, revision=locked.revision, fields=len(changed), way=way
        )
    answer.revision, answer.saved_at = locked.revision, locked.saved_at
    return locked.revision


def store(answer: Answer, changed: Mapping[str, Any], *, by: Any, at: datetime, way: str = "page") -> None:
    """Write what is changed as one revision of a locked answer: five statements however many fields."""
    answer.revision, answer.saved_at = answer.revision + 1, at
    told = {"answer": answer, "revision": answer.revision, "changed_at": at, "changed_by": by.key}
    Field.objects.bulk_create(
        [Field(path=path, value=value, **told) for path, value in changed.items()],
        update_conflicts=True,
        unique_fields=["answer", "path"],
        update_fields=["value", "revision", "changed_at", "changed_by"],
    )
    FieldChange.objects.bulk_create(
        [FieldChange(path=path, value=value, way=way, **told) for path, value in changed.items()]
    )
    answer.save(update_fields=["revision", "saved_at"])
    if way != "prefill":
        # What was known already is nobody's writing.
        begin_sections(answer, body_of(answer.version), changed, by=by, at=at)


def begin_sections(answer: Answer, definition: Definition, paths: Collection[str], *, by: Any, at: datetime) -> None:
    """Sections in which something stands now are being written, unless somebody has said more of them."""
    sections = sorted({section_at(definition, path) for path in paths} - {""})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO forms_sectionmark (answer_id, section, status, changed_at, changed_by)"
            " SELECT %s, section, %s, %s, %s FROM unnest(%s::text[]) AS section"
            " ON CONFLICT (answer_id, section) DO UPDATE SET status = EXCLUDED.status,"
            " changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by"
            " WHERE forms_sectionmark.status = %s",
            [answer.pk, SectionStatus.WRITING, at, by.key, sections, SectionStatus.NOT_STARTED],
        )


def standing_before(answer: Answer, paths: Collection[str]) -> dict[str, Any]:
    """What stands at these paths, and all rows of the tables they belong to. One statement."""
    rows = Field.objects.filter(answer=answer).filter(rows_of(paths))
    return dict(rows.values_list("path", "value"))


def _with_rows(values: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The values, and a place for every row that they need."""
    found = dict(values)
    for text, value in values.items():
        row = row_of(text)
        if row and value is not None and found.get(row, before.get(row)) is None and row not in values:
            table = text.partition("/")[0]
            found[row] = max(_places(table, {**before, **found}), default=0) + 1
    return found


def _places(table: str, fields: Mapping[str, Any]) -> list[int]:
    return [
        place
        for text, place in fields.items()
        if place is not None and text.count("/") == 1 and text.partition("/")[0] == table
    ]
