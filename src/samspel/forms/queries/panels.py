"""What forms show on an organizer's page, to those who may know of its forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspel.forms import permissions
from samspel.forms.queries.seeing import form_name, visible_to
from samspel.kernel.permissions import holds_anywhere
from samspel.registry.models import Organizer
from samspel.registry.queries.holdings import organizer_place
from samspel.registry.queries.organizers import Panel

SHOWN = 5
# To those who answer for the organization's people, who have no list beside.
SHOWN_AT_HOME = 50


@dataclass(frozen=True)
class _Line:
    url: str
    name: str
    about: str
    state: Any
    due_on: date | None


def of_organizer(person: Any, organizer: Organizer, at: datetime) -> Panel | None:
    """The newest forms of an organizer and its units, and the button to hand one out, to those at the agency who may
    know of them; its forms to its own administrators and chief. Nothing for anybody else."""
    sees = permissions.TABLE.allows(person, permissions.SEE, at)
    at_home = permissions.TABLE.allows(person, permissions.SEE, at, place=organizer_place(organizer.pk))
    submitted = permissions.TABLE.deeds[permissions.READ_SUBMITTED].roles
    if not (sees or at_home) and not holds_anywhere(person, at, *submitted):
        return None
    shown = SHOWN if sees or not at_home else SHOWN_AT_HOME
    here = Q(organizer=organizer) | Q(school_unit__organizer=organizer)
    found = list(visible_to(person, at).filter(here, is_test=False).order_by("-begun_at", "-pk")[: shown + 1])
    lines = [
        _Line(
            url=reverse("forms:answer", args=[one.key]),
            name=form_name(one),
            about=", ".join(part for part in (one.school_unit.name if one.school_unit else "", one.about) if part),
            state=one.get_state_display(),
            due_on=one.due_on if one.state == "writing" else None,
        )
        for one in found[:shown]
    ]
    context = {
        "organizer": organizer,
        "answers": lines,
        "more": sees and len(found) > shown,
        "may_hand_out": permissions.TABLE.allows(person, permissions.HAND_OUT, at),
    }
    return Panel("forms", _("Forms"), "forms/_organizer_panel.html", context)
