"""What found no place in the new version is set aside, in the words it was written in."""

from __future__ import annotations

from collections.abc import Collection

from samspel.forms.models import Answer, Field, SetAside, SetAsideWhy
from samspel.forms.queries.values import as_written
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.differences import Left
from samspel.forms.rules.received import asked_at


def set_aside(answer: Answer, left: Collection[Left], was: Definition) -> None:
    """A row for each value, by and from when it was written; that a row of a table was there is no value."""
    told = [(one, asked) for one in left if (asked := asked_at(was, one.path)) is not None]
    paths = [one.path for one, _asked in told]
    fields = {field.path: field for field in Field.objects.filter(answer=answer, path__in=paths)}
    SetAside.objects.bulk_create(
        SetAside(
            answer=answer,
            path=one.path,
            value=as_written(asked, one.value),
            why=SetAsideWhy.NOT_ASKED,
            label=one.label[:300],
            written_at=fields[one.path].changed_at,
            written_by=fields[one.path].changed_by,
        )
        for one, asked in told
    )
