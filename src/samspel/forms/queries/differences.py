"""What is new in a version, in words: told to those who write when their answer goes over, and to whoever edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from samspel.forms.models import Version
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.outlines import REGISTRY_NAMES, SUBJECT_NAMES, roles_in_words, type_name
from samspel.forms.rules.definitions import Text
from samspel.forms.rules.differences import Difference, differences

DIFFERENCES: Final[dict[str, Any]] = {
    "form_renamed": _("The form is called “%(after)s”; it was called “%(before)s”."),
    "purpose_changed": _("What the form is for is told in other words."),
    "instruction_changed": _("The instruction has been changed."),
    "personal_data_changed": _("What the personal data are for is told in other words."),
    "keep_months_changed": _("Personal data are kept for %(after)s months; it was %(before)s."),
    "subject_changed": _("The form is about: %(after)s. It was about: %(before)s."),
    "writers_changed": _("Those who may write: %(after)s. Earlier: %(before)s."),
    "submitters_changed": _("Those who may submit: %(after)s. Earlier: %(before)s."),
    "privacy_on": _("The form is the organization’s own: no one else reads it unless it is handed to them."),
    "privacy_off": _("The form, once submitted, is read by the agency too."),
    "section_added": _("New section: “%(label)s”."),
    "section_removed": _("The section “%(label)s” is gone."),
    "section_renamed": _("The section “%(before)s” is now called “%(after)s”."),
    "section_moved": _("The section “%(label)s” has another place."),
    "question_added": _("New question: “%(label)s”."),
    "question_removed": _("The question “%(label)s” is gone."),
    "question_moved": _("“%(label)s” has another place in its section."),
    "question_to_section": _("“%(label)s” has moved from “%(before)s” to “%(after)s”."),
    "renamed": _("“%(before)s” now reads “%(after)s”."),
    "help_changed": _("The help to “%(label)s” has been changed."),
    "type_changed": _("“%(label)s” is answered in another way: %(after)s. It was: %(before)s."),
    "of_changed": _("“%(label)s” is answered with: %(after)s. It was: %(before)s."),
    "is_required": _("“%(label)s” must now be answered."),
    "no_longer_required": _("“%(label)s” need not be answered any more."),
    "required_when_changed": _("When “%(label)s” must be answered has been changed."),
    "asked_when_changed": _("When “%(label)s” is asked has been changed."),
    "option_added": _("“%(label)s” has a new answer to choose: %(after)s."),
    "option_removed": _("“%(label)s” no longer has the answer: %(before)s."),
    "option_renamed": _("In “%(label)s” the answer “%(before)s” now reads “%(after)s”."),
    "options_moved": _("The answers to “%(label)s” stand in another order."),
    "column_added": _("New column: “%(label)s”."),
    "column_removed": _("The column “%(label)s” is gone."),
    "column_moved": _("The column “%(label)s” has another place."),
    "is_summed": _("The column “%(label)s” is summed."),
    "no_longer_summed": _("The column “%(label)s” is no longer summed."),
    "unit_changed": _("The unit of measure in “%(label)s” is: %(after)s. It was: %(before)s."),
    "max_words_changed": _("The most words in “%(label)s”: %(after)s. Earlier: %(before)s."),
    "max_characters_changed": _("The most characters in “%(label)s”: %(after)s. Earlier: %(before)s."),
    "least_changed": _("The lowest in “%(label)s”: %(after)s. Earlier: %(before)s."),
    "most_changed": _("The highest in “%(label)s”: %(after)s. Earlier: %(before)s."),
    "decimals_changed": _("Decimals in “%(label)s”: %(after)s. Earlier: %(before)s."),
    "least_rows_changed": _("The fewest rows in “%(label)s”: %(after)s. Earlier: %(before)s."),
    "most_rows_changed": _("The most rows in “%(label)s”: %(after)s. Earlier: %(before)s."),
    "sum_changed": _("What the sum in “%(label)s” is held against has been changed."),
    "scale_words_changed": _("The words at the ends of the scale in “%(label)s”: %(after)s. Earlier: %(before)s."),
    "prefill_changed": _("What “%(label)s” is filled in from has been changed."),
    "source_changed": _("What “%(label)s” is fetched from has been changed."),
}


def between(old: Version, new: Version) -> list[str]:
    """What is new in a version beside another, a sentence each, in the language being read."""
    return in_words(differences(body_of(old), body_of(new)))


def in_words(found: Iterable[Difference]) -> list[str]:
    """Differences, a sentence each, in the language being read."""
    return [told(each) for each in found]


def told(difference: Difference) -> str:
    """A difference as a sentence, in the language being read."""
    language = get_language() or "sv"
    words = _CODES.get(difference.code, lambda text: text.in_language(language))
    is_limit = difference.code in _LIMITS
    nothing = pgettext("a limit", "no limit") if is_limit else pgettext("a limit or a list", "none")
    return str(DIFFERENCES[difference.code]) % {
        "label": difference.label.in_language(language),
        "before": words(difference.before) or nothing,
        "after": words(difference.after) or nothing,
    }


def _roles(text: Text) -> str:
    return roles_in_words(tuple(text.sv.split(", "))) if text.sv else ""


_LIMITS: Final = frozenset({"max_words_changed", "max_characters_changed", "least_changed", "most_changed"})
# What stands as a code in a difference, and how it is told.
_CODES: Final[dict[str, Callable[[Text], str]]] = {
    "type_changed": lambda text: type_name(text.sv),
    "of_changed": lambda text: str(REGISTRY_NAMES.get(text.sv, text.sv)),
    "subject_changed": lambda text: str(SUBJECT_NAMES.get(text.sv, text.sv)),
    "writers_changed": _roles,
    "submitters_changed": _roles,
}
