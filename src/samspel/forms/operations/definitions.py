"""Definitions come with the program or are made here; they are put to use, ended, and taken away if unused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import Answer, Definition, Version, VersionState
from samspel.forms.operations import dependencies
from samspel.forms.operations.drafting import (
    DefinitionFaulty,
    DefinitionInUse,
    DefinitionRefusal,
    DraftChanged,
    begin_draft,
    change_draft,
    create,
    drop_draft,
    keeping,
    publish,
)
from samspel.forms.operations.drafting.refusals import Hindrance
from samspel.forms.queries.definitions import shipped_documents
from samspel.kernel.audit import SYSTEM, record

__all__ = [
    "DefinitionFaulty",
    "DefinitionInUse",
    "DefinitionRefusal",
    "DraftChanged",
    "begin_draft",
    "change_draft",
    "create",
    "delete",
    "drop_draft",
    "end",
    "load",
    "load_shipped",
    "publish",
    "show",
]


@transaction.atomic
def load(*, data: Mapping[str, Any], by: Any, at: datetime, is_shipped: bool = False, note: str = "") -> Version:
    """A definition from its data as a version in use; the same data as the one in use once more changes nothing.

    Raises DefinitionFaulty with every fault, DefinitionRefusal if an editor has a draft open.
    """
    permissions.TABLE.require(by, permissions.PUBLISH, at)
    found = keeping.read(data)
    body, digest = keeping.body_of_draft(data)
    definition, _is_new = Definition.objects.get_or_create(
        slug=found.slug, defaults=keeping.names_in(body) | {"is_shipped": is_shipped}
    )
    definition = keeping.lock(definition)
    in_use = definition.versions.filter(state=VersionState.PUBLISHED).first()
    if in_use is not None and in_use.digest == digest:
        return in_use
    if definition.versions.filter(state=VersionState.DRAFT).exists():
        raise DefinitionRefusal(_("There is a draft already. Go on with that one."), code="draft_exists")
    version = Version.objects.create(
        definition=definition,
        number=keeping.next_number(definition),
        body=body,
        digest=digest,
        created_at=at,
        created_by=by.key,
    )
    dependencies.write_inner(version)
    keeping.put_in_use(version, note=note, by=by, at=at)
    record(action="forms.version.loaded", on=version, by=by, at=at, number=version.number, digest=digest)
    return version


def load_shipped(*, at: datetime, documents: Iterable[Mapping[str, Any]] | None = None) -> list[Version]:
    """Put the definitions that come with the program to use, as the system; what is known already changes nothing.

    A newer one becomes the next version by itself, unless an editor has made a version of her own or has a draft open:
    then it waits, and the definition's page offers it as a draft (`queries.definitions.waiting_shipped`).
    """
    found = shipped_documents() if documents is None else documents
    return [version for data in found if (version := _load_one(data, at)) is not None]


@transaction.atomic
def _load_one(data: Mapping[str, Any], at: datetime) -> Version | None:
    known = Definition.objects.select_for_update().filter(slug=data.get("slug")).first()
    if known is not None:
        _body, digest = keeping.body_of_draft(data)
        mine = known.versions.filter(created_by__isnull=False).exists()
        if mine or known.ended_on or known.versions.filter(digest=digest).exists():
            return None
    return load(data=data, by=SYSTEM, at=at, is_shipped=True)


@transaction.atomic
def end(*, definition: Definition, by: Any, at: datetime) -> Definition:
    """No longer hand a form out; what was begun is finished. Raises DefinitionRefusal if a draft is open."""
    definition = keeping.lock(definition)
    permissions.TABLE.require(by, permissions.PUBLISH, at)
    if definition.ended_on:
        return definition
    if definition.versions.filter(state=VersionState.DRAFT).exists():
        raise DefinitionRefusal(_("Put the draft to use or throw it away first."), code="draft_exists")
    _refuse_if_used(definition, _("It is in use, so it cannot be ended."))
    definition.ended_on = timezone.localdate(at)
    definition.save(update_fields=["ended_on"])
    record(action="forms.definition.ended", on=definition, by=by, at=at)
    return definition


@transaction.atomic
def show(*, definition: Definition, is_public: bool, by: Any, at: datetime) -> Definition:
    """Show the blank form in public, or no longer."""
    definition = keeping.lock(definition)
    permissions.TABLE.require(by, permissions.PUBLISH, at)
    if definition.is_public != is_public:
        definition.is_public = is_public
        definition.save(update_fields=["is_public"])
        record(action="forms.definition.shown", on=definition, by=by, at=at, is_public=is_public)
    return definition


@transaction.atomic
def delete(*, definition: Definition, by: Any, at: datetime) -> None:
    """Take a definition away with all its versions. Raises DefinitionInUse if anything uses it, also an answer."""
    definition = keeping.lock(definition)
    permissions.TABLE.require(by, permissions.PUBLISH, at)
    if definition.is_shipped:
        raise DefinitionRefusal(_("It comes with the program. End it instead."), code="shipped")
    _refuse_if_used(definition, None, with_answers=True)
    record(action="forms.definition.deleted", on=definition, by=by, at=at, slug=definition.slug)
    definition.dependencies.all().delete()
    definition.delete()


def _refuse_if_used(definition: Definition, sentence: Any, *, with_answers: bool = False) -> None:
    rows = definition.dependencies.filter(version=None)
    found = [Hindrance(row.used, row.user_kind, row.user, row.label) for row in rows]
    if with_answers:
        answers = Answer.objects.filter(version__definition=definition).count()
        found += [Hindrance("", "answers", str(answers))] if answers else []
    if found:
        raise DefinitionInUse(found, sentence)
