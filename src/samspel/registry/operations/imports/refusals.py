"""Why an import was not done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from samspel.kernel.refusals import Refusal
from samspel.registry.operations.imports.reports import FileReport


class ImportRefused(Refusal):
    """Nothing was imported. `files` tells every file with all its faults; `fault_count` counts them all."""

    code = "import_refused"

    def __init__(self, files: Sequence[FileReport], sentence: Any = None) -> None:
        self.files = tuple(files)
        self.fault_count = sum(file.error_count for file in self.files)
        told = ngettext_lazy(
            "Nothing was imported: %(count)d fault was found.",
            "Nothing was imported: %(count)d faults were found.",
            "count",
        )
        super().__init__(sentence or told % {"count": self.fault_count}, count=self.fault_count)


class ImportNotOpen(Refusal):
    """The import is not in the state that the deed asks for: somebody was first."""

    code = "import_not_open"

    def __init__(self, state: str) -> None:
        super().__init__(_("This import has already been decided. Look at its page again."), state=state)


class ImportStale(Refusal):
    """Something else was imported after the dry run, so that what was shown no longer holds."""

    code = "import_stale"

    def __init__(self) -> None:
        super().__init__(
            _("Other figures came in after this dry run, and it no longer shows what would change. Look at it again.")
        )


class WithdrawalRefused(Refusal):
    """Later imports stand on this one. `later` are their keys, newest first."""

    code = "withdrawal_refused"

    def __init__(self, later: Sequence[tuple[str, str]]) -> None:
        self.later = tuple(key for key, _name in later)
        names = ", ".join(name for _key, name in later)
        super().__init__(
            _("Later imports took over from this one. Withdraw them first, in this order: %(imports)s.")
            % {"imports": names},
            later=self.later,
        )


class RegisterInUse(Refusal):
    """An organizer or unit that came with the import is used by something else, so it cannot go."""

    code = "register_in_use"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Organizers or school units that came with this import are now used elsewhere (an appointment, a "
                "round), so it cannot be withdrawn. Import a corrected extract instead."
            )
        )


class ExtractTooOld(Refusal):
    """The register already shows a later day."""

    code = "extract_too_old"

    def __init__(self, as_of: Any, shown: Any) -> None:
        super().__init__(
            _("The register already shows %(shown)s. An extract of %(as_of)s cannot take its place.")
            % {"shown": shown.isoformat(), "as_of": as_of.isoformat()}
        )


class ExtractIncomplete(Refusal):
    """An extract that names less than half of the organizers is a part of the register, and would end the rest."""

    code = "extract_incomplete"

    def __init__(self, named: int, held: int) -> None:
        super().__init__(
            _(
                "The extract names %(named)d of the %(held)d organizers in the register. It seems to be a part of it: "
                "import a whole extract."
            )
            % {"named": named, "held": held}
        )
