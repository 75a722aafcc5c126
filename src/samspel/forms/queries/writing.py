"""What the page of a section shows beside its questions: who is here, how far the others are, what waits at a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspel.accounts.queries import names_of
from samspel.forms.models import Answer, Comment, Field, FieldChange, SectionMark, SectionStatus
from samspel.forms.queries import values
from samspel.forms.queries.answers import Their, waiting
from samspel.forms.queries.asides import file_names, is_file, own_windows
from samspel.forms.queries.controls import Around, Aside, KeptFile
from samspel.forms.queries.controls.choices import MOST_IN_A_LIST
from samspel.forms.queries.controls.choosing import named, shown_of
from samspel.forms.queries.present import Present, present
from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Definition, Section, Type
from samspel.forms.rules.received import asked_at, section_at
from samspel.kernel.files.models import StoredFile
from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.dates import here, moment_text

TONES = {SectionStatus.NOT_STARTED: "neutral", SectionStatus.WRITING: "info", SectionStatus.READY: "success"}


@dataclass(frozen=True)
class Stop:
    """A section in the list of sections."""

    key: str
    title: str
    url: str
    status: SectionStatus
    given_to: str = ""
    is_here: bool = False

    @property
    def badge(self) -> Badge:
        """How far it is."""
        return Badge(self.status.label, TONES[self.status])

    @property
    def is_ready(self) -> bool:
        """Whether those who write say that it is ready."""
        return self.status == SectionStatus.READY


def stops(
    answer: Answer, definition: Definition, asked: frozenset[str], here_key: str, language: str, *, seen_by: Any
) -> list[Stop]:
    """The sections of which something is asked, and the one being read, in order: how far each is, and who has it."""
    marks = {mark.section: mark for mark in SectionMark.objects.filter(answer=answer).select_related("given_to")}
    names = names_of([mark.given_to.key for mark in marks.values() if mark.given_to], seen_by=seen_by)
    found = []
    for section in definition.sections:
        if section.key == here_key or any(question.key in asked for question in section.questions):
            mark = marks.get(section.key)
            status = SectionStatus(mark.status) if mark else SectionStatus.NOT_STARTED
            found.append(
                Stop(
                    key=section.key,
                    title=section.title.in_language(language),
                    url=section_url(answer, section.key),
                    status=status,
                    given_to=names.get(mark.given_to.key, "") if mark and mark.given_to else "",
                    is_here=section.key == here_key,
                )
            )
    return found


def section_url(answer: Answer, section: str) -> str:
    """The address of a section's page."""
    return reverse("forms:section", args=[answer.key, section])


def around(
    answer: Answer, definition: Definition, section: Section, fields: Mapping[str, Any], choices: Any, *, seen_by: Any
) -> Around:
    """What stands around the values of one section, in queries that do not grow with its rows."""
    comments = Comment.objects.filter(answer=answer, section=section.key, settled_at=None).values_list("question")
    ways_of_fields, written = _ways(answer, section)
    return Around(
        asides=asides_by_path(answer, definition, seen_by=seen_by, section=section, choices=choices),
        comments=dict(comments.annotate(Count("pk")).order_by()),
        prefilled=ways_of_fields,
        written=frozenset({*written, *(path.partition("/")[0] for path in fields)}),
        files=_files(answer, section, fields),
        comments_url=reverse("forms:comments", args=[answer.key, section.key]),
        history_url=reverse("forms:history", args=[answer.key]),
        choices=choices,
    )


