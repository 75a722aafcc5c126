"""What an import found in each file, and what it changed: for pages and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from samspel.registry.rules.official import Fault, ReadFile


@dataclass(frozen=True)
class FileReport:
    """One file: how much was read, and every fault. `values` counts figures; a register file has none."""

    name: str
    digest: str
    kind: str
    title: str
    rows: int
    values: int
    marks: Mapping[str, int]
    skipped: Mapping[str, int]
    errors: tuple[Fault, ...] = ()
    error_count: int = 0
    notices: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, read: ReadFile) -> FileReport:
        """The report of a file as the parser read it."""
        return cls(
            name=read.name,
            digest=read.digest,
            kind=str(read.kind),
            title=read.title,
            rows=read.rows,
            values=len(read.values),
            marks=dict(read.marks),
            skipped=dict(read.skipped),
            errors=tuple(read.errors),
            error_count=read.error_count,
            notices=tuple(read.notices),
        )

    def with_errors(self, errors: Sequence[Fault]) -> FileReport:
        """The same with more errors found, when the files were seen together."""
        return replace(self, errors=(*self.errors, *errors), error_count=self.error_count + len(errors))


@dataclass(frozen=True)
class ImportReport:
    """A whole import. `difference` is kind of row to new, changed, gone and unchanged; `key` its batch, if kept."""

    files: tuple[FileReport, ...]
    difference: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    is_dry_run: bool = False
