"""What forms hand down to the apps below them."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.operations.anonymizing import emptiers, holders
from samspel.accounts.operations.merging import movers
from samspel.accounts.queries import due_sources, todo_providers
from samspel.accounts.queries.extracts import parts
from samspel.casefiles.queries.handed import attachment_deeds
from samspel.forms import permissions
from samspel.forms.models import Dependency
from samspel.forms.operations import editions, emptying, moving
from samspel.forms.queries import desk, due, extracts, handed_in, handover, panels, todo
from samspel.forms.queries.dependencies import user_links
from samspel.forms.queries.handed import prefill_names, prefill_sources
from samspel.forms.queries.prefill.sources import NAMES, SOURCES
from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui.navigation import NAVIGATION, WORKSPACE, NavItem, logged_in
from samspel.registry.models import Organizer
from samspel.registry.queries.handover import handover_parts
from samspel.registry.queries.organizations import Organization, organization_panels
from samspel.registry.queries.organizers import Panel, organizer_panels
from samspel.schemes.models import Edition
from samspel.schemes.operations.editions import loaded

LABELS = {
    "forms.answer.begun": _("Form begun"),
    "forms.answer.withdrawn": _("No longer asked for"),
    "forms.answer.submitted": _("Submitted"),
    "forms.answer.reopened": _("Opened again"),
    "forms.answer.differed": _("A differing view written down"),
    "forms.answer.forgotten": _("What was written deleted, its time over"),
    "forms.answer.warned": _("Warned that what is written is to be deleted"),
    "forms.answer.lapsed": _("Ended, since nobody went on with it"),
    "forms.answer.test_deleted": _("Test deleted"),
    "forms.definition.handed_out": _("Handed out"),
    "forms.hand_out.done": _("Handed out to all of them"),
    "forms.hand_out.withdrawn": _("No longer asked for of anybody"),
    "forms.participant.added": _("Somebody brought in"),
    "forms.participant.ended": _("A last day set"),
    "forms.section.marked": _("Section marked"),
    "forms.section.given": _("Section given to somebody"),
    "forms.comment.said": _("Comment made"),
    "forms.comment.settled": _("Comment taken care of"),
    "forms.submission.kept": _("Kept as a document"),
    "forms.answer.pdf_handed_in": _("Filled PDF handed in"),
    "forms.answer.pdf_gone_through": _("Filled PDF gone through"),
    "forms.answer.pdf_put_away": _("Filled PDF put away"),
    "forms.answer.carried_over": _("Carried over to the version in use"),
    "forms.answer.saved": _("Written in"),
    "forms.answer.kept_beside": _("Written after it was submitted, and kept beside"),
    "forms.set_aside.used": _("What was set aside put in its place"),
    "forms.set_aside.dropped": _("What was set aside put away"),
    "forms.version.loaded": _("Version taken in"),
    "forms.version.begun": _("Draft begun"),
    "forms.version.changed": _("Draft changed"),
    "forms.version.published": _("Version put to use"),
    "forms.version.dropped": _("Draft thrown away"),
    "forms.definition.ended": _("Form ended"),
    "forms.definition.shown": _("Shown in public, or no longer"),
    "forms.definition.deleted": _("Form taken away"),
    "forms.definition.used": _("Taken into use by something"),
    "forms.definition.released": _("No longer used by something"),
}


def hand_down() -> None:
    """Called once, when the app is ready."""
    attachment_deeds.add("forms.hand_in", handed_in.deed_of_attachment)
    audit.label_actions(LABELS)
    WORKSPACE.add("forms.definitions", NavItem(_("Edit forms"), "forms:definitions", 60, _edits_forms))
    NAVIGATION.add("forms.public", NavItem(_("Blank forms"), "forms:public_list", order=45))
    for name, source in SOURCES.items():
        prefill_sources.add(name, source)
        prefill_names.add(name, NAMES[name])
    _hand_down_definitions()
    _hand_down_answers()
    gate.tables.add("forms", permissions.TABLE, order=45)
    gate.role_names.add("forms", permissions.PARTICIPANT_NAMES, order=45)


def _hand_down_answers() -> None:
    todo_providers.add("forms.answers", todo.to_do, order=40)
    todo_providers.add("forms.desk", desk.to_do, order=41)
    due_sources.add(due.KIND, due.SOURCE)
    WORKSPACE.add("forms.answers", NavItem(_("Forms"), "forms:mine", 32, logged_in))
    organizer_panels.add("forms", _panel, order=65)
    organization_panels.add("forms", _organization_panel, order=65)
    parts.add("forms.answers", extracts.parts, order=65)
    handover_parts.add("forms", handover.part, order=65)
    movers.add("forms", moving.move, order=65)
    emptiers.add("forms", emptying.empty)
    holders.add("forms", extracts.takes_part)


def _hand_down_definitions() -> None:
    loaded.add("forms", _follow)
    user_links.add(editions.KIND, _edition_page)


def _follow(*, edition: Any, by: Any, at: Any) -> None:
    # The first editions come before the tables of forms stand; those are followed once they do.
    if Dependency._meta.db_table in connection.introspection.table_names():
        editions.follow(edition=edition, by=by, at=at)


def _edition_page(slug: str) -> str:
    found = Edition.objects.filter(slug=slug).values_list("scheme_id", flat=True).first()
    return reverse("schemes:edition", args=[found, slug]) if found else ""


def _edits_forms(user: Any) -> bool:
    return logged_in(user) and permissions.TABLE.allows(user, permissions.EDIT_DEFINITIONS, timezone.now())


def _panel(request: Any, organizer: Organizer) -> Panel | None:
    return panels.of_organizer(request.user, organizer, timezone.now())


def _organization_panel(request: Any, organization: Organization) -> Panel | None:
    return panels.of_organizer(request.user, organization.organizer, timezone.now()) if organization.organizer else None
