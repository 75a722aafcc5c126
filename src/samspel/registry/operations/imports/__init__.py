"""Imports of official files: looked at first, whole or not at all, and withdrawable."""

from samspel.registry.operations.imports.batches import apply, discard, look_again, propose
from samspel.registry.operations.imports.carrying import hold_off
from samspel.registry.operations.imports.direct import import_files
from samspel.registry.operations.imports.refusals import (
    ExtractIncomplete,
    ExtractTooOld,
    ImportNotOpen,
    ImportRefused,
    ImportStale,
    RegisterInUse,
    WithdrawalRefused,
)
from samspel.registry.operations.imports.reports import FileReport, ImportReport
from samspel.registry.operations.imports.withdrawal import withdraw

__all__ = [
    "ExtractIncomplete",
    "ExtractTooOld",
    "FileReport",
    "ImportNotOpen",
    "ImportRefused",
    "ImportReport",
    "ImportStale",
    "RegisterInUse",
    "WithdrawalRefused",
    "apply",
    "discard",
    "hold_off",
    "import_files",
    "look_again",
    "propose",
    "withdraw",
]
