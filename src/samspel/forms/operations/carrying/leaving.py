"""What found no place in the new version is set aside, in the words it was written in."""

from __future__ import annotations

from collections.abc import Collection

from samspel.forms.models import Answer, Field, SetAside, SetAsideWhy
from samspel.forms.queries.values import shown, typed
from samspel.forms.rules.definitions import CHOICES, Definition, Type
from samspel.forms.rules.differences import Left
from samspel.forms.rules.received import asked_at

_IN_WORDS = CHOICES | {Type.INDICATOR_SERIES}


def set_aside(answer: Answer, left: Collection[Left], was: Definition) -> None:
    """A row for each value, by and from when it was written; that a row of a table was there is no value."""
    told = [one for one in left if asked_at(was, one.path) is not None]
    fields = {one.path: one for one in Field.objects.filter(answer=answer, path__in=[one.path for one in told])}
    SetAside.objects.bulk_create(
        SetAside(
            answer=answer,
            path=one.path,
            value=_written(was, one),
            why=SetAsideWhy.NOT_ASKED,
            label=one.label[:300],
            written_at=fields[one.path].changed_at,
            written_by=fields[one.path].changed_by,
        )
        for one in told
    )


def _written(was: Definition, left: Left) -> str:
    """As somebody would type it; what was chosen by what it was called, since nobody knows the key any more."""
    asked = asked_at(was, left.path)
    if asked is None:
        return str(left.value)
    return shown(asked, left.value) if asked.type in _IN_WORDS else typed(asked, left.value)
