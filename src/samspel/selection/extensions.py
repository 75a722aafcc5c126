"""What selection hands down to the apps below it: labels of its deeds, rows of Att göra, and its place in the menu."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samspel.accounts.models import Person
from samspel.accounts.queries import ToDo, due_sources, todo_providers
from samspel.casefiles.permissions import secret_guards
from samspel.kernel import permissions as gate
from samspel.kernel.audit import label_actions
from samspel.kernel.ui.navigation import WORKSPACE, NavItem, logged_in
from samspel.letters.queries.handed import audience_filters
from samspel.registry.models import Organizer, Role
from samspel.registry.permissions import holds
from samspel.registry.queries.organizers import Panel, organizer_panels
from samspel.selection import permissions
from samspel.selection.queries import due
from samspel.selection.queries.audiences import FILTERS
from samspel.selection.queries.filing import may_read_secret, with_missing_protocols
from samspel.selection.queries.public import offers_to as public_offers_to
from samspel.selection.queries.rounds import on_the_road
from samspel.selection.queries.steps import WHAT_NEXT, next_step_for

LABELS = {
    "selection.round.made": gettext_lazy("Round made"),
    "selection.round.rules_changed": gettext_lazy("Rules changed"),
    "selection.round.organizer_excluded": gettext_lazy("Organizer taken out of the frame"),
    "selection.round.organizer_included": gettext_lazy("Organizer put back into the frame"),
    "selection.round.proposed": gettext_lazy("Proposed"),
    "selection.round.returned": gettext_lazy("Returned to draft, and the seed destroyed"),
    "selection.round.confirmed": gettext_lazy("Confirmed by another person"),
    "selection.round.frozen": gettext_lazy("Frozen, and the digest published"),
    "selection.round.drawn": pgettext_lazy("state of a round", "Drawn"),
    "selection.round.accepted": gettext_lazy("Accepted, and the offers made"),
    "selection.round.published": gettext_lazy("Published"),
    "selection.round.voided": gettext_lazy("Voided"),
    "selection.round.bundled": gettext_lazy("Secret file with rules, figures and seed taken out"),
    "selection.round.protocol_taken": gettext_lazy("Full protocol taken out"),
    "selection.round.protocol_missing": gettext_lazy("The protocol could not be made; it is tried again"),
    "selection.offer.made": gettext_lazy("Offer made"),
    "selection.offer.accepted": gettext_lazy("Offer accepted"),
    "selection.offer.declined": gettext_lazy("Offer declined"),
    "selection.offer.support_ended": gettext_lazy("Support ended"),
}


def hand_down() -> None:
    """Called once, when the app is ready."""
    label_actions(LABELS)
    gate.tables.add("selection", permissions.TABLE, order=60)
    todo_providers.add("selection", rounds_to_do, order=20)
    due_sources.add(due.KIND, due.SOURCE)
    secret_guards.add("selection", may_read_secret)
    todo_providers.add("selection.protocols", protocols_to_register, order=25)
    organizer_panels.add("selection", offers_panel, order=20)
    for place, one in enumerate(FILTERS):
        audience_filters.add(one.name, one, order=60 + place)
    WORKSPACE.add("selection", NavItem(gettext_lazy("Selection rounds"), "selection:list", 20, _has_business))


def offers_panel(request: Any, organizer: Organizer) -> Panel | None:
    """In which published rounds the organizer was offered support: what everybody may know."""
    offers = list(public_offers_to(organizer))
    if not offers:
        return None
    template = "selection/_organizer_panel.html"
    return Panel("selection", gettext_lazy("Selection"), template, {"offers": offers})


def _has_business(user: Any) -> bool:
    # The roles are kept on the person for the length of the request, so this costs one query at most.
    return logged_in(user) and permissions.may_see_rounds(user, timezone.now())


def protocols_to_register(person: Person, at: datetime) -> Iterable[ToDo]:
    """For registrars: protocols that could not be made with their step, and are not documents yet."""
    if not holds(person, at, Role.REGISTRAR):
        return
    for round in with_missing_protocols():
        yield ToDo(
            title=_("Protocol to be registered: %(title)s") % {"title": round.title},
            address=reverse("selection:detail", args=[round.slug]),
            because=_("It could not be made. It is tried again by itself; tell an administrator if it stays here."),
        )


def rounds_to_do(person: Person, at: datetime) -> Iterable[ToDo]:
    """The rounds whose next step is this person's, and those she proposed that wait for another."""
    if not permissions.may_see_drafts(person, at):
        return
    for round in on_the_road(person, at):
        step, is_hers = next_step_for(round, person, at)
        if step is None:
            continue
        yield ToDo(
            title=round.title,
            address=reverse("selection:detail", args=[round.slug]),
            because=WHAT_NEXT[step] if is_hers else _("Waits for somebody else: %(what)s") % {"what": WHAT_NEXT[step]},
            due_on=round.publish_by,
            is_waiting_for_others=not is_hers,
        )
