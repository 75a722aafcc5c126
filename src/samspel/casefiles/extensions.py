"""What case files hand down to the apps below them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.operations.anonymizing import holders
from samspel.accounts.operations.merging import movers
from samspel.accounts.queries import due_sources, todo_providers
from samspel.accounts.queries.extracts import parts
from samspel.casefiles import permissions
from samspel.casefiles.operations import authorizations, moving
from samspel.casefiles.queries import due, extracts, handover, health, questions, todo
from samspel.casefiles.queries.panels import of_organizer
from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui.navigation import WORKSPACE, NavItem, logged_in
from samspel.post.queries.health import trouble_finders
from samspel.registry.models import Organizer
from samspel.registry.operations.authorizations import judged, keepers
from samspel.registry.queries.handover import handover_parts
from samspel.registry.queries.organizations import Organization, organization_panels
from samspel.registry.queries.organizers import Panel, organizer_panels

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
    "casefiles.question.received": _("Came by mail"),
    "casefiles.question.followed_up": _("One more mail came"),
    "casefiles.question.given": _("Given to somebody"),
    "casefiles.question.let_go": _("Nobody has it any more"),
    "casefiles.question.moved": _("Another day to answer by"),
    "casefiles.question.linked": _("Tied to what it is about"),
    "casefiles.question.answered": _("Answered"),
    "casefiles.question.registered": _("Mails registered in the case file"),
    "casefiles.question.drafted": _("Appointment drafted"),
    "casefiles.question.closed": _("Closed"),
    "casefiles.journal.taken_out": _("Journal taken out"),
}


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(LABELS)
    todo_providers.add("casefiles.questions", questions.to_do, order=30)
    for source in due.SOURCES:
        due_sources.add(source.kind, source)
    WORKSPACE.add("casefiles.questions", NavItem(_("Questions"), "casefiles:questions", 35, _has_mailbox))
    gate.tables.add("casefiles", permissions.TABLE, order=40)
    todo_providers.add("casefiles.case_files", todo.to_do, order=30)
    WORKSPACE.add("casefiles.case_files", NavItem(_("Case files"), "casefiles:list", 30, _has_case_files))
    judged.add("casefiles", authorizations.judge)
    keepers.add("casefiles", authorizations.keep)
    organizer_panels.add("casefiles", _panel, order=60)
    organization_panels.add("casefiles", _organization_panel, order=60)
    parts.add("casefiles.documents", extracts.documents, order=60)
    parts.add("casefiles.questions", extracts.questions, order=61)
    movers.add("casefiles", moving.move, order=60)
    holders.add("casefiles", extracts.open_with)
    handover_parts.add("casefiles", handover.part, order=50)
    trouble_finders.add("casefiles.mailbox", health.find_mailbox_trouble, order=70)


def _has_mailbox(user: Any) -> bool:
    return permissions.may_see_questions(user, timezone.now())


def _has_case_files(user: Any) -> bool:
    # The roles are kept on the person for the length of the request, so this costs one query at most.
    return logged_in(user) and permissions.may_see_any(user, timezone.now())


def _panel(request: Any, organizer: Organizer) -> Panel | None:
    return of_organizer(request.user, organizer, timezone.now())


def _organization_panel(request: Any, organization: Organization) -> Panel | None:
    return of_organizer(request.user, organization.organizer, timezone.now()) if organization.organizer else None
