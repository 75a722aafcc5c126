"""What narrows an audience by the registry's own data: kind, county, school forms, coordinators, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samspel.letters.queries.handed import AudienceFilter
from samspel.registry.models import (
    Appointment,
    County,
    Organizer,
    OrganizerMember,
    OrganizerType,
    Role,
    SchoolUnitForm,
    UnitStatus,
)
from samspel.registry.queries.holdings import in_force
from samspel.registry.rules.school_forms import NOW, form_name
from samspel.schemes.models import Edition
from samspel.schemes.queries import name_of, rules_of

FLAG: Final = "1"


def of_kind(values: Sequence[str], at: datetime) -> QuerySet[Organizer]:
    """Organizers of these types."""
    return Organizer.objects.filter(type__in=values)


def in_county(values: Sequence[str], at: datetime) -> QuerySet[Organizer]:
    """Organizers with their seat, or a part of the area they serve, in one of these counties."""
    served = OrganizerMember.objects.filter(municipality__county__in=values).values("organizer")
    return Organizer.objects.filter(Q(county__in=values) | Q(municipality__county__in=values) | Q(pk__in=served))


def with_school_form(values: Sequence[str], at: datetime) -> QuerySet[Organizer]:
    """Organizers with a unit in use that has one of these school forms."""
    units = SchoolUnitForm.objects.filter(form__in=values, unit__ended_on=None).exclude(unit__status=UnitStatus.ENDED)
    return Organizer.objects.filter(pk__in=units.values("unit__organizer"))


def without_coordinator(values: Sequence[str], at: datetime) -> QuerySet[Organizer]:
    """Organizers where nobody is a coordinator on the day."""
    held = Appointment.objects.filter(
        in_force(timezone.localdate(at)), role=Role.COORDINATOR, person__is_active=True, organizer__isnull=False
    )
    return Organizer.objects.exclude(pk__in=held.values("organizer"))


def for_edition(values: Sequence[str], at: datetime) -> QuerySet[Organizer]:
    """Organizers of a type that one of these editions is for."""
    types = {kind for one in Edition.objects.filter(slug__in=values) for kind in rules_of(one).organizer_types}
    return Organizer.objects.filter(type__in=types)


def appointed_since(values: Sequence[str], at: datetime) -> Q:
    """Appointments that began on the day or later; of what is no day, none."""
    try:
        return Q(from_on__gte=date.fromisoformat(values[0]))
    except ValueError:
        return Q(pk__in=[])


def _kinds(at: datetime) -> list[tuple[str, Any]]:
    return list(OrganizerType.choices)


def _counties(at: datetime) -> list[tuple[str, Any]]:
    return list(County.objects.values_list("code", "name"))


def _school_forms(at: datetime) -> list[tuple[str, Any]]:
    on = timezone.localdate(at)
    return [(code, gettext(form_name(code, on)).capitalize()) for code in NOW]


def _editions(at: datetime) -> list[tuple[str, Any]]:
    editions = Edition.objects.select_related("scheme").defer("document")
    language = "en" if (get_language() or "").startswith("en") else "sv"
    return [(one.slug, f"{name_of(one.scheme, language)}, {one.valid_from.year}") for one in editions]


OWN: Final = (
    AudienceFilter("kind", _("Type of organizer"), choices=_kinds, organizers=of_kind),
    AudienceFilter("county", _("County"), choices=_counties, organizers=in_county),
    AudienceFilter("school_form", _("School form"), choices=_school_forms, organizers=with_school_form),
    AudienceFilter("edition_for", _("Edition that is for them"), choices=_editions, organizers=for_edition),
    AudienceFilter("no_coordinator", _("Organizers without coordinator"), kind="flag", organizers=without_coordinator),
    AudienceFilter("appointed_since", _("Appointed since"), kind="date", roles=appointed_since),
)
