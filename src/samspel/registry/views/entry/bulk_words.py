"""What is said of a list of people: its faults, what becomes of a row, and what can be chosen."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samspel.kernel.ui.components import Badge
from samspel.registry.models import Role
from samspel.registry.operations.appointments.refusals import SENTENCES
from samspel.registry.operations.entrants import WORDS
from samspel.registry.queries import bulk as queries
from samspel.registry.rules import duplicates, people_rows
from samspel.registry.rules.people_rows import RowFault

COLUMNS: Final[dict[str, Any]] = {
    people_rows.NAME: _("Name"),
    people_rows.EMAIL: _("Mail address"),
    people_rows.ROLE: _("Task"),
    people_rows.PLACE: _("Organization number or university"),
    people_rows.UNIT: _("School-unit code"),
    people_rows.TITLE: _("Work title"),
    people_rows.PHONE: _("Telephone"),
    people_rows.FROM: _("From"),
    people_rows.TO: _("To"),
}
FAULTS: Final[dict[str, Any]] = {
    "nul": _("There are NUL signs in it, which no text has."),
    "too_large": _("It is larger than 5 MB."),
    "broken_quotes": _("The quotation marks do not match."),
    "no_workbook": _("The workbook cannot be opened: it is damaged, too large or locked."),
    "not_text": _("It is neither text nor a workbook."),
    "no_rows": _("There are no rows under the headings."),
    "too_many_rows": _("There are more than 2 000 rows. Divide the list."),
    "unknown_heading": _("No column is called that."),
    "heading_twice": _("The column stands twice."),
    "heading_missing": _("The column is missing."),
    "beyond": _("Something stands in a column without a heading."),
    "unknown_role": _("There is no task of that name."),
    "number_shape": _("This is not an organization number: it has ten digits."),
    "number_check_digit": _("The organization number's last digit does not agree with the others."),
    "number_personal_number": _("This looks like a personal number, which must not stand here."),
    "bad_unit": _("A school-unit code has eight digits."),
    "bad_day": _("Write the day as 2026-08-01."),
    "unknown_place": _("There is no organizer with that number, and no university of that name."),
    "unknown_unit": _("There is no school unit with that code."),
    "not_yours": _("This is another organization than your own."),
    "not_to_give": _("You cannot give that task."),
    **SENTENCES,
    **WORDS,
}
OUTCOMES: Final[dict[str, tuple[Any, str]]] = {
    queries.NEW: (_("New person"), "info"),
    queries.KNOWN: (_("Known person"), "neutral"),
    queries.HELD: (_("Has it already"), "neutral"),
    queries.TWIN: (_("May be somebody known"), "warning"),
    queries.CLOSED: (_("Closed account"), "error"),
}
WHY: Final[dict[str, Any]] = {
    duplicates.SAME_NAME: _("same name at the same organization"),
    duplicates.SAME_PHONE: _("same telephone number"),
}
COUNTS: Final[dict[str, Any]] = {
    "added": _("New people"),
    "appointed": _("New appointments"),
    "merged": _("People merged"),
    "held": _("Had the task already"),
    "skipped": _("Left out"),
}


def outcome_badge(outcome: str) -> Badge:
    """What becomes of a row, as a badge."""
    label, tone = OUTCOMES[outcome]
    return Badge(label, tone)


def fault_row(fault: RowFault) -> dict[str, Any]:
    """A fault as a table shows it: row, column, what stood there, what is wrong."""
    stood = fault.stood
    if fault.column == people_rows.ROLE and stood in Role.values:
        stood = str(Role(stood).label)
    return {
        "row": fault.number or "",
        "column": COLUMNS.get(fault.column, ""),
        "stood": stood,
        "wrong": FAULTS.get(fault.code, fault.code),
    }


def fault_sentence(fault: RowFault) -> str:
    """The same on one line, for the command line."""
    told = fault_row(fault)
    where = ", ".join(str(part) for part in (told["row"] and f"row {told['row']}", told["column"]) if part)
    stood = f" ({told['stood']})" if told["stood"] else ""
    return f"{where}{stood}: {told['wrong']}" if where else str(told["wrong"])
