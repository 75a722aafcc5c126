"""Values that point elsewhere: codes of registers, and files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from samspel.forms.models import Answer
from samspel.forms.queries import registers
from samspel.forms.rules.definitions import Definition, Type
from samspel.forms.rules.received import asked_at
from samspel.forms.rules.values import ValueRefused
from samspel.kernel.files.models import StoredFile


def refused(definition: Definition, changed: Mapping[str, Any], answer: Answer, by: Any) -> dict[str, ValueRefused]:
    """Path to why a value that somebody changed points nowhere, or to what is not hers to point to.

    changed: path to kept value. A file may be put in by the one who uploaded it alone. One query for each register,
    and one for files, if there are any.
    """
    asked = [(path, asked_at(definition, path), value) for path, value in changed.items() if value is not None]
    known = [(path, one, value) for path, one, value in asked if one is not None]
    files = {path: value for path, one, value in known if one.type == Type.FILE}
    return {**registers.refusals(known, answer), **_files(files, by)}


def _files(files: Mapping[str, str], by: Any) -> dict[str, ValueRefused]:
    keys = {path: key for path, value in files.items() if (key := _key(value)) is not None}
    own = set()
    if keys and by.key is not None:
        own = set(StoredFile.objects.filter(key__in=keys.values(), stored_by=by.key).values_list("key", flat=True))
    return {path: ValueRefused("no_such_file") for path in files if keys.get(path) not in own}


def _key(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
