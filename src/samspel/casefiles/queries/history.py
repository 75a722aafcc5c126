"""What was done to a case file or a document, by whom, and why where a reason was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from samspel.accounts.queries import names_of
from samspel.casefiles.models import CaseFile, Document, Remark, RemarkKind
from samspel.kernel.audit import HistoryRow, history_of
from samspel.kernel.ui.components import Event

# The audit holds no words; the reason of an act stands in its remark, of the same moment.
_REMARK_OF = {
    "casefiles.case_file.closed": RemarkKind.CLOSED,
    "casefiles.case_file.reopened": RemarkKind.REOPENED,
    "casefiles.document.secrecy_marked": RemarkKind.SECRECY_MARKED,
    "casefiles.document.secrecy_lifted": RemarkKind.SECRECY_LIFTED,
    "casefiles.document.retitled": RemarkKind.RETITLED,
    "casefiles.document.misregistered": RemarkKind.MISREGISTERED,
}


def events_of(thing: CaseFile | Document) -> list[Event]:
    """The history of one, newest first, with names and reasons, in three queries.

    Whoever may open its page may read all of it: reasons of a secret document stand on its own page alone.
    """
    rows = history_of(thing)
    remarks = list(_remarks_of(thing))
    names = names_of([row.by_key for row in rows])
    return [_event(row, names, remarks) for row in rows]


def _remarks_of(thing: CaseFile | Document) -> Iterable[Remark]:
    if isinstance(thing, Document):
        return Remark.objects.filter(document=thing)
    return Remark.objects.filter(case_file=thing, document=None)


def _event(row: HistoryRow, names: dict[Any, str], remarks: list[Remark]) -> Event:
    kind = _REMARK_OF.get(row.action)
    remark = next((one for one in remarks if one.kind == kind and one.at == row.at), None)
    facts: dict[str, Any] = {}
    if remark is not None:
        facts[_("Why")] = remark.because
        if remark.before:
            facts[_("Before")] = remark.before
    who = names.get(row.by_key, "") if row.by_key else _("the system itself")
    return Event(row.at, row.label, who, facts)
