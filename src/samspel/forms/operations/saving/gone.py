"""What somebody writes in a question that the form asked until it went over to a newer version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from samspel.forms.models import Answer, Version
from samspel.forms.operations.saving.reading import Typed
from samspel.forms.queries.answers import stood
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.values import parse
from samspel.forms.rules.received import asked_at, label_at, received

# Nobody has a page open that is older than so many versions.
_MOST_VERSIONS = 5


@dataclass(frozen=True)
class NoLongerAsked:
    """values: path to what was written; labels: path to what the question was called."""

    values: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def no_longer_asked(
    answer: Answer, typed: Typed, unknown: Collection[str], base: int, bases: Mapping[str, int]
) -> NoLongerAsked:
    """What was changed on a page of an older version, of the paths that this one does not know."""
    found = NoLongerAsked()
    if not unknown:
        return found
    versions = Version.objects.filter(definition=answer.version.definition_id, number__lt=answer.version.number)
    for version in versions.order_by("-number")[:_MOST_VERSIONS]:
        definition = body_of(version)
        asked = [path for path in unknown if path not in found.values and asked_at(definition, path) is not None]
        read = received(definition, {path: typed[path] for path in asked}, parse)
        found.values.update({path: value for path, value in read.values.items() if value is not None})
        found.labels.update({path: label_at(definition, path) for path in read.values})
    was = stood(answer, {path: bases.get(path, base) for path in found.values})
    return NoLongerAsked({path: one for path, one in found.values.items() if one != was.get(path)}, found.labels)
