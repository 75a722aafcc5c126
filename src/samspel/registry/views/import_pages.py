"""What the pages of imports show: tables of batches, files, differences and faults."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samspel.accounts.queries import names_of
from samspel.kernel.audit import history_of
from samspel.kernel.files.uploads import UploadTooLarge
from samspel.kernel.ui.components import AHEAD, CURRENT, DONE, Badge, Crumb, Fact, Step
from samspel.kernel.ui.figures import Figure, figure_text
from samspel.kernel.ui.tables import Column, Table
from samspel.registry.models import BatchState, ImportBatch, ImportedFile, Indicator, Municipality
from samspel.registry.operations.imports import ImportRefused
from samspel.registry.views import sentences

KINDS: dict[str, str | Promise] = {
    "school_unit_register": gettext_lazy("School-unit register"),
    "statistics_municipality": gettext_lazy("Skolverket's statistics, municipalities"),
    "statistics_school_unit": gettext_lazy("Skolverket's statistics, school units"),
    "kolada": gettext_lazy("Kolada"),
    "municipalities": gettext_lazy("Municipality table"),
    "plain_table": gettext_lazy("Plain table"),
    "unknown": gettext_lazy("Unknown"),
}
WHAT: dict[str, str | Promise] = {
    "values": gettext_lazy("Figures"),
    "organizers": gettext_lazy("Organizers"),
    "units": gettext_lazy("School units"),
    "municipalities": gettext_lazy("Municipalities"),
}
LOOKS = {"proposed": "warning", "applied": "success", "withdrawn": "neutral", "discarded": "neutral"}
FAULTS_SHOWN = 200


def too_large(found: UploadTooLarge) -> tuple[str, str]:
    """The sentence for files beyond the limit, and the field it is about."""
    told = _("The files are larger than %(limit)s together (it was passed in %(file)s). Hand in fewer at a time.")
    return told % {"limit": filesizeformat(found.limit), "file": found.file_name}, "id_files"


def refused(refusal: ImportRefused | None = None, errors: Any = ()) -> dict[str, Any]:
    """Why it was not done: a sentence for the summary, and a row for each fault."""
    if refusal is None:
        return {"errors": list(errors), "faults": None}
    faults = [fault for file in refusal.files for fault in file.errors]
    return {
        "errors": [(str(refusal), "faults" if faults else "")],
        "faults": _faults(faults[:FAULTS_SHOWN]),
        "faults_left": max(0, refusal.fault_count - FAULTS_SHOWN),
    }


def _faults(faults: list[Any]) -> Table | None:
    columns = [
        Column("file", _("File"), is_row_header=True),
        Column("sheet", _("Sheet")),
        Column("row", _("Row"), value=lambda fault: str(fault.row) if fault.row else ""),
        Column("column", _("Column")),
        Column("stood", _("What stood there")),
        Column("what", _("What is wrong, and what was expected"), value=sentences.what),
    ]
    if not faults:
        return None
    return Table(
        caption=_("Faults in the files"),
        columns=columns,
        rows=faults,
        params=QueryDict(),
        page_size=FAULTS_SHOWN,
        name="faults",
    )


def listing(batches: QuerySet[ImportBatch], params: QueryDict) -> dict[str, Any]:
    """The list of imports."""
    columns = [
        Column(
            "started_at",
            _("Handed in"),
            kind="moment",
            is_row_header=True,
            order_by=("started_at",),
            url=lambda batch: reverse("registry:import", args=[batch.key]),
        ),
        Column("state", _("Where it stands"), kind="badge", value=state_badge),
        Column("file_count", _("Files"), kind="number", order_by=("file_count",)),
        Column("new", _("New"), kind="number", value=lambda batch: _sum(batch, "new")),
        Column("changed", _("Changed"), kind="number", value=lambda batch: _sum(batch, "changed")),
        Column("gone", _("Gone"), kind="number", value=lambda batch: _sum(batch, "gone")),
        Column("started_by", _("By"), value=_by),
    ]
    table = Table(
        caption=_("Imports"),
        columns=columns,
        rows=batches,
        params=params,
        sort="-started_at",
        empty=_("Nothing has been imported yet."),
    )
    return {"table": table, "crumbs": [Crumb(_("To do"), reverse("accounts:work")), Crumb(_("Imports"))]}


def _by(batch: ImportBatch) -> str:
    return str(batch.started_by) if batch.started_by else _("The system")


def _sum(batch: ImportBatch, word: str) -> int:
    return sum(counts[word] for kind, counts in batch.difference.items() if kind in WHAT)


def state_badge(batch: ImportBatch) -> Badge:
    """Where an import stands, as a word."""
    return Badge(batch.get_state_display(), LOOKS[batch.state])


def detail(batch: ImportBatch) -> dict[str, Any]:
    """One import, in a fixed number of queries."""
    files = list(batch.files.all())
    rows = history_of(batch)
    return {
        "batch": batch,
        "badge": state_badge(batch),
        "crumbs": [
            Crumb(_("To do"), reverse("accounts:work")),
            Crumb(_("Imports"), reverse("registry:imports")),
            Crumb(_("This import")),
        ],
        "facts": _facts(batch),
        "files": files,
        "file_table": _files(files, batch),
        "difference": _difference(batch),
        "examples": _examples(batch, files),
        "steps": _steps(batch),
        "rows": rows,
        "people": names_of(row.by_key for row in rows),
    }


def _facts(batch: ImportBatch) -> list[Fact]:
    facts = [Fact(_("Handed in by"), _by(batch))]
    if batch.register_as_of:
        facts.append(Fact(_("The register extract shows"), batch.register_as_of.isoformat()))
    return facts


def _steps(batch: ImportBatch) -> list[Step]:
    decided = batch.state != BatchState.PROPOSED
    who = _("An education officer or administrator")
    steps = [
        Step(_("Look at the files"), DONE, note=_("Nothing is changed by this.")),
        Step(_("Decide: import or throw away"), DONE if decided else CURRENT, who="" if decided else who),
    ]
    if batch.state in (BatchState.PROPOSED, BatchState.APPLIED):
        note = _("Can be withdrawn as long as no later import stands on it.")
        steps.append(Step(_("The figures count"), DONE if decided else AHEAD, note=note))
    if batch.state == BatchState.WITHDRAWN:
        steps.append(Step(_("Withdrawn"), DONE))
    return steps


def _files(files: list[ImportedFile], batch: ImportBatch) -> Table:
    counts = batch.difference.get("files", {})
    rows = [
        {"file": file, "place": place, **counts.get(str(place), {"new": 0, "changed": 0, "unchanged": 0})}
        for place, file in enumerate(files, 1)
    ]
    columns = [
        Column("name", _("File"), is_row_header=True, value=lambda row: row["file"].name),
        Column("kind", _("Kind"), value=lambda row: KINDS.get(row["file"].kind, row["file"].kind)),
        Column("rows", _("Rows"), kind="number", value=lambda row: row["file"].rows),
        Column("values", _("Figures"), kind="number", value=lambda row: row["file"].values_read),
        Column("marks", _("Without a figure"), kind="number", value=lambda row: _marked(row["file"])),
        Column("new", _("New"), kind="number"),
        Column("changed", _("Changed"), kind="number"),
        Column("unchanged", _("As before"), kind="number"),
        Column("extracted_on", _("Taken out"), kind="date", value=lambda row: row["file"].extracted_on),
    ]
    return Table(caption=_("Files"), columns=columns, rows=rows, params=QueryDict(), page_size=1000, name="files")


def _marked(file: ImportedFile) -> int:
    return sum(count for mark, count in file.marks.items() if mark in ("missing", "suppressed"))


def _difference(batch: ImportBatch) -> Table:
    rows = [{"what": WHAT[kind], **counts} for kind, counts in batch.difference.items() if kind in WHAT]
    columns = [
        Column("what", _("What"), is_row_header=True),
        Column("new", _("New"), kind="number"),
        Column("changed", _("Changed"), kind="number"),
        Column("gone", _("Gone"), kind="number"),
        Column("unchanged", _("As before"), kind="number"),
    ]
    return Table(caption=_("What changes"), columns=columns, rows=rows, params=QueryDict(), name="difference")


def _examples(batch: ImportBatch, files: list[ImportedFile]) -> Table | None:
    found = batch.difference.get("examples", [])
    if not found:
        return None
    indicators = Indicator.objects.in_bulk({row["indicator"] for row in found})
    places = dict(Municipality.objects.filter(code__in={r["subject_code"] for r in found}).values_list("code", "name"))
    rows = [_example(row, indicators, places, files) for row in found]
    columns = [
        Column("what", _("What")),
        Column("indicator", _("Indicator"), is_row_header=True),
        Column("subject", _("Whose")),
        Column("period", _("Year")),
        Column("old", _("Before")),
        Column("new", _("After")),
        Column("where", _("Where in the files")),
    ]
    return Table(caption=_("Examples"), columns=columns, rows=rows, params=QueryDict(), name="examples")


def _example(row: dict[str, Any], indicators: Any, places: Any, files: list[ImportedFile]) -> dict[str, Any]:
    indicator = indicators[row["indicator"]]
    is_new_there = row["file"] is not None
    where = (
        _("%(file)s, row %(row)s") % {"file": files[row["file"] - 1].name, "row": row["row"]} if is_new_there else ""
    )
    return {
        "what": _what_became(row),
        "indicator": indicator.name_en if get_language() == "en" else indicator.name_sv,
        "subject": places.get(row["subject_code"], row["subject_code"]),
        "period": row["period"],
        "old": _written(row["old_value"], row["old_mark"], indicator.decimals),
        "new": _written(row["new_value"], row["new_mark"], indicator.decimals) if is_new_there else "",
        "where": where,
    }


def _what_became(row: dict[str, Any]) -> str:
    if row["what"] != "changed":
        return _("Figure that is gone")
    is_same = (row["old_value"], row["old_mark"]) == (row["new_value"], row["new_mark"])
    return _("Same figure, another source") if is_same else _("Changed figure")


def _written(value: str | None, mark: str, decimals: int) -> str:
    return figure_text(Figure(Decimal(value) if value is not None else None, mark, decimals))
