"""What the registry itself asks of an organization: somebody who administers it, and addresses that mail reaches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries import ToDo
from samspel.post.queries.addresses import troubled
from samspel.registry.models import Appointment
from samspel.registry.queries.holdings import at_place, in_force
from samspel.registry.queries.organizations import Organization


def asked(organization: Organization, at: datetime) -> Iterator[ToDo]:
    """Addresses of its people and its own that bounce, and an organizer's official address that lacks. Two queries."""
    if organization.place is None:
        return
    organizer, on = organization.organizer, timezone.localdate(at)
    if organizer and not organizer.official_email:
        why = _("Without it decisions go on paper or to nobody.")
        yield ToDo(_("Say where official mail goes"), f"{organization.address}#addresses", why)
    people = _people(organization, on)
    official = organizer.official_email if organizer else ""
    bouncing = troubled([official, *(one.person.email for one in people)], at)
    if official in bouncing:
        yield ToDo(
            _("Correct the official mail address"), f"{organization.address}#addresses", _("Mail to it bounces.")
        )
    for one in people:
        if one.person.email in bouncing:
            title = _("Correct the mail address of %(name)s") % {"name": one.person.shown_name}
            address = reverse("registry:appointment", args=[one.pk])
            yield ToDo(title, address, bouncing[one.person.email].sentence)


def _people(organization: Organization, on: date) -> list[Appointment]:
    rows = at_place(organization.place).filter(in_force(on)).select_related("person")
    return list(rows.order_by("person_id").distinct("person_id"))
