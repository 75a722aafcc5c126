"""The editions of programmes name the forms that their steps are answered with, and so keep them from being ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db import transaction

from samspel.forms.models import Definition, Dependency
from samspel.forms.operations import dependencies
from samspel.kernel.audit import SYSTEM
from samspel.schemes.models import Edition
from samspel.schemes.queries import rules_of

KIND: Final = "schemes.edition"


@transaction.atomic
def follow(*, edition: Edition, by: Any, at: datetime) -> None:
    """Note what an edition names, and let go of what it no longer does. A form that is not there is named in vain until
    it is made, and `follow_all` finds it."""
    named = rules_of(edition).forms
    told = {"user_kind": KIND, "user": edition.slug, "by": by, "at": at}
    held = Dependency.objects.filter(version=None, user_kind=KIND, user=edition.slug).select_related("definition")
    for row in held.exclude(definition__slug__in=named):
        dependencies.release(definition=row.definition, **told)
    label = f"{edition.scheme}, {edition.valid_from.year}"
    kept = set(held.filter(used="", label=label).values_list("definition__slug", flat=True))
    for definition in Definition.objects.filter(slug__in=set(named) - kept):
        dependencies.use(definition=definition, label=label, **told)


def follow_all(*, at: datetime) -> None:
    """The same for every edition, as the system; what is noted already changes nothing."""
    for edition in Edition.objects.select_related("scheme").order_by("pk"):
        follow(edition=edition, by=SYSTEM, at=at)
