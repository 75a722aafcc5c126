"""Definitions with their versions, answers with their fields, and who takes part."""

from samspel.forms.models.answers import Answer, AnswerState, Reopening, SectionMark, SectionStatus, Submission
from samspel.forms.models.definitions import Definition, Dependency, Version, VersionState
from samspel.forms.models.fields import Field, FieldChange, SetAside, SetAsideState, SetAsideWhy
from samspel.forms.models.handed_in import HandedIn, HandedInBy, HandedInState
from samspel.forms.models.handing_out import HandOut, HandOutReceiver, HandOutState
from samspel.forms.models.people import Comment, DifferingView, Participant, ParticipantDeed, Presence

__all__ = [
    "Answer",
    "AnswerState",
    "Comment",
    "Definition",
    "Dependency",
    "DifferingView",
    "Field",
    "FieldChange",
    "HandOut",
    "HandOutReceiver",
    "HandOutState",
    "HandedIn",
    "HandedInBy",
    "HandedInState",
    "Participant",
    "ParticipantDeed",
    "Presence",
    "Reopening",
    "SectionMark",
    "SectionStatus",
    "SetAside",
    "SetAsideState",
    "SetAsideWhy",
    "Submission",
    "Version",
    "VersionState",
]
