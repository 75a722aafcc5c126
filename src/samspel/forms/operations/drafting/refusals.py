"""Why a definition is not changed, put to use or taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspel.forms.rules.definitions import Fault
from samspel.kernel.refusals import Refusal


class DefinitionRefusal(Refusal):
    """Something about a definition was not done, and why."""

    code = "definition"


class DefinitionFaulty(DefinitionRefusal):
    """The definition has faults; `faults` are all of them, each with its place."""

    code = "definition_faulty"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(_("The form has faults that must be put right first."), faults=len(self.faults))


class DraftChanged(DefinitionRefusal):
    """The draft has been changed since this page was opened, by another or in another window."""

    code = "draft_changed"

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__(
            _(
                "The draft has been changed since you opened the page, so nothing of yours was saved. "
                "What you wrote stands on the page: look at the draft as it is now, and save again."
            ),
            revision=revision,
        )


@dataclass(frozen=True)
class Hindrance:
    """One use that keeps a part from being taken away: the part, what uses it, and a name to tell."""

    used: str
    user_kind: str
    user: str
    label: str = ""


class DefinitionInUse(DefinitionRefusal):
    """What somebody uses is not taken away; `hindrances` says who uses what."""

    code = "definition_in_use"

    def __init__(self, hindrances: Iterable[Hindrance], sentence: Any = None) -> None:
        self.hindrances = tuple(hindrances)
        super().__init__(sentence or _("It is in use, so it cannot be taken away."), uses=len(self.hindrances))
