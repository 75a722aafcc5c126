"""What happens next with a case file, and who does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.casefiles import permissions
from samspel.casefiles.models import CaseFile, Document
from samspel.kernel.ui.components import Badge


@dataclass(frozen=True)
class Next:
    """What happens next, who does it, and where she does it if that is the reader."""

    what: Any
    who: Any = ""
    url: str = ""
    action: Any = ""


def next_of(case_file: CaseFile, person: Any, at: datetime, names: dict[Any, str]) -> Next:
    """The next step of a case file."""
    if not case_file.is_open:
        return Next(_("Nothing: the case file is closed. It can be opened again if more comes."))
    if case_file.handler is None:
        may = permissions.may(person, permissions.HANDLE, at, case_file)
        return Next(
            _("Somebody is to handle the case file."),
            _("The registrar, or whoever takes it"),
            "#handler" if may else "",
            _("Choose a handler") if may else "",
        )
    who = names.get(case_file.handler, "")
    if case_file.last_document_number == 0:
        may = permissions.may(person, permissions.REGISTER, at, case_file)
        url = reverse("casefiles:register", args=[case_file.address]) if may else ""
        return Next(_("The first document is to be registered."), who, url, _("Register a document") if may else "")
    may = permissions.may(person, permissions.CLOSE, at, case_file) and case_file.handler == getattr(
        person, "key", None
    )
    url = reverse("casefiles:close", args=[case_file.address]) if may else ""
    return Next(
        _("It is handled, and closed when nothing more is expected."), who, url, _("Close the case file") if may else ""
    )


def badge_of(case_file: CaseFile) -> Badge:
    """Its state in a word."""
    return Badge(case_file.get_state_display(), "info" if case_file.is_open else "neutral")


def marks_of(document: Document) -> list[Badge]:
    """What to mind of a document."""
    marks = []
    if document.is_secret:
        marks.append(Badge(_("Secrecy mark"), "warning"))
    if document.misregistered_at:
        marks.append(Badge(_("Wrongly registered"), "error"))
    return marks
