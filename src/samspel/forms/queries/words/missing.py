"""What keeps an answer from being submitted, and what to do about it."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

MISSING: Final[dict[str, Any]] = {
    "required": _("This must be answered before the form is submitted."),
    "too_many_words": _("This has %(found)s words, and at most %(limit)s go here. Shorten it."),
    "too_many_characters": _("This has %(found)s characters, and at most %(limit)s go here. Shorten it."),
    "below": _("Write a number that is at least %(detail)s."),
    "above": _("Write a number that is at most %(detail)s."),
    "before": _("Write a date that is %(detail)s or later."),
    "after": _("Write a date that is %(detail)s or earlier."),
    "too_few_rows": _("%(found)s rows are filled in, and at least %(limit)s are needed. Fill in more."),
    "too_many_rows": _("At most %(limit)s rows go here. Take rows away, or bring some together."),
    "sum_above": _("The sum is %(found)s, and must be at most %(limit)s. Lower an amount, or raise the limit."),
    "kind": _("What stands here is no answer to the question as it is asked now. Answer it again."),
}