def asides_by_path(
    answer: Answer,
    definition: Definition,
    *,
    seen_by: Any,
    section: Section | None = None,
    rows: Any = None,
    choices: Any = None,
) -> dict[str, list[Aside]]:
    """Path to what is set aside there and waits, oldest first, in words; of a section, or of the whole answer."""
    rows = waiting(answer) if rows is None else rows
    names = names_of({row.written_by for row in rows}, seen_by=seen_by)
    own, files = own_windows(answer, rows), file_names(definition, [(row.path, row.value) for row in rows])
    found: dict[str, list[Aside]] = {}
    for row in rows:
        if section is None or section_at(definition, row.path) == section.key:
            found.setdefault(row.path, []).append(
                Aside(
                    pk=row.pk,
                    shown=files.get(row.value, "")
                    if is_file(definition, row.path)
                    else words_of(definition, row.path, row.value, choices=choices),
                    who=names.get(row.written_by, _("the system")),
                    when=moment_text(row.written_at),
                    why=_("Written in two windows.") if row.pk in own else f"{row.get_why_display()}.",
                    url=reverse("forms:set_aside", args=[answer.key, row.pk]),
                )
            )
    return found


def words_of(definition: Definition, path: str, value: Any, language: str = "sv", choices: Any = None) -> str:
    """What stands at a path, in words; of a row, its place."""
    asked = asked_at(definition, path)
    if value is None:
        return ""
    if asked is None:
        return str(value)
    if choices is not None and asked.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT):
        return shown_of(asked, value, choices(asked), language)
    try:
        return values.shown(asked, value, language)
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        return str(value)  # kept as typed, where it was no value of the field


def _ways(answer: Answer, section: Section) -> tuple[dict[str, str], set[str]]:
    """Question to where its value came from, if nobody typed it on the page; and those that were ever written."""
    keys = [question.key for question in section.questions if question.type != Type.ROWS]
    change = FieldChange.objects.filter(answer=answer, path=OuterRef("path"), revision=OuterRef("revision"))
    rows = Field.objects.filter(answer=answer, path__in=keys)
    said = ways()
    found = list(
        rows.annotate(way=Subquery(change.order_by("-pk").values("way")[:1])).values_list("path", "value", "way")
    )
    return {path: said[way] for path, value, way in found if value is not None and way in said}, {
        row[0] for row in found
    }


def ways() -> dict[str, str]:
    """How a value came, other than by being typed on the page, in words."""
    return {
        "prefill": _("Filled in with what is known already."),
        "carried": _("Carried over from an older version of the form."),
        "pdf": _("Read from a PDF that was handed in."),
    }


def _files(answer: Answer, section: Section, fields: Mapping[str, Any]) -> dict[str, KeptFile]:
    keys = {fields[one.key]: one.key for one in section.questions if one.type == Type.FILE and fields.get(one.key)}
    if not keys:
        return {}
    rows = StoredFile.objects.filter(key__in=list(keys))
    return {
        keys[str(row.key)]: KeptFile(
            row.name, row.size, reverse("forms:section_file", args=[answer.key, section.key, keys[str(row.key)]])
        )
        for row in rows
    }


# What the page's script is told


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


def label_at(definition: Definition, path: str, language: str) -> str:
    """What a path is called: the question, and the column of a cell."""
    try:
        parts = paths.parse(path)
    except ValueError:
        return ""
    question = definition.questions.get(parts.question)
    if question is None:
        return ""
    column = question.column(parts.column) if parts.column else None
    label = question.label.in_language(language)
    return f"{label}: {column.label.in_language(language)}" if column else label


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


def typed_of(definition: Definition, path: str, value: Any, choices: Any) -> str | list[str] | None:
    """A kept value as its input on the page holds it; of a row its place, None where it was taken away."""
    asked = asked_at(definition, path)
    if asked is None:
        return None if value is None else str(value)  # a row's place
    if asked.type == Type.SEVERAL_OF:
        return list(value or [])
    if value is not None and asked.type in (Type.REGISTRY_VALUE, Type.SCHOOL_UNIT):
        pairs = choices(asked)
        return named(str(value), pairs) if len(pairs) > MOST_IN_A_LIST else str(value)
    return values.typed(asked, value)


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


def labels(definition: Definition, found: Iterable[str], language: str) -> list[str]:
    """What some paths are called, each once, in their order."""
    return list(dict.fromkeys(filter(None, (label_at(definition, path, language) for path in found))))
