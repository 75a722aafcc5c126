"""Why an appointment was not changed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samspel.kernel.refusals import Refusal

SENTENCES: Final[dict[str, Any]] = {
    "role_not_held_here": _("There is no such role at this place."),
    "unit_missing": _("A principal is appointed at a school unit: choose which."),
    "unit_for_principals_alone": _("Only a principal is appointed at a school unit."),
    "unit_of_another": _("The school unit belongs to another organizer."),
    "days_out_of_reach": _("Write days between 1 January 1990 and 31 December 2100."),
    "ends_before_it_begins": _("The last day comes before the first."),
    "share_out_of_range": _("The share of full time is a whole number from 1 to 100 per cent."),
    "own_manager": _("Nobody is her own manager: choose another person."),
    "held_already": _("The same person already holds that role there during those days."),
    "account_closed": _("That person's account is closed. Write the address she uses now."),
    "not_in_force": _("This appointment is over and cannot be changed. Appoint anew instead."),
    "begun": _("The appointment has begun: end it instead."),
    "begins_too_early": _("The new one begins after the one she replaces began: choose a later day."),
    "same_person": _("Choose somebody else than the one who leaves."),
    "last_administrator": _(
        "You are the last who administers this organization. Appoint another administrator first, or ask the agency."
    ),
    "to_herself": _("Nobody gives herself a task that decides over others: ask somebody else who may."),
    "no_reason": _("Say why the appointment ends."),
    "replaced_already": _("Somebody has already been appointed in her place."),
}


class AppointmentRefused(Refusal):
    """Nothing was changed. `codes` are all the reasons, as in SENTENCES; the sentence tells them all."""

    code = "appointment_refused"

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(SENTENCES[self.codes[0]], code=self.codes[0])

    @property
    def sentences(self) -> list[Any]:
        """Every reason, in words."""
        return [SENTENCES[code] for code in self.codes]

    def __str__(self) -> str:
        return " ".join(str(sentence) for sentence in self.sentences)
