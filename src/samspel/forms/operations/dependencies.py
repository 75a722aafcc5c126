"""What uses a definition or a part of it: rows written anew at each change of a draft, and rows from outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.forms.models import Definition, Dependency, Version
from samspel.forms.operations.drafting.refusals import DefinitionInUse, DefinitionRefusal, Hindrance
from samspel.forms.rules.uses import parts, uses
from samspel.kernel.audit import record


@transaction.atomic
def use(
    *, definition: Definition, user_kind: str, user: str, label: str = "", used: str = "", by: Any, at: datetime
) -> Dependency:
    """Note that something outside uses a definition, or a part of it; the same once more changes the label alone.

    user_kind, user: "schemes.edition", "samordnarinsatsen-2022"; used: a key, "question=option" or "question/column",
    empty for the whole. Who may is asked by the operation of the app that uses it. Raises DefinitionRefusal if the
    version in use has no such part.
    """
    definition = Definition.objects.select_for_update().get(pk=definition.pk)
    if used and not any(used in parts(version.body) for version in definition.versions.all()):
        raise DefinitionRefusal(_("The form has no such part."), code="no_such_part", used=used)
    row, is_new = Dependency.objects.update_or_create(
        definition=definition,
        version=None,
        used=used,
        user_kind=user_kind,
        user=user,
        defaults={"label": label[:300]},
    )
    if is_new:
        facts = {"used": used, "user_kind": user_kind, "user": user}
        record(action="forms.definition.used", on=definition, by=by, at=at, **facts)
    return row


@transaction.atomic
def release(
    *, definition: Definition, user_kind: str, user: str, used: str | None = None, by: Any, at: datetime
) -> int:
    """Note that something outside no longer uses it (`used` None: none of its parts). Returns how many uses ended."""
    rows = Dependency.objects.filter(definition=definition, version=None, user_kind=user_kind, user=user)
    if used is not None:
        rows = rows.filter(used=used)
    ended, _each = rows.delete()
    if ended:
        record(action="forms.definition.released", on=definition, by=by, at=at, user_kind=user_kind, user=user)
    return ended


def write_inner(version: Version) -> None:
    """Write the rows of what uses what within a version anew; rows that stay as they were are left alone."""
    wanted = {(each.used[:200], each.kind, each.user[:200]) for each in uses(version.body)}
    rows = Dependency.objects.filter(version=version)
    kept = {(row.used, row.user_kind, row.user): row.pk for row in rows}
    rows.filter(pk__in=[pk for each, pk in kept.items() if each not in wanted]).delete()
    Dependency.objects.bulk_create(
        Dependency(definition_id=version.definition_id, version=version, used=used, user_kind=kind, user=user)
        for used, kind, user in sorted(wanted - set(kept))
    )


def refuse_loss(version: Version, body: Mapping[str, Any]) -> None:
    """Raises DefinitionInUse if the body has lost a part that the draft had and that something uses."""
    had, has = parts(version.body), parts(body)
    lost = set(had) - set(has)
    if not lost:
        return
    inside = [Hindrance(each.used, each.kind, each.user) for each in uses(body) if each.used in lost]
    rows = Dependency.objects.filter(definition_id=version.definition_id, version=None, used__in=lost)
    outside = [Hindrance(row.used, row.user_kind, row.user, row.label) for row in rows]
    if inside or outside:
        raise DefinitionInUse([*outside, *inside])
