"""What a sheet says: how it is filled in and handed in, and what each field asks, as a screen reader says it."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspel.forms.queries.outlines import PartInWords
from samspel.forms.queries.registers import SCHOOL_UNIT, kind_of
from samspel.forms.rules.definitions import Column, Definition, Question, Type
from samspel.forms.rules.sheets.plan import Box, Part

_CODES = {
    "county": gettext_lazy("County code, two digits"),
    "municipality": gettext_lazy("Municipality code, four digits"),
    "organizer": gettext_lazy("Organization number, ten digits"),
    "university": gettext_lazy("Name of the university in small letters, as in its address in Samspel"),
    SCHOOL_UNIT: gettext_lazy("School-unit code, eight digits"),
}


def steps(address: str, *, is_blank: bool) -> list[str]:
    """How it is filled in and handed in, step by step. address: the page where it is handed in."""
    here = _("Log in and hand the file in here: %(address)s")
    there = _("Log in, choose your form and hand the file in there: %(address)s")
    found = [
        _("Save the file on your computer before you begin."),
        _("Open it in a program for PDF, not in your browser. Write in the fields and save."),
        (there if is_blank else here) % {"address": address},
    ]
    if settings.SAMSPEL_MAILBOX_ADDRESS:
        found.append(_("Or mail the file to %(mail)s.") % {"mail": settings.SAMSPEL_MAILBOX_ADDRESS})
    found.append(_("Do not print it to a new PDF, and do not scan it: then the fields cannot be read."))
    found.append(_("What you have written is compared with what stands in Samspel, and nothing is replaced unasked."))
    return found


def personal_data(definition: Definition, language: str) -> list[str]:
    """Why personal data may stand in the answers, and for how long."""
    known = definition.personal_data
    found = [known.purpose.in_language(language) or _("No personal data are needed in the answers.")]
    if known.keep_months:
        found.append(
            ngettext(
                "They are deleted %(n)d month after the form was submitted.",
                "They are deleted %(n)d months after the form was submitted.",
                known.keep_months,
            )
            % {"n": known.keep_months}
        )
    found.append(_("Do not write names, personal numbers or anything else by which a child can be recognised."))
    return found


def label_of(box: Box, part: Part, words: PartInWords, language: str) -> str:
    """What a field asks, as it is said: question, row and column, whether it must be answered, how it is written."""
    question = part.question.label.in_language(language)
    parts = [question]
    if isinstance(box.asked, Column):
        parts = [
            question,
            _("row %(n)d") % {"n": box.row},
            box.asked.label.in_language(language),
        ]
    if box.is_more:
        parts.append(_("continuation"))
    if box.option:
        chosen = part.question.option(box.option)
        parts.append(chosen.label.in_language(language) if chosen else box.option)
    return ". ".join([", ".join(parts), *_rules(box, words, language)])[:1000]


def _rules(box: Box, words: PartInWords, language: str) -> Iterator[str]:
    if words.is_required and not isinstance(box.asked, Column) and not box.is_more:
        yield _("Must be answered")
    if words.condition:
        yield _("Answered if %(condition)s") % {"condition": words.condition}
    yield from hints(box, language)
    if box.kind == "multiline" and box.length:
        yield _("Room for %(n)d characters") % {"n": box.length}


def hints(box: Box, language: str) -> Iterator[str]:
    """How a field is written in."""
    asked = box.asked
    if box.kind == "choice":
        yield _("Choose in the list")
    elif asked.type == Type.DATE:
        yield _("Date, for example 2026-09-30")
    elif asked.type == Type.TERM:
        yield _("School term, for example HT2026 or VT2027")
    elif asked.type == Type.MONEY:
        yield _("Amount in kronor, for example 12 500")
    elif asked.type == Type.NUMBER:
        unit = asked.unit.in_language(language)
        yield _("Number, in %(unit)s") % {"unit": unit} if unit else _("Number, for example 12 or 3,5")
    elif kind := kind_of(asked):
        yield str(_CODES[kind])


def short_hints(box: Box, language: str) -> Iterator[str]:
    """The same over a narrow column; the field itself says it whole."""
    asked = box.asked
    if asked.type == Type.DATE:
        yield "2026-09-30"
    elif asked.type == Type.TERM and box.kind != "choice":
        yield "HT2026"
    elif asked.type == Type.MONEY:
        yield "kr"
    elif asked.type == Type.NUMBER:
        yield asked.unit.in_language(language)
    elif box.kind != "choice" and (kind := kind_of(asked)):
        yield str(_CODES[kind])


def room_of(part: Part) -> str:
    """How much can be written, for a question with a continuation or a field of several lines."""
    box = next((box for box in part.boxes if box.kind == "multiline"), None)
    if box is None or box.length is None:
        return ""
    if part.more is None or part.more.length is None:
        return _("There is room for %(n)d characters.") % {"n": box.length}
    return _("There is room for %(n)d characters here and %(more)d more in the continuation.") % {
        "n": box.length,
        "more": part.more.length,
    }


def rows_of(part: Part) -> str:
    """How many rows stand here, and how many more on the continuation sheet."""
    here = ngettext("%(n)d row here", "%(n)d rows here", len(part.rows)) % {"n": len(part.rows)}
    if not part.more_rows:
        return f"{here}."
    return _("%(here)s and %(more)d more on the continuation sheet.") % {"here": here, "more": len(part.more_rows)}


def sums_of(question: Question, language: str) -> str:
    """That sums are counted when the file is handed in: a sheet runs nothing."""
    summed = [column.label.in_language(language) for column in question.columns if column.has_sum]
    if not summed:
        return ""
    return _("Sums are counted by Samspel when the file is handed in: %(columns)s.") % {"columns": ", ".join(summed)}
