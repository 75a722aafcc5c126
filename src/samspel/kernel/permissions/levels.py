"""How sure a login is of who somebody is, and how sure a deed asks it to be."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import pgettext_lazy

from samspel.kernel.audit import SYSTEM

# Where a session keeps how sure its login was (a Level); missing is the least.
LEVEL: Final = "samspel_level"


class Level(IntEnum):
    """How sure the login is of who somebody is; a deed says which it needs (DOMAIN 4.5, "LoA rule per action")."""

    READ = 1
    SUBMIT = 2
    SIGN = 3


LEVEL_NAMES: Final[Mapping[Level, Any]] = {
    Level.READ: pgettext_lazy("level of a login", "read"),
    Level.SUBMIT: pgettext_lazy("level of a login", "submit"),
    Level.SIGN: pgettext_lazy("level of a login", "sign"),
}


class LevelTooLow(PermissionDenied):
    """The person may, but her login is not sure enough of who she is: `needed` says which it takes."""

    def __init__(self, needed: Level) -> None:
        super().__init__(f"takes level {needed.name}")
        self.needed = needed


def level_of(person: Any) -> Level:
    """How sure we are that she is who she says.

    The middleware writes the session's level on the person of a request. A person without a session acts on the
    machine itself (the command line's `--as`, a job): whoever may run the program there is let in by the machine.
    Whoever is not logged in at all may read.
    """
    if getattr(person, "is_authenticated", None) is False:
        return Level.READ
    level = getattr(person, "session_level", None)
    return Level.SIGN if level is None else Level(level)


def require_level(person: Any, level: Level) -> None:
    """Raises LevelTooLow if her login is not sure enough for the deed. The system itself has no login."""
    if person is not SYSTEM and level_of(person) < level:
        raise LevelTooLow(level)
