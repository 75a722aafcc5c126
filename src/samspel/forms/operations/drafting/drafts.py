"""A draft: begun from the version in use, changed by one editor at a time, dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import Answer, Definition, Version, VersionState
from samspel.forms.operations import dependencies
from samspel.forms.operations.drafting import keeping
from samspel.forms.operations.drafting.refusals import DefinitionFaulty, DefinitionRefusal, DraftChanged
from samspel.forms.operations.forgetting import delete_test
from samspel.kernel.audit import record

LARGEST: Final = 1_000_000


@transaction.atomic
def create(*, data: Mapping[str, Any], by: Any, at: datetime) -> Version:
    """A new definition with its first draft, empty or from a text. Raises DefinitionRefusal if the slug is taken.

    The slug and a Swedish name must hold; the rest may wait until it is put to use.
    """
    permissions.TABLE.require(by, permissions.EDIT_DEFINITIONS, at)
    _check_size(data)
    body, digest = keeping.body_of_draft(data)
    slug = body.get("slug", "")
    basics = [fault for fault in keeping.faults(body) if fault.where in ("slug", "name")]
    if basics:
        raise DefinitionFaulty(basics)
    definition, is_new = Definition.objects.get_or_create(slug=slug, defaults=keeping.names_in(body))
    if not is_new:
        raise DefinitionRefusal(_("There is a form with that address already."), code="slug_taken", slug=slug)
    return _begin(definition, body, digest, by, at)


@transaction.atomic
def begin_draft(*, definition: Definition, by: Any, at: datetime, data: Mapping[str, Any] | None = None) -> Version:
    """The next version as a draft: a copy of the one in use (or of the newest), or of `data`.

    Raises DefinitionRefusal if there is a draft already or the definition is ended.
    """
    definition = keeping.lock(definition)
    permissions.TABLE.require(by, permissions.EDIT_DEFINITIONS, at)
    if definition.ended_on:
        raise DefinitionRefusal(_("The form is ended, so it gets no new version."), code="ended")
    if definition.versions.filter(state=VersionState.DRAFT).exists():
        raise DefinitionRefusal(_("There is a draft already. Go on with that one."), code="draft_exists")
    if data is None:
        newest = definition.versions.filter(state=VersionState.PUBLISHED).first() or definition.versions.first()
        data = newest.body if newest else {}
    body, digest = keeping.body_of_draft(data)
    return _begin(definition, body, digest, by, at)


@transaction.atomic
def change_draft(*, version: Version, data: Mapping[str, Any], revision: int, by: Any, at: datetime) -> Version:
    """Give a draft new words. Faults may stand in it until it is put to use. What was tried out on it goes away.

    revision: the one that the change was made from. Raises DraftChanged if another came between, DefinitionInUse if
    something that is used would be lost, DefinitionRefusal if it is no draft or the address is another.
    """
    definition = keeping.lock(version.definition)
    permissions.TABLE.require(by, permissions.EDIT_DEFINITIONS, at)
    version = take_draft(version, definition)
    if version.revision != revision:
        raise DraftChanged(version.revision)
    _check_size(data)
    if data.get("slug") != definition.slug:
        raise DefinitionRefusal(_("The address of a form is the same in all its versions."), code="another_slug")
    body, digest = keeping.body_of_draft(data)
    if body == version.body:
        return version
    dependencies.refuse_loss(version, body)
    _end_trials(version, by, at)
    version.body, version.digest, version.revision = body, digest, version.revision + 1
    version.save(update_fields=["body", "digest", "revision"])
    dependencies.write_inner(version)
    if not definition.versions.exclude(pk=version.pk).exists():
        keeping.name_after(definition, body)
    record(action="forms.version.changed", on=version, by=by, at=at, revision=version.revision, digest=digest)
    return version


@transaction.atomic
def drop_draft(*, version: Version, by: Any, at: datetime) -> None:
    """Throw a draft away, with what was tried out on it. Raises DefinitionRefusal if it is none."""
    definition = keeping.lock(version.definition)
    permissions.TABLE.require(by, permissions.EDIT_DEFINITIONS, at)
    version = take_draft(version, definition)
    _end_trials(version, by, at)
    number = version.number
    version.delete()
    record(action="forms.version.dropped", on=definition, by=by, at=at, number=number)


def take_draft(version: Version, definition: Definition) -> Version:
    """The draft as it is now, its definition being locked. Raises DefinitionRefusal if it no longer is one."""
    found = definition.versions.filter(pk=version.pk).first()
    if found is None:
        raise DefinitionRefusal(_("The draft has been thrown away."), code="draft_gone")
    if found.state != VersionState.DRAFT:
        raise DefinitionRefusal(
            _("This version is in use already and never changes. Begin a new draft."), code="not_a_draft"
        )
    found.definition = definition
    return found


def _end_trials(version: Version, by: Any, at: datetime) -> None:
    """Delete what was tried out on a draft: it was of the draft as it was, and the next may not even be readable."""
    for trial in Answer.objects.filter(version=version, is_test=True):
        delete_test(answer=trial, by=by, at=at)


def _begin(definition: Definition, body: dict[str, Any], digest: str, by: Any, at: datetime) -> Version:
    version = Version.objects.create(
        definition=definition,
        number=keeping.next_number(definition),
        body=body,
        digest=digest,
        created_at=at,
        created_by=by.key,
    )
    dependencies.write_inner(version)
    record(action="forms.version.begun", on=version, by=by, at=at, number=version.number, digest=digest)
    return version


def _check_size(data: Mapping[str, Any]) -> None:
    """A definition is words, not an archive; and PostgreSQL keeps no NUL."""
    text = json.dumps(data, ensure_ascii=False)
    if len(text) > LARGEST:
        raise DefinitionRefusal(_("The form is larger than a form can be (a million characters)."), code="too_large")
    if "\\u0000" in text:
        raise DefinitionRefusal(_("There is a sign in the text that cannot be kept."), code="nul")
