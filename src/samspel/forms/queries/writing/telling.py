"""What the page of a section, and its script, is told: who is here, what others changed, what is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspel.accounts.queries import names_of
from samspel.forms.models import Answer
from samspel.forms.queries.answers import Their
from samspel.forms.queries.asides import file_names
from samspel.forms.queries.present import Present, present
from samspel.forms.queries.writing.naming import label_at, typed_of, words_of
from samspel.forms.rules.definitions import Definition, Section
from samspel.forms.rules.received import section_at
from samspel.kernel.ui.dates import here, moment_text


@dataclass(frozen=True)
class Here:
    """Who else has the answer open and where, a sentence each; and who is in which field of this section."""

    sentences: list[str]
    fields: dict[str, str]


def here_now(answer: Answer, definition: Definition, section: Section, language: str, at: datetime, who: Any) -> Here:
    """Who else is here just now. Two queries."""
    found = present(answer, at, but=who)
    return Here(
        sentences=[_whereabouts(one, definition, section, language) for one in found],
        fields={
            one.path: _("%(name)s is here") % {"name": one.name}
            for one in found
            if one.section == section.key and one.path
        },
    )


def comments_in_words(number: int) -> str:
    """“3 comments”, or just what they are."""
    return (
        ngettext("%(number)s comment", "%(number)s comments", number) % {"number": number}
        if number
        else pgettext("what is said beside a section", "Comments")
    )


def _whereabouts(one: Present, definition: Definition, section: Section, language: str) -> str:
    where = definition.section(one.section)
    if where is None:
        return _("%(name)s has the form open") % {"name": one.name}
    title = where.title.in_language(language)
    if one.section != section.key:
        return _("%(name)s is in “%(section)s”") % {"name": one.name, "section": title}
    field = label_at(definition, one.path, language)
    if not field:
        return _("%(name)s is here too") % {"name": one.name}
    return _("%(name)s is here too, in “%(field)s”") % {"name": one.name, "field": field}


def theirs_as_data(
    theirs: Mapping[str, Their], definition: Definition, section: Section, choices: Any, language: str, *, who: Any
) -> list[dict[str, Any]]:
    """What others changed in a section, for its page: as typed, in words, who, when."""
    mine = {path: one for path, one in theirs.items() if section_at(definition, path) == section.key}
    names = names_of({one.by for one in mine.values()}, seen_by=who) if mine else {}
    own = getattr(who, "key", None)
    files = file_names(definition, [(path, one.value) for path, one in mine.items()])
    return [
        {
            "path": path,
            "typed": typed_of(definition, path, one.value, choices),
            "words": files.get(str(one.value)) or words_of(definition, path, one.value, language, choices),
            "who": names.get(one.by, _("the system")) if one.by != own else _("you, in another window"),
            "when": clock(one.at),
            "is_merged": one.is_merged,
            "label": label_at(definition, path, language),
        }
        # Rows before their cells, so that a cell finds its row.
        for path, one in sorted(mine.items(), key=lambda each: (each[0].count("/") == 2, each[0]))
    ]


def clock(moment: datetime, *, seconds: bool = False) -> str:
    """`14.05`, or with seconds `14.05.12`."""
    if seconds:
        return here(moment).strftime(pgettext("clock time with seconds, as strftime takes it", "%H:%M:%S"))
    return here(moment).strftime(pgettext("clock time, as strftime takes it", "%H:%M"))


def saved_in_words(at: datetime, fields: int, *, is_all: bool = True) -> str:
    """“Saved at 14:05:12, 2 fields”. is_all: nothing of what was sent is left unsaved."""
    time = clock(at, seconds=True)
    if not fields and not is_all:
        return _("The rest is saved. Looked through at %(time)s.") % {"time": time}
    if not fields:
        return _("All is saved. Looked through at %(time)s.") % {"time": time}
    said = ngettext("Saved at %(time)s, %(number)s field.", "Saved at %(time)s, %(number)s fields.", fields)
    return said % {"time": time, "number": fields}


def last_saved(answer: Answer) -> str:
    """When the answer was last saved, by whomever."""
    if answer.saved_at is None:
        return _("Nothing is saved yet.")
    if timezone.localdate(answer.saved_at) == timezone.localdate():
        return _("Saved at %(time)s.") % {"time": clock(answer.saved_at, seconds=True)}
    return _("Saved %(moment)s.") % {"moment": moment_text(answer.saved_at)}
