"""The registry's tables, a module per noun."""

from samspel.registry.models.appointments import Appointment, Role, StandIn, University
from samspel.registry.models.entry import (
    AppointmentDraft,
    Authorization,
    AuthorizationState,
    DraftState,
    Interest,
    InterestState,
    Invitation,
    InvitationState,
    PeopleBatch,
    PeopleBatchState,
)
from samspel.registry.models.imports import BatchState, ImportBatch, ImportedFile
from samspel.registry.models.indicators import Indicator, IndicatorDefinition, IndicatorValue, Mark, Sex, Slice
from samspel.registry.models.organizers import Organizer, OrganizerMember, OrganizerType
from samspel.registry.models.places import County, Municipality
from samspel.registry.models.school_units import SchoolUnit, SchoolUnitForm, UnitStatus

__all__ = [
    "Appointment",
    "AppointmentDraft",
    "Authorization",
    "AuthorizationState",
    "BatchState",
    "County",
    "DraftState",
    "ImportBatch",
    "ImportedFile",
    "Indicator",
    "IndicatorDefinition",
    "IndicatorValue",
    "Interest",
    "InterestState",
    "Invitation",
    "InvitationState",
    "Mark",
    "Municipality",
    "Organizer",
    "OrganizerMember",
    "OrganizerType",
    "PeopleBatch",
    "PeopleBatchState",
    "Role",
    "SchoolUnit",
    "SchoolUnitForm",
    "Sex",
    "Slice",
    "StandIn",
    "UnitStatus",
    "University",
]
