"""A draft is put to use: the version before it is retired, and answers that were begun keep theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.models import Version
from samspel.forms.operations.drafting import keeping
from samspel.forms.operations.drafting.drafts import take_draft
from samspel.forms.operations.drafting.refusals import DefinitionRefusal
from samspel.kernel.audit import record


@transaction.atomic
def publish(*, version: Version, note: str, by: Any, at: datetime) -> Version:
    """Put a draft to use. `note`: what is new, in the editor's words.

    Raises DefinitionFaulty with every fault, DefinitionRefusal if it is no draft, has no note where there was a version
    before, or says just what the version in use says.
    """
    definition = keeping.lock(version.definition)
    permissions.TABLE.require(by, permissions.PUBLISH, at)
    version = take_draft(version, definition)
    keeping.read(version.body)
    if definition.ended_on:
        raise DefinitionRefusal(_("The form is ended, so it gets no new version."), code="ended")
    note = note.replace("\x00", "").strip()
    _say_what_is_new(version, note)
    keeping.put_in_use(version, note=note[:2000], by=by, at=at)
    record(action="forms.version.published", on=version, by=by, at=at, number=version.number, digest=version.digest)
    return version


def _say_what_is_new(version: Version, note: str) -> None:
    before = version.definition.versions.filter(published_at__isnull=False).first()
    if before is None:
        return
    if before.digest == version.digest:
        raise DefinitionRefusal(_("The draft says just what the version in use says."), code="nothing_new")
    if not note:
        raise DefinitionRefusal(_("Write what is new, for those who have answered before."), code="no_note")
