"""What case files hand down to the apps below them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspel.casefiles import permissions
from samspel.kernel import audit
from samspel.kernel import permissions as gate

LABELS = {
    "casefiles.case_file.opened": _("Case file opened"),
    "casefiles.case_file.handed_over": _("Handed over"),
    "casefiles.case_file.party_added": _("Party added"),
    "casefiles.case_file.closed": _("Case file closed"),
    "casefiles.case_file.reopened": _("Case file opened again"),
    "casefiles.document.registered": _("Document registered"),
    "casefiles.document.looked_at": _("Secret document read"),
    "casefiles.document.secrecy_marked": _("Marked as secret"),
    "casefiles.document.secrecy_lifted": _("Secrecy mark taken away"),
    "casefiles.document.retitled": _("Title put right"),
    "casefiles.document.misregistered": _("Marked as wrongly registered"),
    "casefiles.journal.taken_out": _("Journal taken out"),
}


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(LABELS)
    gate.tables.add("casefiles", permissions.TABLE, order=40)
