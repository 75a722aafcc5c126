"""How a version is kept: its body as canonical data, its digest, and the rows that say what uses what."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samspel.forms.models import Definition, Version, VersionState
from samspel.forms.operations.drafting.refusals import DefinitionFaulty
from samspel.forms.queries.handed import question_types
from samspel.forms.queries.prefill import faults_of_sources
from samspel.forms.rules import definitions as rules
from samspel.kernel.values.sorting import sort_key


def lock(definition: Definition) -> Definition:
    """The definition, held until the end of the transaction: its versions change one at a time."""
    return Definition.objects.select_for_update().get(pk=definition.pk)


def read(data: Mapping[str, Any]) -> rules.Definition:
    """The definition that data says. Raises DefinitionFaulty with every fault."""
    try:
        found = rules.read(data, more_types=more_types())
    except rules.DefinitionRefused as refusal:
        raise DefinitionFaulty(refusal.faults) from refusal
    if nowhere := faults_of_sources(found):
        raise DefinitionFaulty(tuple(nowhere))
    return found


def faults(data: Mapping[str, Any]) -> tuple[rules.Fault, ...]:
    """What is wrong with the data; empty if it can be put to use."""
    try:
        read(data)
    except DefinitionFaulty as refusal:
        return refusal.faults
    return ()


def more_types() -> list[str]:
    """Names of the question types that higher floors hand down."""
    return [name for name, _ in question_types.items()]


def body_of_draft(data: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Body and digest: canonical where the data can be read, as it stands while it still has faults."""
    try:
        found = rules.read(data, more_types=more_types())
    except rules.DefinitionRefused:
        body = dict(data)
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return body, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return rules.as_data(found), rules.digest_of(found)


def next_number(definition: Definition) -> int:
    """The number of the next version. The definition is locked by whoever asks."""
    last = definition.versions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def put_in_use(version: Version, *, note: str, by: Any, at: datetime) -> None:
    """Retire what was in use and let this version stand in its place, with its names on the definition."""
    definition = version.definition
    definition.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    version.state, version.note = VersionState.PUBLISHED, note
    version.published_at, version.published_by = at, by.key
    version.save(update_fields=["state", "note", "published_at", "published_by"])
    name_after(definition, version.body)


def name_after(definition: Definition, body: Mapping[str, Any]) -> None:
    """Let the definition bear the names that a version's body has."""
    names = names_in(body)
    if any(getattr(definition, field) != value for field, value in names.items()):
        for field, value in names.items():
            setattr(definition, field, value)
        definition.save(update_fields=list(names))


def names_in(body: Mapping[str, Any]) -> dict[str, str]:
    """The definition's names as its body has them."""
    name = body.get("name") or {}
    sv, en = (name, "") if isinstance(name, str) else (str(name.get("sv", "")), str(name.get("en", "")))
    return {"name_sv": sv[:200], "name_en": en[:200], "sort_key": sort_key(sv)[:200]}
