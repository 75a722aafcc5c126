"""Why what somebody typed is not kept, and how to write it."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

VALUES: Final[dict[str, Any]] = {
    "number": _("Write a number in digits, for example 12 or 3,5."),
    "money": _("Write an amount in kronor, for example 12 500 or 12 500,50."),
    "ambiguous": _("“%(detail)s” can be read in two ways. Write thousands with spaces, 12 500, and decimals with a "
                   "comma, 12,5."),
    "too_many_decimals": _("Write the number with at most %(detail)s decimals."),
    "date": _("Write a date that exists as year, month and day, for example 2026-11-22."),
    "term": _("Write the term as HT for autumn or VT for spring, and the year, for example HT2026."),
    "option": _("Choose one of the answers that are listed."),
    "scale": _("Choose a step on the scale, %(detail)s."),
    "too_long": _("This is too long to keep. Shorten it to at most %(detail)s characters."),
    "fetched": _("These figures are fetched from the registers and are not written by hand."),
    "nothing_to_fetch": _("The registers have no figures on this."),
    "no_such_code": _("“%(detail)s” is not in the register. Choose from the list, or check the code."),
    "other_organizer": _("School unit %(detail)s belongs to another organizer. Choose one of your own."),
    "no_such_name": _("That name is not in the register. Choose from the list, or write the code."),
    "which_name": _("Several have that name. Write one of these: %(detail)s."),
    "no_such_file": _("The file is not there any more. Choose it again."),
    "fixed": _("This is fetched from what is known already, and is not changed here."),
    "unknown_field": _("The form has no such question in this version. Open the page again."),
    "place": _("The row’s place must be a whole number."),
}  # fmt: skip
