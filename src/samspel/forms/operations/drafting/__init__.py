"""Versions while they are made: begun as drafts, changed, dropped, put to use."""

from samspel.forms.operations.drafting.drafts import begin_draft, change_draft, create, drop_draft
from samspel.forms.operations.drafting.publishing import publish
from samspel.forms.operations.drafting.refusals import (
    DefinitionFaulty,
    DefinitionInUse,
    DefinitionRefusal,
    DraftChanged,
)

__all__ = [
    "DefinitionFaulty",
    "DefinitionInUse",
    "DefinitionRefusal",
    "DraftChanged",
    "begin_draft",
    "change_draft",
    "create",
    "drop_draft",
    "publish",
]
