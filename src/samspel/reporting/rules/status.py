"""Where an organizer's support stands on a day."""

from datetime import date
from enum import StrEnum

ACCEPTED, DECLINED = "accepted", "declined"


class Status(StrEnum):
    """What the public is told. An exercise is none of these: it gives nobody anything."""

    OFFERED = "offered"
    CURRENT = "current"
    ENDED = "ended"
    DECLINED = "declined"


def status_on(day: date, *, response: str, ended_on: date | None) -> Status:
    """The status of an offer on a day; support is current through its last day."""
    if response == DECLINED:
        return Status.DECLINED
    if response != ACCEPTED:
        return Status.OFFERED
    return Status.ENDED if ended_on is not None and ended_on < day else Status.CURRENT
