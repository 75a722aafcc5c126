"""Appoint, replace, end and correct: what changes who holds which role where."""

from samspel.registry.operations.appointments.appointing import appoint, enter, refuse_to_herself
from samspel.registry.operations.appointments.correcting import correct
from samspel.registry.operations.appointments.ending import announce_end, end, prolong, take_back
from samspel.registry.operations.appointments.refusals import AppointmentRefused
from samspel.registry.operations.appointments.replacing import replace

__all__ = [
    "AppointmentRefused",
    "announce_end",
    "appoint",
    "correct",
    "end",
    "enter",
    "prolong",
    "refuse_to_herself",
    "replace",
    "take_back",
]
