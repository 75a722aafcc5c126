"""What stands around the fields of a section: what is put aside, said, kept as a file, and where values came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.accounts.queries import names_of
from samspel.forms.models import Answer, Comment, Field, FieldChange
from samspel.forms.queries.answers import waiting
from samspel.forms.queries.asides import file_names, is_file, own_windows
from samspel.forms.queries.controls import Around, Aside, KeptFile
from samspel.forms.queries.writing.naming import words_of
from samspel.forms.rules.definitions import Definition, Section, Type
from samspel.forms.rules.received import section_at
from samspel.kernel.files.models import StoredFile
from samspel.kernel.ui.dates import moment_text


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
